"""Loop Habit Tracker's CSV in a ZIP: a list of habits, and a folder of answers for each."""

from collections.abc import Iterator
from datetime import datetime

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
        for row in self.files.csv_rows(table):
            habit = self._habit(row)
            number = row.get("position", "")
            if habit and number.isdecimal() and (answers := folders.get(int(number))):
                target = _number(row.get("target value", ""))
                habit.answers = list(self._answers(answers, habit, target))
            if habit:
                yield habit

    def _habit(self, row: dict[str, str]) -> PlainHabit | None:
        name = row.get("name", "").strip()
        rhythm = rhythm_of(row.get("frequencynumerator", ""), row.get("frequencydenominator", ""))
        if rhythm is None:
            why = _("Its rhythm has no counterpart here: %(times)s in %(days)s days.") % {
                "times": row.get("frequencynumerator", "?"),
                "days": row.get("frequencydenominator", "?"),
            }
            self.reading.left_out(why, name, "promises.Promise")
            return None
        cadence, times = rhythm
        return PlainHabit(
            own_id=row.get("uuid") or name,
            statement=name,
            cadence=cadence,
            times_per_week=times,
            why=row.get("description", ""),
            is_over=row.get("archived?", "").lower() == "true",
        )

    def _answers(self, name: str, habit: PlainHabit, target: float) -> Iterator[PlainAnswer]:
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
            elif (amount := _number(value)) > 0:
                words = row.get("value", "")
                kept = "kept" if amount >= target else "kept_small"
                yield PlainAnswer(day, kept, f"{words}\n{note}".strip())


def _table(files: Files) -> str:
    names = files.names if files.is_single else files.find("*habits.csv")
    return next((name for name in names if set(files.csv_columns(name)) >= COLUMNS), "")


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def rhythm_of(times: str, days: str) -> tuple[str, int | None] | None:
    """Every day, or so many times a week; Loop has others, such as every third day."""
    if not times.isdecimal() or not days.isdecimal():
        return None
    often, within = int(times), int(days)
    if often == within and often > 0:
        return "daily", None
    return ("times_per_week", often) if within == 7 and 0 < often <= 7 else None
