"""What processes use, for what is measured from outside (tests/load/)."""

import re
from pathlib import Path

import psutil


def family(pid: int) -> list[psutil.Process]:
    process = psutil.Process(pid)
    return [process, *process.children(recursive=True)]


def cpu_seconds(pids: list[int]) -> float:
    """Of these and all their children, by the scheduler's own clock, to the nanosecond."""
    total = 0
    for process in [one for pid in pids for one in family(pid)]:
        for thread in Path(f"/proc/{process.pid}/task").glob("*/schedstat"):
            total += int(thread.read_text().split()[0])
    return total / 1e9


def pss_megabytes(pid: int) -> float:
    """The memory of this process and its children; what several share is divided among them."""
    return sum(map(own_megabytes, family(pid)))


def own_megabytes(process: psutil.Process, kind: str = "Pss") -> float:
    text = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
    return int(re.search(rf"^{kind}:\s+(\d+)", text, re.MULTILINE)[1]) / 1024
