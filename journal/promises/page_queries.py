"""What the page of one promise shows beside its history, read by one statement."""

from datetime import date, timedelta
from typing import Any

from journal.people.models import User
from journal.people.pagination import PAGE
from journal.privacy.batched_queries import fetch_batched, in_given
from journal.promises.history import EDITABLE_DAYS
from journal.promises.models import Promise


def _recent_answers(person: Any, day: date) -> Any:
    answers = person.checkins.filter(in_given("promise_id"))
    return answers.filter(due_on__gte=day - timedelta(days=EDITABLE_DAYS))


def _notes(person: Any, _day: date) -> Any:
    answers = person.checkins.filter(in_given("promise_id"))
    return answers.with_note().order_by("-due_on")[: PAGE + 1]


def _revisions(person: Any, _day: date) -> Any:
    return person.promiserevisions.filter(in_given("promise_id")).order_by("-effective_on")


def _reminder(person: Any, _day: date) -> Any:
    return person.reminders.filter(in_given("promise_id")).planned().order_by("pk")[:1]


def _experiments(person: Any, _day: date) -> Any:
    rows = person.experiments.filter(in_given("promise_id")).live()
    return rows.order_by("-starts_on", "-id")


def rows_of_page(person: User, today: date, promise: Promise) -> list[list[Any]]:
    """The answers that can still be changed, those with a note (one more than a page shows), the
    revisions, the reminder and the experiments."""
    parts = (_recent_answers, _notes, _revisions, _reminder, _experiments)
    return fetch_batched(person, today, *parts, given=[promise.pk])
