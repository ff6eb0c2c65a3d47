"""HabitBull's CSV: one row per habit and day."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.exchange.foreign.files import Files
from journal.exchange.foreign.importer import Importer
from journal.exchange.foreign.items import PlainAnswer, PlainHabit
from journal.exchange.foreign.json_values import number

ANSWER = "promises.CheckIn"
COLUMNS = {"habitname", "calendardate", "value"}


class HabitBull(Importer):
    app = "habitbull"
    label = "HabitBull"
    how = gettext_lazy("In HabitBull: Settings, Export data, CSV.")

    @classmethod
    def recognises(cls, files: Files) -> bool:
        return bool(files.table(COLUMNS))

    def items(self) -> Iterator[PlainHabit]:
        table = self.files.table(COLUMNS)
        self.reading.learn_order(row.get("calendardate", "") for row in self.files.csv_rows(table))
        habits: dict[str, PlainHabit] = {}
        for row in self.files.csv_rows(table):
            name = row.get("habitname", "").strip()
            if name not in habits:
                why = row.get("habitdescription", "").strip()
                habits[name] = PlainHabit(own_id=name, statement=name, why=why)
                if category := row.get("habitcategory", "").strip():
                    what = _("The category of a habit has no place here: %s") % category[:60]
                    self.reading.note(what, name)
            if answer := self._answer(row, name):
                habits[name].answers.append(answer)
        yield from habits.values()

    def _answer(self, row: dict[str, str], name: str) -> PlainAnswer | None:
        words, value = row.get("calendardate", ""), number(row.get("value", ""))
        day = self.reading.moment(words)
        if day is None or value is None or value < 0:
            why = _("A day that says neither yes nor no.") if day else _("It has no date.")
            self.reading.left_out(why, f"{words} {name}", ANSWER)
            return None
        if isinstance(day, datetime):
            day = day.date()
        note = row.get("commenttext", "").strip()
        if value == 0:
            return PlainAnswer(day, "missed", note, unsure=True)
        amount = "" if value == 1 else row["value"].strip()  # of a habit that is counted
        return PlainAnswer(day, "kept", "\n".join(part for part in (amount, note) if part))
