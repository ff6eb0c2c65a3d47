"""Loop Habit Tracker's CSV in a ZIP: a list of habits, and a folder of answers for each."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from math import isfinite

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.exchange.foreign.files import Files
from journal.exchange.foreign.importer import Importer
from journal.exchange.foreign.items import PlainAnswer, PlainHabit

COLUMNS = {"position", "name", "frequencynumerator", "frequencydenominator"}
OFTEN = {  # answers by their name; what was worked out or not entered is no answer
    "YES_MANUAL": ("kept", False),
    "NO": ("missed", True),
    "SKIP": ("excused", False),
}
SILENT = {"YES_AUTO", "UNKNOWN", ""}


class Loop(Importer):
    app = "loop"
    label = "Loop Habit Tracker"
    how = gettext_lazy("In Loop: Settings, Export as CSV.")

    @classmethod
    def recognises(cls, files: Files) -> bool:
        return bool(_table(files))

    def items(self) -> Iterator[PlainHabit]:
        table = _table(self.files)
        root = table.rpartition("/")[0]
        folders = {}  # a habit's folder begins with its number; the rest of the name may be cut
        for name in self.files.find("*/checkmarks.csv"):
            folder, _slash, _file = name.rpartition("/")
            number = folder.rpartition("/")[2].split(" ")[0]
            if folder.rpartition("/")[0] == root and number.isdecimal():
                folders[int(number)] = name
        self.taken: Counter[str] = Counter()
        for row in self.files.csv_rows(table):
            habit = self.habit(row)
            number = row.get("position", "")
            if habit and number.isdecimal() and (answers := folders.get(int(number))):
                habit.answers = list(self._answers(answers, row))
            if habit:
                yield habit

    def habit(self, row: dict[str, str]) -> PlainHabit | None:
        name = row.get("name", "").strip()
        rhythm = rhythm_of(row.get("frequencynumerator", ""), row.get("frequencydenominator", ""))
        if rhythm is None:
            why = _("Its rhythm has no counterpart here: %(times)s in %(days)s days.") % {
                "times": row.get("frequencynumerator", "?"),
                "days": row.get("frequencydenominator", "?"),
            }
            self.reading.left_out(why, name, "promises.Promise")
            return None
        if question := row.get("question", "").strip():
            self.reading.note(_("The question of a habit was left out."), question)
        cadence, times = rhythm
        own_id = row.get("uuid") or name
        self.taken[own_id] += 1  # two habits may have one name
        return PlainHabit(
            own_id=own_id if self.taken[own_id] == 1 else f"{own_id}\0{self.taken[own_id]}",
            statement=name,
            cadence=cadence,
            times_per_week=times,
            why=row.get("description", ""),
            is_over=row.get("archived?", "").lower() == "true",
        )

    def _answers(self, name: str, habit: dict[str, str]) -> Iterator[PlainAnswer]:
        for row in self.files.csv_rows(name):
            day = self.reading.moment(row.get("date", ""))
            value = row.get("value", "").strip().upper()
            if day is None or value in SILENT:
                continue
            if isinstance(day, datetime):
                day = day.date()
            note = row.get("notes", "")
            if value in OFTEN:
                status, unsure = OFTEN[value]
                yield PlainAnswer(day, status, note, unsure)
            elif (amount := _number(value)) is not None:
                yield from answer_of(day, amount, note, habit)


def answer_of(day: date, amount: float, note: str, habit: dict[str, str]) -> Iterator[PlainAnswer]:
    """A number against the target of its habit; less than nothing stands for none."""
    target = _number(habit.get("target value", "")) or 0.0
    if amount < 0:
        return
    words = f"{amount:.10g} {habit.get('unit', '')}".strip()
    if habit.get("target type", "").strip().upper() in ("AT_MOST", "1"):
        status = "kept" if amount <= target else "missed"
    elif amount == 0:
        yield PlainAnswer(day, "missed", note, unsure=True)
        return
    else:
        status = "kept" if amount >= target else "kept_small"
    yield PlainAnswer(day, status, f"{words}\n{note}".strip())


def _table(files: Files) -> str:
    names = files.names if files.is_single else files.find("*habits.csv")
    return next((name for name in names if set(files.csv_columns(name)) >= COLUMNS), "")


def _number(text: str) -> float | None:
    with suppress(ValueError):
        return found if isfinite(found := float(text)) else None
    return None


def rhythm_of(times: str, days: str) -> tuple[str, int | None] | None:
    """Every day, or so many times a week; Loop has others, such as every third day."""
    if not times.isdecimal() or not days.isdecimal():
        return None
    often, within = int(times), int(days)
    if often == within and often > 0:
        return "daily", None
    return ("times_per_week", often) if within == 7 and 0 < often <= 7 else None
