"""What a person told of their promises over a long time: two statements, however much it was."""

from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg, StringAgg
from django.db.models import Case, F, Func, IntegerField, Q, QuerySet, TextField, Value, When

from journal.people.models import User
from journal.promises.lines import LETTERS, NOTHING, Told, blank, line
from journal.promises.models import CheckIn, Promise
from journal.promises.queries import plan_from, with_terms

LETTER = Case(
    *(When(status=status, then=Value(LETTERS[status])) for status in CheckIn.Status.values),
    output_field=TextField(),
)


def told(person: User, first: date, today: date) -> list[tuple[Promise, Told]]:
    """Each promise that was in force at some time from `first` to `today`, the oldest first.
    Statements stay sealed until they are read."""
    promises = person.promises.finished().filter(starts_on__lte=today)
    promises = promises.filter(Q(ended_on=None) | Q(ended_on__gte=first))
    promises = promises.filter(Q(ends_on=None) | Q(ends_on__gte=first))
    answers = {
        row["promise"]: line(first, today, row["days"], row["letters"])
        for row in _answers(person, first, today)
    }
    found = []
    for promise in with_terms(promises.order_by("starts_on", "id"), first):
        letters = answers.get(promise.pk) or blank(first, today)
        found.append((promise, _told(promise, letters, first, today)))
    return found


def _answers(person: User, first: date, today: date) -> QuerySet[CheckIn, dict]:
    """A row for each promise: days counted from `first`, and a letter for each of them."""
    day = Func(F("due_on"), Value(first), arg_joiner=" - ", template="(%(expressions)s)")
    day.output_field = IntegerField()
    return (
        person.checkins.filter(due_on__range=(first, today))
        .order_by()
        .values("promise")
        .annotate(
            days=ArrayAgg(day, order_by="due_on"),
            letters=StringAgg(LETTER, "", order_by="due_on"),
        )
    )


def _told(promise: Promise, letters: str, first: date, today: date) -> Told:
    ended_on = promise.ended_on
    inside = ended_on is not None and first <= ended_on <= today
    at_the_end = inside and letters[(ended_on - first).days] != NOTHING  # type: ignore[operator]
    plan = plan_from(promise, told_at_the_end=at_the_end)
    return Told(plan, first, today, letters, frozenset(promise.confirmed_rows))  # type: ignore[attr-defined]
