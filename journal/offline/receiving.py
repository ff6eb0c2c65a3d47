"""Receives what a device kept without a connection: entries, answers about promises, and the trust
of a day. The device sends each thing with the answer that it showed, as often as it needs to.

A thing that is stored already is received once more without a change. An answer that was recorded
elsewhere meanwhile is never replaced: the person sees both, and chooses.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from journal.people import clock
from journal.people.models import User
from journal.promises import today_query
from journal.promises.models import CheckIn
from journal.reflections.daily.models import DailyCheck
from journal.reflections.entries import saving
from journal.reflections.entries.saving import SaveStatus
from journal.today.day_param import asked, parse
from journal.today.saving import open_days_of, save_today

LONGEST_WAIT = timedelta(days=14)


@dataclass
class Conflict:
    """Two answers to one question."""

    stored: str
    stored_label: Any
    given_label: Any


@dataclass
class Receipt:
    """Received unless there is a problem or a conflict."""

    problems: list[str]
    conflict: Conflict | None = None

    @property
    def status(self) -> int:
        if self.conflict:
            return 409
        return 422 if self.problems else 204


def receive(person: User, posted: QueryDict) -> Receipt:
    kind = KINDS.get(posted.get("kind", ""))
    return kind(person, posted) if kind else Receipt([_("We couldn’t read that")])


def entry(person: User, posted: QueryDict) -> Receipt:
    """An id that is stored already was received before, whatever became of the entry since. A text
    that is too long becomes several entries."""
    data = posted.copy()
    pk, day = _id(posted.get("id")), parse(posted.get("written_on"))
    if pk is None:
        return Receipt([_("We couldn’t read that")])
    if person.entries.filter(pk=pk).exists():
        return Receipt([])
    today = clock.today(person)
    data["written_on"] = min(day or today, today).isoformat()  # the clock of a device may be wrong
    data["do"] = "split"
    result = saving.save_split(saving.save_new(person, data), data)
    if result.status is SaveStatus.SAVED:
        person.entries.filter(pk=pk).update(written_at=_instant(posted.get("at")))
        return Receipt([])
    problems = [str(error) for errors in result.form.errors.values() for error in errors]
    return Receipt(problems or [_("We couldn’t read that")])


def answer(person: User, posted: QueryDict) -> Receipt:
    """The answer about a promise on a day."""
    day, pk = _day(person, posted), _id(posted.get("promise"))
    if day is None:
        return Receipt([_not_open()])
    due = today_query.locked(person, [pk], day).get(pk) if pk else None
    if pk is None or due is None:
        return Receipt([_("This promise is not there any more.")])
    stored, given = due.checkin.status, posted.get("value", "")
    if found := _settled(stored, given, posted, dict(CheckIn.Status.choices)):
        return found
    return _saved(person, day, {f"{pk}-status": given})


def trust(person: User, posted: QueryDict) -> Receipt:
    """How far the person trusted themselves on a day."""
    day = _day(person, posted)
    if day is None:
        return Receipt([_not_open()])
    row = person.daily_checks.select_for_update().filter(date=day).first()
    stored = str(row.trust or "") if row else ""
    labels = {str(value): label for value, label in DailyCheck.Trust.choices}
    if found := _settled(stored, posted.get("value", ""), posted, labels):
        return found
    return _saved(person, day, {"trust": posted.get("value", "")})


KINDS: dict[str, Callable[[User, QueryDict], Receipt]] = {
    "entry": entry,
    "answer": answer,
    "trust": trust,
}


def _settled(stored: str, given: str, posted: QueryDict, labels: dict[str, Any]) -> Receipt | None:
    """The receipt of an answer that is stored, unknown or in conflict; None for one to save."""
    if given not in labels:
        return Receipt([_("Choose one of the answers.")])
    if stored == given:
        return Receipt([])
    if stored not in ("", posted.get("was", "")):
        return Receipt([], Conflict(stored, labels[stored], labels[given]))
    return None


def _saved(person: User, day: date, fields: dict[str, str]) -> Receipt:
    posted = QueryDict(mutable=True)
    posted.update(fields)
    return Receipt(save_today(person, posted, day).problems)


def _day(person: User, posted: QueryDict) -> date | None:
    return asked(posted.get("day") or "-", open_days_of(person))


def _not_open() -> str:
    return _("Only today and the 3 days before it can be recorded.")


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _instant(text: str | None) -> datetime:
    """When something was made, by the clock of the device, in milliseconds."""
    try:
        made = datetime.fromtimestamp(int(text or "") / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return timezone.now()
    return made if timezone.now() - LONGEST_WAIT < made < timezone.now() else timezone.now()
