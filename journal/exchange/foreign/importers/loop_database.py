"""Loop Habit Tracker's full backup: a SQLite database, of the first versions or the newest."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.exchange.foreign.files import NO_DATABASE, SQLITE, Files, Unreadable, columns_of
from journal.exchange.foreign.importers.loop import OFTEN, Loop, answer_of
from journal.exchange.foreign.items import PlainAnswer, PlainHabit

HABITS = {"name", "freq_num", "freq_den"}
REPETITIONS = {"habit", "timestamp"}
VALUES = {2: "YES_MANUAL", 0: "NO", 3: "SKIP"}  # 1 is worked out, -1 is unknown
YES, SKIPPED = 2, 3
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class LoopDatabase(Loop):
    how = gettext_lazy("Or there: Export full backup.")

    @classmethod
    def recognises(cls, files: Files) -> bool:
        return bool(_database_in(files))

    def items(self) -> Iterator[PlainHabit]:
        self.taken: Counter[str] = Counter()
        name = _database_in(self.files)
        for other in self.files.names:
            if other != name:
                why = _("It isn’t the backup, so it stays in your file.")
                self.reading.left_out(why, other, "")
        with closing(self.files.database(name)) as database:
            columns = columns_of(database, "Repetitions")
            found = database.execute("select * from Habits")
            habits = [{key.lower(): value for key, value in dict(row).items()} for row in found]
            for row in sorted(habits, key=lambda row: _whole(row.get("position")) or 0):
                if habit := self.habit(_plain(row)):
                    habit.answers = list(self._rows(database, row, columns))
                    yield habit

    def _rows(
        self, database: sqlite3.Connection, habit: dict[str, Any], columns: set[str]
    ) -> Iterator[PlainAnswer]:
        """One row per answer. In the first versions a row is a yes."""
        found = database.execute("select * from Repetitions where habit = ?", (habit.get("id"),))
        for row in found:
            day = _day(row["timestamp"])
            value = _whole(row["value"]) if "value" in columns else YES
            if day is None or value is None:
                self.reading.left_out(_("An answer can’t be read."), str(habit["name"]), "")
                continue
            note = str(row["notes"] or "") if "notes" in columns else ""
            if habit.get("type") == 1 and value != SKIPPED:
                yield from answer_of(day, value / 1000, note, _plain(habit))
            elif value in VALUES:
                status, unsure = OFTEN[VALUES[value]]
                yield PlainAnswer(day, status, note, unsure)


def _database_in(files: Files) -> str:
    names = files.names if files.is_single else files.find("*.db", "*.sqlite", "*.sqlite3")
    for name in names:
        if files.head(name, len(SQLITE)) != SQLITE:
            continue
        try:
            with closing(files.database(name)) as database:
                tables = [columns_of(database, one) for one in ("Habits", "Repetitions")]
        except (Unreadable, *NO_DATABASE):
            continue
        if tables[0] >= HABITS and tables[1] >= REPETITIONS:
            return name
    return ""


def _plain(row: dict[str, Any]) -> dict[str, str]:
    """A habit as the other export has it."""
    said = {key: str(value) for key, value in row.items() if value is not None}
    return {
        **{key: said.get(key, "") for key in ("name", "question", "description", "uuid", "unit")},
        "frequencynumerator": said.get("freq_num", ""),
        "frequencydenominator": said.get("freq_den", ""),
        "archived?": "true" if said.get("archived") == "1" else "",
        "target type": said.get("target_type", ""),
        "target value": said.get("target_value", ""),
    }


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) else None


def _day(value: Any) -> date | None:
    """Midnight of a day, in UTC wherever it was."""
    try:
        return (EPOCH + timedelta(milliseconds=value)).date() if isinstance(value, int) else None
    except OverflowError:
        return None
