"""Keeps processes running: whichever ends by itself is started again, after a pause that grows
while it keeps dying, and never for good."""

import signal
import time
from collections.abc import Callable

from journal.embedded import processes
from journal.embedded.errors import CannotStart, DamagedData
from journal.embedded.server import EmbeddedServer

FIRST = 1.0  # seconds
LONGEST, LONGEST_IF_CHEAP = 30.0, 5.0  # seconds; cheap is what starts within a second
STEADY = 60.0  # seconds of running, after which a death counts as the first again


class Backoff:
    """The pause before a restart: none after a first death, then 1, 2, 4 … up to `longest` seconds.
    Who dies again and again costs little, and is back as soon as the reason is gone."""

    def __init__(self, longest: float = LONGEST) -> None:
        self._longest, self._pause = longest, 0.0
        self.due = 0.0  # the earliest moment for the next start, on the monotonic clock
        self.started()

    def started(self) -> None:
        self._since = time.monotonic()

    def died(self) -> None:
        now = time.monotonic()
        if now - self._since > STEADY:
            self._pause = 0.0
        self.due = now + self._pause
        self._pause = min(max(self._pause * 2, FIRST), self._longest)

    def is_over(self) -> bool:
        return time.monotonic() >= self.due


class Child:
    """A task in a forked process, with `grace` seconds to end and `inherited` file descriptors. A
    worker that starts again finishes the tasks that were interrupted."""

    def __init__(
        self,
        name: str,
        task: Callable[[], object],
        *,
        grace: float,
        inherited: tuple[int, ...] = (),
    ) -> None:
        self.name, self.task, self.grace, self.inherited = name, task, grace, inherited
        self.pause = Backoff()
        self.process: processes.Forked | None = None
        self.start()

    def start(self) -> None:
        self.pause.started()
        self.process = processes.fork(
            self.task, name=self.name, own_session=True, inherited=self.inherited
        )

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def look_after(self) -> None:
        if self.process is not None and not self.is_running():
            say(
                f"The {self.name} stopped unexpectedly ({self.process.returncode}) and is "
                f"being restarted."
            )
            self.end()  # kills what it left behind
            self.process = None
            self.pause.died()
        if self.process is None and self.pause.is_over():
            self.start()

    def ask_to_end(self) -> None:
        if self.process is not None and self.is_running():
            self.process.send_signal(signal.SIGTERM)

    def end(self) -> None:
        if self.process is not None:
            processes.end(self.process, (signal.SIGTERM, self.grace))


class Database:
    """The embedded server, with the same restarts; only DamagedData ends everything."""

    def __init__(self, server: EmbeddedServer) -> None:
        self.server = server
        self.pause = Backoff(LONGEST_IF_CHEAP)
        self.is_down = False

    def look_after(self) -> None:
        if self.server.alive():
            return
        if not self.is_down:
            self.is_down = True
            say("The database stopped unexpectedly and is being restarted.")
            self.pause.died()
        if self.pause.is_over():
            self.pause.started()
            try:
                self.server.start()
                self.is_down = False
            except DamagedData:
                raise
            except CannotStart as reason:
                say(str(reason))
                self.pause.died()


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201  output for the terminal or a log
