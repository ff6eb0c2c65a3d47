"""Runs tasks in processes forked from this one.

Whichever ends by itself is started again, after a pause that grows while it keeps ending.
"""

import contextlib
import gc
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence

from journal.embedded import processes
from journal.embedded.signals import Signals
from journal.embedded.supervision import LONGEST_IF_CHEAP, Backoff

LOOK_EVERY = 5.0  # seconds, and whenever a child ends


def supervise(
    tasks: Sequence[Callable[[], None]],
    signals: Signals,
    *,
    grace: float,
    inherited: tuple[int, ...] = (),
) -> bool:
    """Runs each task in a process of its own until a signal ends this one; then they get SIGTERM,
    and SIGKILL after `grace` seconds. A task ends by SIGTERM or by returning. Returns whether all
    did in time."""
    gc.collect()
    gc.freeze()  # the collector would write into shared memory, and so end the sharing
    pauses = {task: Backoff(LONGEST_IF_CHEAP) for task in tasks}
    running: dict[int, Callable[[], None]] = {}
    while not signals.ended:
        for ended in _ended_children():
            if ended in running:
                pauses[running.pop(ended)].died()
                print("A process died and is being restarted.", file=sys.stderr, flush=True)  # noqa: T201
        waiting = [task for task in tasks if task not in running.values()]
        for task in waiting:
            if pauses[task].is_over():
                pauses[task].started()
                running[processes.fork(task, inherited=inherited).pid] = task
        soonest = min((pauses[task].due for task in waiting), default=0.0) - time.monotonic()
        signals.wait(seconds=soonest if 0 < soonest < LOOK_EVERY else LOOK_EVERY)
    return _end(set(running), grace)


def _ended_children() -> list[int]:
    """Collects children that have ended, also orphans that one of them left behind."""
    ended: list[int] = []
    with contextlib.suppress(ChildProcessError):
        while pid := os.waitpid(-1, os.WNOHANG)[0]:
            ended.append(pid)
    return ended


def _end(running: set[int], grace: float) -> bool:
    if _ended_by(signal.SIGTERM, running, grace):
        return True
    _ended_by(signal.SIGKILL, running, 5.0)
    return False


def _ended_by(number: signal.Signals, running: set[int], seconds: float) -> bool:
    for pid in running:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
    until = time.monotonic() + seconds
    while running and time.monotonic() < until:
        running.difference_update(_ended_children())
        time.sleep(0.02)
    return not running
