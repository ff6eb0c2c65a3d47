"""Habits of other apps as promises, with their answers as check-ins."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from journal.exchange import tables
from journal.exchange.foreign.importer import LeftOut, Reading
from journal.exchange.foreign.items import PlainAnswer, PlainHabit
from journal.people import clock
from journal.people.date_validators import FIRST_DAY
from journal.people.models import User
from journal.privacy.length import characters, first
from journal.privacy.normalization import normalize_words
from journal.promises.models import CheckIn, Promise, PromiseRevision

LONGEST_NOTE = 500
LONGEST_STATEMENT = 140
LONGEST_WHY = 500
Row = tuple[str, dict[str, Any]]


class HabitRows:
    table = Promise.export_name
    twice = ""  # the answers of both count

    def __init__(
        self, reading: Reading, person: User, zone: ZoneInfo, id_of: Callable[[str, str], str]
    ) -> None:
        self._reading, self._person, self._zone, self._id = reading, person, zone, id_of

    def rows_of(self, item: PlainHabit) -> tuple[list[Row], list[date]]:
        answers = {self._day(one): one for one in self._counted(item)}
        held = [day for day in answers if FIRST_DAY <= day <= clock.latest_day()]
        today = clock.today(self._person)
        starts = min([item.starts_on or today, *held])
        ended = max([starts, *held]) if item.is_over else None
        statement = normalize_words(" ".join(item.statement.split()))[0]
        if characters(statement) > LONGEST_STATEMENT:
            self._reading.note(_("A name that is too long for a promise was shortened."), statement)
            statement = first(statement, LONGEST_STATEMENT - 1).rstrip() + "…"
        if not statement:
            raise LeftOut(_("It has no name."))
        begun = tables.plain(datetime.combine(starts, time(12), self._zone))
        made = {"created_at": begun, "updated_at": tables.plain(clock.now(self._person))}
        pk = self._id("habit", item.own_id)
        terms = {
            "statement": statement,
            "cadence": item.cadence,
            "weekdays": item.weekdays,
            "times_per_week": item.times_per_week,
        }
        promise = {
            "id": pk,
            "starts_on": starts.isoformat(),
            "state": "retired" if ended else "active",
            "retire_reason": "other" if ended else "",
            "ended_on": ended.isoformat() if ended else None,
            "why": first(item.why, LONGEST_WHY) or None,
            "finished_at": begun,
            "week_starts_on": self._person.week_starts_on,
            **terms,
            **made,
        }
        first_terms = {"id": self._id("terms", item.own_id), "promise": pk, **terms, **made}
        rows: list[Row] = [
            (Promise.export_name, promise),
            (PromiseRevision.export_name, first_terms | {"effective_on": starts.isoformat()}),
        ]
        for day in sorted(held):
            row = self._answer(item, answers[day], day.isoformat(), pk)
            rows.append((CheckIn.export_name, row | made))
        return rows, [starts, max([starts, *held])]

    def _day(self, answer: PlainAnswer) -> date:
        if not isinstance(answer.day, datetime):
            return answer.day
        moved = answer.day
        with suppress(OverflowError):  # in the first or last hours of all dates
            moved = moved.astimezone(self._zone) if moved.tzinfo else moved
        return moved.date()

    def _counted(self, item: PlainHabit) -> Iterator[PlainAnswer]:
        for answer in item.answers:
            if answer.unsure:
                self._reading.asked.add("unsure", example=item.statement)
                if not self._reading.answers.count_unsure:
                    continue
            if answer.automatic:
                self._reading.asked.add("automatic", example=item.statement)
                if not self._reading.answers.count_automatic:
                    continue
            yield answer

    def _answer(
        self, item: PlainHabit, answer: PlainAnswer, day: str, promise: str
    ) -> dict[str, Any]:
        note = normalize_words(answer.note.strip())[0]
        if characters(note) > LONGEST_NOTE:
            name = f"{day} {item.statement}"
            self._reading.note(_("A note that is too long for a check-in was shortened."), name)
            note = first(note, LONGEST_NOTE - 1) + "…"
        return {
            "id": self._id("answer", f"{item.own_id}\0{day}"),
            "promise": promise,
            "due_on": day,
            "status": answer.status,
            "excuse": "other" if answer.status == "excused" else "",
            "note": note or None,
        }
