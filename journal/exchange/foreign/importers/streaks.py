"""Streaks' CSV: one row per task and day, or several where a task is done more than once a day."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.exchange.foreign.files import Files
from journal.exchange.foreign.importer import Importer
from journal.exchange.foreign.items import PlainAnswer, PlainHabit
from journal.exchange.foreign.json_values import number

ANSWER = "promises.CheckIn"
COLUMNS = {"task_id", "title", "entry_type", "entry_date"}
STATUS = {"completed": "kept", "missed": "missed", "skipped": "excused"}


class Streaks(Importer):
    app = "streaks"
    label = "Streaks"
    how = gettext_lazy("In Streaks: Settings, Export data, CSV.")

    @classmethod
    def recognises(cls, files: Files) -> bool:
        return bool(files.table(COLUMNS))

    def items(self) -> Iterator[PlainHabit]:
        habits: dict[str, PlainHabit] = {}
        answers: dict[str, dict[date, PlainAnswer]] = {}
        for row in self.files.csv_rows(self.files.table(COLUMNS)):
            title = row.get("title", "").strip()
            own_id = row.get("task_id", "").strip() or title
            habits.setdefault(own_id, PlainHabit(own_id=own_id, statement=title))
            if answer := self._answer(row, title):
                days = answers.setdefault(own_id, {})
                days[answer.day] = together(days.get(answer.day), answer)
        for own_id, habit in habits.items():
            habit.answers = list(answers.get(own_id, {}).values())
            yield habit

    def _answer(self, row: dict[str, str], title: str) -> PlainAnswer | None:
        kind, _line, how = row.get("entry_type", "").strip().lower().partition("_")
        if kind in STATUS and kind != "completed" and how == "auto":
            why = _("A day on which nothing was entered: the app filled it in by itself.")
            self.reading.left_out(why, "", ANSWER)
            return None
        words = row.get("entry_date", "").strip() or row.get("entry_timestamp", "")[:10]
        day = self.reading.moment(words)
        if day is None or kind not in STATUS:
            why = _("An answer that can’t be read.") if day else _("It has no date.")
            self.reading.left_out(why, f"{words} {title}", ANSWER)
            return None
        if isinstance(day, datetime):
            day = day.date()
        quantity = row.get("quantity", "").strip()
        amount = quantity if (number(quantity) or 0) > 1 else ""
        note = "\n".join(part for part in (amount, row.get("notes", "").strip()) if part)
        return PlainAnswer(day, STATUS[kind], note, automatic=how == "auto")


def together(one: PlainAnswer | None, other: PlainAnswer) -> PlainAnswer:
    """Two answers of a day: the later one, but none of the app over one of the person."""
    if one is None:
        return other
    last = one if other.automatic and not one.automatic else other
    notes = dict.fromkeys(note for note in (one.note, other.note) if note)
    return PlainAnswer(last.day, last.status, "\n".join(notes), automatic=last.automatic)
