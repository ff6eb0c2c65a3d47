"""Saves a POST of Today, one tap or a whole page, and writes only what the person touched.

Fields of a promise begin with its row's key: the id of the promise, and where the row is about
another day than the page, "_" and that day. So one form holds today and what is open of last night.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from journal.people import clock
from journal.people.models import User
from journal.people.text_direction import isolate
from journal.promises import today_query
from journal.promises.forms import CLEAR, CheckInForm
from journal.promises.models import CheckIn
from journal.promises.queries import DueToday
from journal.reflections.daily.forms import WORDS, WRITTEN_ELSEWHERE, DailyCheckForm
from journal.reflections.daily.models import DailyCheck
from journal.today.day_param import OpenDays, parse

STATUS = "-status"


@dataclass
class Kept:
    """The result of a save: the old values, and the answers that the person has to correct."""

    form: DailyCheckForm
    before: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, CheckInForm] = field(default_factory=dict)
    rows_before: dict[str, tuple[str, str]] = field(default_factory=dict)  # status and excuse
    gone: bool = False  # a promise on the page was deleted meanwhile

    @property
    def refused(self) -> dict[str, CheckInForm]:
        return {key: form for key, form in self.rows.items() if form.errors}

    @property
    def is_whole(self) -> bool:
        return not (self.form.errors or self.refused or self.gone)

    @property
    def problems(self) -> list[str]:
        """Error messages for the summary; those of a row appear in the row as well."""
        found = [str(error) for errors in self.form.errors.values() for error in errors]
        for form in self.refused.values():
            found += [str(error) for errors in form.errors.values() for error in errors]
        if self.gone:
            found.append(_("One promise on this page is not there any more."))
        return found


def save_today(person: User, posted: QueryDict, day: date) -> Kept:
    """Saves every valid answer; an invalid one does not block the others."""
    kept = Kept(DailyCheckForm(posted))
    kept.form.is_valid()
    if kept.form.given.keys() & set(WORDS):
        kept.form.refuse_unseen(person.daily_checks.select_for_update().filter(date=day).first())
    if kept.form.given:
        kept.before = DailyCheck.store(person, day, kept.form.given)
    touched = _touched(posted, day)
    found = _locked(person, touched)
    kept.gone = touched.keys() != found.keys()
    for key, due in found.items():
        fields = posted.copy()
        fields[f"{key}-due_on"] = due.day.isoformat()
        if not _is_note_touched(posted, key):
            fields.pop(f"{key}-note", None)
        form = CheckInForm(fields, record=due.record, prefix=key)
        kept.rows[key] = form
        if form.is_valid() and not _replaces_unseen_note(form, posted, due.checkin.note):
            kept.rows_before[key] = (due.checkin.status or CLEAR, due.checkin.excuse)
            form.save(due.checkin)
    return kept


def row_key(promise: UUID, day: date, page_day: date) -> str:
    return str(promise) if day == page_day else f"{promise}_{day.isoformat()}"


def day_of_row(key: str, page_day: date) -> tuple[UUID, date] | None:
    """The promise and the day that a row is about; None if the key is no row's."""
    promise, _separator, text = key.partition("_")
    day = parse(text) if text else page_day
    try:
        return (UUID(promise), day) if day else None
    except ValueError:
        return None


def _locked(person: User, touched: dict[str, tuple[UUID, date]]) -> dict[str, DueToday]:
    """The rows that are there, by their keys: two statements for each day."""
    found: dict[str, DueToday] = {}
    for day in sorted({day for _pk, day in touched.values()}):
        promises = {key: pk for key, (pk, on) in touched.items() if on == day}
        rows = today_query.locked(person, set(promises.values()), day)
        found |= {key: rows[pk] for key, pk in promises.items() if pk in rows}
    return found


def open_days_of(person: User) -> OpenDays:
    has_answers = partial(_has_answers, person)
    return OpenDays(clock.today(person), clock.joined_on(person), has_answers)


def _has_answers(person: User, day: date) -> bool:
    """Whether the person recorded something on this day. What was set aside ahead is no record."""
    recorded = person.checkins.filter(due_on=day).exclude(status=CheckIn.Status.EXCUSED)
    return person.daily_checks.filter(date=day).exists() or recorded.exists()


def _touched(posted: QueryDict, day: date) -> dict[str, tuple[UUID, date]]:
    """Rows whose answer or note differs from the value that the page showed, if it sent that
    value."""
    keys = (name.removesuffix(STATUS) for name in posted if name.endswith(STATUS))
    rows = ((key, day_of_row(key, day)) for key in keys)
    return {key: row for key, row in rows if row and _is_touched(posted, key)}


def _is_touched(posted: QueryDict, key: str) -> bool:
    was = posted.get(f"{key}-was")
    if was is None:
        return True
    status = posted[f"{key}{STATUS}"]
    excuse = posted.get(f"{key}-excuse", "") if status == "excused" else ""
    return was != f"{status}:{excuse}" or _is_note_touched(posted, key)


def _is_note_touched(posted: QueryDict, key: str) -> bool:
    was = posted.get(f"{key}-was_note")
    return was is None or _lines(was) != _lines(posted.get(f"{key}-note", was))


def _replaces_unseen_note(form: CheckInForm, posted: QueryDict, stored: str) -> bool:
    """Adds an error if the stored note is newer than the one that the page showed."""
    was, note = posted.get(form.add_prefix("was_note")), posted.get(form.add_prefix("note"))
    if not _is_note_touched(posted, str(form.prefix)) or was is None or note is None:
        return False
    if _lines(stored) in ("", _lines(was), _lines(note)):
        return False
    form.add_error("note", WRITTEN_ELSEWHERE % {"text": isolate(stored)})
    return True


def _lines(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()
