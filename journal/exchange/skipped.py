"""The parts of a file that an import skips: counts, reasons and names."""

from collections import Counter, defaultdict
from typing import Any

MOST_REASONS = 10
MOST_NAMES = 200  # for all reasons together; nobody reads more than a page of them
LONGEST_NAME = 120


class Skipped:
    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self._reasons: Counter[str] = Counter()
        self._tables: Counter[str] = Counter()
        self._names: dict[str, list[str]] = defaultdict(list)
        self._named = 0

    def add(self, table: str, why: str, name: str = "") -> None:
        """`table` is empty for a row of an unknown table."""
        self._reasons[why] += 1
        self._tables[table] += 1
        if name and self._named < MOST_NAMES:
            self._named += 1
            self._names[why].append(name[:LONGEST_NAME])

    def count(self, table: str) -> int:
        return self._tables[table]

    def lines(self) -> list[dict[str, Any]]:
        return [
            {"why": why, "count": count, "names": self._names[why]}
            for why, count in self._reasons.most_common(MOST_REASONS)
        ]
