"""A day that a row holds already stays, in every form; only another day is checked."""

import importlib
import pkgutil
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django import forms

import journal
from journal.coaching.session_views import NextForm
from journal.people.day_fields import CheckedOnChange, DayField
from journal.privacy.rls import acting_as
from journal.sharing.agreement_forms import AgreementForm
from journal.sharing.models.messages import Suggestion

TODAY = date(2026, 11, 19)
FAR = {"past": date(2019, 3, 4), "future": date(2033, 3, 4)}

# Days that stand in no row: what a page shows, and answers whose rule reads other rows too.
NOT_STORED = {
    "AnswerForm.returned_on": "the day of the page; the view reads the answer that it has",
    "BookForm.since": "a filter",
    "BookForm.until": "a filter",
    "CheckInForm.due_on": "the day of an answer; one that has an answer is always accepted",
    "DayForm.on": "the day of the page that links here",
    "ExcuseForm.from_on": "a range, which is not stored",
    "ExcuseForm.until_on": "a range, which is not stored",
    "ExportForm.since": "a filter",
    "ExportForm.until": "a filter",
    "LaterForm.ask_on": "a day to come, whatever was planned before",
    "PageForm.before": "a place in a list",
    "StartForm.on": "the day that a link proposes; the form of the crossing checks what is sent",
    "PageForm.day": "a place in a list",
    "PageForm.month": "a filter",
    "PlaceForm.start": "a place in a list",
    "RangeForm.since": "a filter",
    "RangeForm.until": "a filter",
    "SearchForm.since": "a filter",
    "SearchForm.until": "a filter",
    "SearchForm.after_moment": "a place in a list",
}


def every_form() -> list[type[forms.BaseForm]]:
    for module in pkgutil.walk_packages(journal.__path__, "journal."):
        if module.name.split(".")[-1].endswith(("forms", "views", "brief", "log", "form")):
            importlib.import_module(module.name)
    found, left = [], [forms.BaseForm]
    while left:
        one = left.pop()
        left += one.__subclasses__()
        found += [one] if one.__module__.startswith("journal.") else []
    return sorted(set(found), key=lambda form: f"{form.__module__}.{form.__qualname__}")


def day_fields() -> list[tuple[type[forms.BaseForm], str, forms.Field]]:
    kinds = (forms.DateField, forms.DateTimeField)
    return [
        (form, name, field)
        for form in every_form()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, kinds)
    ]


# Without these answers the form drops the day.
ALONG = {"RhythmForm": {"cadence": "once"}, "TellForm": {"communication": "planned"}}
CHECKED = [(form, name) for form, name, field in day_fields() if isinstance(field, CheckedOnChange)]


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel("2026-11-19T12:00:00+00:00", tick=False):
        yield


def test_every_day_that_is_stored_is_checked_only_where_it_changed():
    """A new form for a stored day has to take its field from the model, or say here why not."""
    others = {
        f"{form.__name__}.{name}"
        for form, name, field in day_fields()
        if not isinstance(field, CheckedOnChange)
    }
    assert others == NOT_STORED.keys()
    assert len(CHECKED) >= 18


def bound(form, name, row, text):
    """The form's errors of one field, of a row and what was typed."""
    more = {"coach": row.owner, "link": row} if form._meta.model is Suggestion else {}
    writer = [row.owner] if form is AgreementForm else []
    sent = form(*writer, {name: text, **ALONG.get(form.__name__, {})}, instance=row, **more)
    return sent.errors.get(name, [])


def typed(form, name, day):
    return str(day) if isinstance(form.base_fields[name], DayField) else f"{day}T10:00"


@pytest.mark.parametrize(
    ("form", "name"), CHECKED, ids=[f"{form.__name__}.{name}" for form, name in CHECKED]
)
def test_a_day_that_is_held_stays_and_another_is_checked(ada, form, name):
    if form._meta.model is Suggestion or form is NextForm:
        pytest.skip("is made once and never changed")
    with acting_as(ada):
        row, wrong = form._meta.model(owner=ada), []
        for day in FAR.values():
            held = day if isinstance(form.base_fields[name], DayField) else at(day)
            setattr(row, name, held)
            assert bound(form, name, row, typed(form, name, day)) == []
            setattr(row, name, None)
            wrong += bound(form, name, row, typed(form, name, day))
            other = typed(form, name, day + timedelta(days=1))
            setattr(row, name, held)
            wrong += bound(form, name, row, other)
    assert len(wrong) in (2, 4), "either the past or the future is refused, or both"


def at(day: date) -> datetime:
    """With seconds, which no input shows."""
    return datetime(day.year, day.month, day.day, 10, 0, 31, 5, tzinfo=UTC)
