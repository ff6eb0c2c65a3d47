"""Starting child processes that do not outlive us, and ending them in an order of our choosing."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress

PR_SET_PDEATHSIG = 1


def start(command: Sequence[str], *, on_our_death: signal.Signals, **options) -> subprocess.Popen:
    """Start a child in its own session: Ctrl-C reaches only us, and we end the children in order.

    Should we be killed before that, Linux sends the child the given signal; elsewhere the next
    start cleans up.
    """
    return subprocess.Popen(
        command, start_new_session=True, preexec_fn=_when_we_die(on_our_death), **options
    )


def end(child: subprocess.Popen, *signals: tuple[signal.Signals, float]) -> None:
    """Send one signal after the other, each with its seconds of grace; then kill what is left of
    the child's session, its own children included."""
    for number, grace in signals:
        if child.poll() is None:
            child.send_signal(number)
            with suppress(subprocess.TimeoutExpired):
                child.wait(grace)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _when_we_die(number: signal.Signals) -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl

    def ask_for_signal() -> None:
        prctl(PR_SET_PDEATHSIG, int(number))

    return ask_for_signal
