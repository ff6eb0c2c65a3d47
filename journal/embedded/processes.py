"""Child processes that do not outlive their parent, which ends them in a chosen order."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress

PR_SET_PDEATHSIG = 1


def start(command: Sequence[str], *, on_our_death: signal.Signals, **options) -> subprocess.Popen:
    """Starts a child in its own session, so that Ctrl-C reaches only the parent, which ends its
    children in order.

    If the parent is killed before that, Linux sends the child the given signal; elsewhere the next
    start cleans up.
    """
    return subprocess.Popen(
        command, start_new_session=True, preexec_fn=_set_death_signal(on_our_death), **options
    )


def end(child: subprocess.Popen, *signals: tuple[signal.Signals, float]) -> None:
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


def end_with_parent(number: signal.Signals) -> None:
    """For a forked child: Linux sends it the signal when its parent is killed."""
    if set_death_signal := _set_death_signal(number):
        set_death_signal()


def _set_death_signal(number: signal.Signals) -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl

    def ask_for_signal() -> None:
        prctl(PR_SET_PDEATHSIG, int(number))

    return ask_for_signal
