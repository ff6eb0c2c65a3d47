"""Promises and the questions of a day: the forms of the pages, and their rules of which day takes
which answer.

An answer that was recorded elsewhere is never replaced unseen: without its version it is a 409, as
for what a device kept offline (journal/offline/receiving.py).
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, JsonResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router, Schema

from journal.api import schemas
from journal.api.api import errors_of, invalid
from journal.api.auth import Allows, ApiRequest, allowed
from journal.api.schemas import Day
from journal.people import clock
from journal.people.error_views import problem
from journal.promises import history, queries, today_query
from journal.promises.forms import CLEAR, CheckInForm
from journal.promises.queries import DueToday
from journal.reflections.daily.forms import QUESTIONS
from journal.reflections.daily.models import DailyCheck
from journal.today.saving import open_days_of, save_today

SEEN = (Allows.READ, Allows.CHECK_IN)

router = Router(tags=[gettext_noop("Check-ins")])


@router.get(
    "promises",
    **allowed(*SEEN),
    response={200: schemas.Promises, **schemas.REFUSALS},
    summary=gettext_noop("See the active promises, and where they stand today"),
)
def promises(request: ApiRequest) -> dict[str, Any]:
    person, today = request.user, clock.today(request.user)
    rows = person.promises.active().order_by("id")
    records = history.histories(person, queries.with_answer_of(rows, today))
    found = []
    for record in records:
        promise, due = record.promise, queries.due_today(record, today)
        same = ("id", "statement", "smallest_version", "cadence", "starts_on", "ends_on")
        found.append(
            {name: getattr(promise, name) for name in same}
            | {
                "next_due": record.next_due,
                "today": _answer(due),
            }
        )
    return {"day": today, "promises": found}


@router.get(
    "promises/{uuid:pk}/answers/{day}",
    **allowed(*SEEN),
    response={200: schemas.Answer, **schemas.REFUSALS},
    summary=gettext_noop("See the answer of a day"),
)
def answer(request: ApiRequest, pk: UUID, day: Day) -> dict[str, Any]:
    return _stored(request, pk, day)[1]


@router.put(
    "promises/{uuid:pk}/answers/{day}",
    **allowed(Allows.CHECK_IN),
    response={200: schemas.Answer, 409: schemas.AnswerConflict, **schemas.REFUSALS},
    summary=gettext_noop("Answer a promise for a day"),
    description=gettext_noop(
        "Today and the seven days before it, as on the promise’s page. The same answer twice "
        "changes nothing; another one needs the version of the one that it replaces."
    ),
)
def give_answer(request: ApiRequest, pk: UUID, day: Day, given: schemas.GivenAnswer) -> Any:
    due, stored = _stored(request, pk, day)
    sent: dict[str, Any] = {"status": given.status, "excuse": given.excuse}
    if given.note is not None:
        sent["note"] = given.note
    replaces = any(stored[name] not in ("", None, sent[name]) for name in sent)
    if replaces and stored["version"] != given.version:
        return _other_answer(schemas.Answer(**stored))
    return _saved(request, due, {"due_on": day.isoformat(), **sent})


@router.delete(
    "promises/{uuid:pk}/answers/{day}",
    **allowed(Allows.CHECK_IN, query=schemas.Seen),
    response={200: schemas.Answer, 409: schemas.AnswerConflict, **schemas.REFUSALS},
    summary=gettext_noop("Take an answer back"),
)
def take_back(request: ApiRequest, pk: UUID, day: Day, seen: Query[schemas.Seen]) -> Any:
    due, stored = _stored(request, pk, day)
    if stored["version"] not in (0, seen.version):
        return _other_answer(schemas.Answer(**stored))
    return _saved(request, due, {"due_on": day.isoformat(), "status": CLEAR})


def _stored(request: ApiRequest, pk: UUID, day: date) -> tuple[DueToday, dict[str, Any]]:
    """The promise, locked, and what is recorded for that day."""
    due = today_query.locked(request.user, [pk], day).get(pk)
    if due is None:
        raise Http404
    return due, _answer(due)


def _answer(due: DueToday) -> dict[str, Any]:
    row = due.checkin
    return {
        "promise": due.promise.pk,
        "day": due.day,
        "asked": due.record.is_asked_on(due.day),
        "choices": [value for value, _label, _drawing in due.choices],
        "status": row.status or None,
        "excuse": row.excuse,
        "note": row.note,
        "version": 0 if row._state.adding else row.version,
    }


def _saved(request: ApiRequest, due: DueToday, fields: dict[str, str]) -> Any:
    form = CheckInForm(fields, record=due.record)
    if not form.is_valid():
        return errors_of(form)
    form.save(due.checkin)
    return _stored(request, due.promise.pk, due.day)[1]


def _other_answer(stored: Schema) -> JsonResponse:
    return problem(
        409,
        _("There is another answer"),
        _("Something else was recorded meanwhile. Nothing was changed."),
        stored=stored.model_dump(mode="json"),
    )


@router.get(
    "daily-checks/{day}",
    **allowed(*SEEN),
    response={200: schemas.Check, **schemas.REFUSALS},
    summary=gettext_noop("See the daily check of a day"),
)
def daily_check(request: ApiRequest, day: Day) -> dict[str, Any]:
    return _check(request, day)


@router.put(
    "daily-checks/{day}",
    **allowed(Allows.CHECK_IN),
    response={200: schemas.Check, 409: schemas.CheckConflict, **schemas.REFUSALS},
    summary=gettext_noop("Record the daily check of a day"),
    description=gettext_noop(
        "Today and the three days before it, as on Today. What you leave out stays as it is; what "
        "is recorded already needs its version to be replaced."
    ),
)
def give_check(request: ApiRequest, day: Day, given: schemas.GivenCheck) -> Any:
    person = request.user
    if day not in open_days_of(person):
        return invalid([("day", _("Only today and the 3 days before it can be recorded."))])
    person.lock()  # there may be no row yet
    stored = _check(request, day)
    sent = given.model_dump(exclude_unset=True, exclude={"version"})
    replaces = any(stored[name] not in ("", None, value) for name, value in sent.items())
    if replaces and stored["version"] != given.version:
        return _other_answer(schemas.Check(**stored))
    data = QueryDict(mutable=True)
    data.update({name: "" if value is None else str(value) for name, value in sent.items()})
    kept = save_today(person, data, day)
    return _check(request, day) if kept.is_whole else errors_of(kept.form)


def _check(request: ApiRequest, day: date) -> dict[str, Any]:
    row = request.user.daily_checks.on(day) or DailyCheck(owner=request.user, date=day, version=0)
    return {"day": day, **{name: getattr(row, name) for name in (*QUESTIONS, "version")}}
