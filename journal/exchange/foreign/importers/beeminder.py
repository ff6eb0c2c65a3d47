"""Beeminder's datapoints, of one goal or of all, as JSON or as a table with columns of those names.

A list of datapoints does not say which goal it is of, so the name of the file does.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.exchange.foreign.files import Files, Unreadable
from journal.exchange.foreign.importer import Importer
from journal.exchange.foreign.items import PlainAnswer, PlainHabit
from journal.exchange.foreign.json_values import listed, moment_after_epoch, number, text

HABIT, ANSWER = "promises.Promise", "promises.CheckIn"
TABLES = ({"daystamp", "value"}, {"timestamp", "value", "comment"})
# Goals whose numbers are a weight, a rest or too much of something: more is no yes.
NO_HABITS = {"drinker", "fatloser", "gainer", "inboxer"}


class Beeminder(Importer):
    app = "beeminder"
    label = "Beeminder"
    how = gettext_lazy("In Beeminder: the goal, Data, Export.")

    @classmethod
    def recognises(cls, files: Files) -> bool:
        return bool(_tables(files) or _lists(files))

    def items(self) -> Iterator[PlainHabit]:
        for name in _tables(self.files):
            yield from self._habit({}, list(self.files.csv_rows(name)), name)
        for name in _lists(self.files):
            try:
                data = self.files.json(name)
            except Unreadable as error:
                self.reading.left_out(str(error), name, HABIT)
                continue
            goals = [{"datapoints": data}] if isinstance(data, list) else listed(data, "goals")
            for goal in goals or [data]:
                yield from self._habit(goal, listed(goal, "datapoints"), name)

    def _habit(self, goal: Any, points: list[Any], file: str) -> Iterator[PlainHabit]:
        stem = file.rpartition("/")[2].rpartition(".")[0] or file
        name = text(goal, "title") or text(goal, "slug") or stem
        if text(goal, "goal_type") in NO_HABITS:
            self.reading.left_out(_("What it counts is neither a yes nor a no."), name, HABIT)
            return
        if not points and not text(goal, "slug"):
            self.reading.left_out(_("It can’t be read."), name, HABIT)
            return
        days: dict[date, list[tuple[float, str]]] = {}
        for point in points:
            day, value = self._day(point), self._value(point)
            if day is None or value is None:
                why = _("It has no date.") if day is None else _("An answer that can’t be read.")
                self.reading.left_out(why, name, ANSWER)
                continue
            days.setdefault(day, []).append((value, text(point, "comment").strip()))
        ids = [pk for point in points if (pk := text(point, "id"))]
        yield PlainHabit(
            # The first of its points, since only some exports name their goal.
            own_id=min(ids) if ids else text(goal, "slug") or stem,
            statement=name,
            answers=[answer_of(day, said) for day, said in days.items()],
        )

    def _day(self, point: Any) -> date | None:
        """The day that Beeminder counts it for, which may be the one before its moment."""
        if words := text(point, "daystamp"):
            found = self.reading.moment(words)
            return found.date() if isinstance(found, datetime) else found
        when = point.get("timestamp") if isinstance(point, dict) else None
        found = moment_after_epoch(when, timedelta(seconds=1))
        return self.reading.moment(when) if found is None and isinstance(when, str) else found

    def _value(self, point: Any) -> float | None:
        found = number(point.get("value")) if isinstance(point, dict) else None
        return None if found is None or found < 0 else found


def answer_of(day: date, said: list[tuple[float, str]]) -> PlainAnswer:
    """The points of one day as one answer; a day of nothing may mean that nothing was entered."""
    total = sum(value for value, _words in said)
    words = [comment for _value, comment in said if comment]
    if total not in (0, 1):
        words.insert(0, f"{total:g}")
    return PlainAnswer(day, "kept" if total else "missed", "\n".join(words), unsure=not total)


def _tables(files: Files) -> list[str]:
    names = files.names if files.is_single else files.find("*.csv")
    return [
        name for name in names if any(columns <= set(files.csv_columns(name)) for columns in TABLES)
    ]


def _lists(files: Files) -> list[str]:
    names = files.names if files.is_single else files.find("*.json")
    heads = ((name, files.head(name)) for name in names)
    return [
        name
        for name, head in heads
        if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"[", b"{")
        and (b'"daystamp"' in head or (b'"goal_type"' in head and b'"slug"' in head))
    ]
