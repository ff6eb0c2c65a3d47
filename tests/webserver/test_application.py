"""What the processes do around the application."""

import resource
import threading

from journal.webserver.application import with_room

CALLS = 300


def _page_faults(depth: int) -> int:
    """Of a loop of calls at such a depth."""
    if depth:
        return _page_faults(depth - 1)
    before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
    for _call in range(CALLS):
        str.format("{}", _Plain())
    return resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before


class _Plain:
    def __format__(self, _spec: str) -> str:
        return ""


def _worst(call) -> int:
    """In a thread of its own, as the web server's, at every depth that a page may reach."""
    found: list[int] = []
    thread = threading.Thread(target=lambda: found.extend(call(n, None) for n in range(250)))
    thread.start()
    thread.join()
    return max(found)


def test_a_loop_of_calls_takes_no_memory_from_the_system_at_any_depth():
    assert _worst(with_room(lambda depth, _none: _page_faults(depth))) < CALLS / 2
