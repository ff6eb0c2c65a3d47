"""Child processes that do not outlive their parent, which ends them in a chosen order.

A program of another kind is started (`start`). Our own processes are forked (`fork`) from one that
has loaded the application, so that none loads it again and they share its memory. Only a process
that runs a single thread and holds no database connection may fork.
"""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NoReturn

from journal.embedded.errors import CannotStart

PR_SET_PDEATHSIG, PR_SET_NAME = 1, 15
_prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else lambda *_nothing: None
log = logging.getLogger(__name__)
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Forked:
    """A forked child, with what `end` needs of a Popen."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None and (found := os.waitpid(self.pid, os.WNOHANG))[0]:
            self.returncode = os.waitstatus_to_exitcode(found[1])
        return self.returncode

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def wait(self, timeout: float = float("inf")) -> int:
        until = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired(str(self.pid), timeout)
            time.sleep(0.01)
        return code


def start(command: Sequence[str], *, on_our_death: signal.Signals, **options) -> subprocess.Popen:
    """Starts a child in its own session, so that Ctrl-C reaches only the parent, which ends its
    children in order.

    If the parent is killed before that, Linux sends the child the given signal; elsewhere the next
    start cleans up.
    """
    ask_for_signal = partial(_prctl, PR_SET_PDEATHSIG, int(on_our_death))
    return subprocess.Popen(command, start_new_session=True, preexec_fn=ask_for_signal, **options)


def fork(
    task: Callable[[], object],
    *,
    name: str = "",
    own_session: bool = False,
    inherited: tuple[int, ...] = (),
) -> Forked:
    """Runs the task in a child, which gets SIGTERM if this process is killed; `ps -A` shows the
    name. The child ends with the task, and has no file descriptors but the `inherited` and the
    three standard ones."""
    parent = os.getpid()
    sys.stdout.flush()
    # A signal that arrives meanwhile waits until the child has its own handlers.
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    pid = os.fork()
    if pid == 0:
        if own_session:
            os.setsid()
        _run_and_exit(task, name, parent, inherited)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    return Forked(pid)


def end(child: subprocess.Popen | Forked, *signals: tuple[signal.Signals, float]) -> None:
    """Sends one signal after the other, each with its seconds of grace; then kills all remaining
    processes of the child's session."""
    for number, grace in signals:
        if child.poll() is None:
            child.send_signal(number)
            with suppress(subprocess.TimeoutExpired):
                child.wait(grace)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _run_and_exit(
    task: Callable[[], object], name: str, parent: int, inherited: tuple[int, ...]
) -> NoReturn:
    """Never returns into the code of the parent."""
    status = 1
    try:
        signal.set_wakeup_fd(-1)
        for number in (*ENDING, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        _prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM))
        if os.getppid() != parent:
            sys.exit(1)  # it was killed before that
        if name:
            _prctl(PR_SET_NAME, name.encode())
        _let_go(inherited)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
        task()
        status = 0
    except SystemExit as ending:
        status = ending.code if isinstance(ending.code, int) else 1
    except CannotStart as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201  as manage.py does
    except BaseException as error:
        traceback.print_exc()
        log.critical("A process ended by an error.", extra={"error": error})
    finally:
        with suppress(Exception):
            logging.shutdown()  # sends what waits to be reported
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _let_go(inherited: tuple[int, ...]) -> None:
    """Turns every other file descriptor into one of nothing: a lock, a pipe or a socket of the
    parent would outlive it here. The numbers stay taken, since its objects may still close them."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in [int(path.name) for path in Path("/dev/fd").iterdir()]:
        if number not in (0, 1, 2, nothing, *inherited):
            os.dup2(nothing, number, inheritable=False)
