"""Plain functions that make decisions and what became of them, behind the wall as their owner."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from journal.decisions.models import (
    Addendum,
    Decision,
    DecisionReview,
    Forecast,
    Option,
    ValueInPlay,
)
from journal.people import clock
from journal.people.models import User
from journal.people.values.models import Value
from journal.privacy.rls import acting_as

OPTIONS = ("Study", "Freelance", "Rest")


def make_open(
    person: User,
    question: str = "How shall I use Fridays?",
    options: Iterable[str] = OPTIONS,
    values: Iterable[Value] = (),
    weighed: dict[str, Any] | None = None,
    **fields: Any,
) -> Decision:
    """A decision that is being made; `weighed` goes to its first option."""
    with acting_as(person):
        row = Decision(owner=person, **{"area": "work", "step": "check", **fields})
        row.question = question
        row.save(force_insert=True)
        for place, name in enumerate(options, start=1):
            first = (weighed or {}) if place == 1 else {}
            Option.objects.create(owner=person, decision=row, place=place, name=name, **first)
        for place, value in enumerate(values, start=1):
            ValueInPlay.objects.create(
                owner=person, decision=row, value=value, name=value.name, place=place
            )
        row.state = fields.get("state") or row.open_state()
        row.save(update_fields=["state"])
    return row


def make_decision(
    person: User,
    question: str = "How shall I use Fridays?",
    decided_on: date | None = None,
    chosen: str = "Study",
    **fields: Any,
) -> Decision:
    """Decided, today unless `decided_on` says otherwise; to be looked back on in thirty days."""
    given = {"prediction": "I pass by June", "confidence": 70, "reasons": "It lasts", **fields}
    row = make_open(person, question, **given)
    with acting_as(person):
        row.chosen_option = next(one for one in row.options.all() if one.name == chosen)
        row.review_on = given.get("review_on") or row.next_review()
        if row.prediction and not row.prediction_on:
            row.prediction_on = row.review_on
        row.finish()
    if decided_on:
        # In the past only here, as the owner of the tables: a decision has the day it was made.
        later = row.review_on - clock.today(person)
        days = {"decided_on": decided_on, "review_on": decided_on + later}
        if row.prediction_on:
            days["prediction_on"] = row.prediction_on + (days["review_on"] - row.review_on)
        Decision.objects.filter(pk=row.pk).update(**days)
    return reread(row)


def make_due(person: User, question: str = "How shall I use Fridays?", **fields: Any) -> Decision:
    """Decided forty days ago, so it is time to look back."""
    return make_decision(person, question, clock.today(person) - timedelta(days=40), **fields)


def make_review(decision: Decision, *, finish: bool = True, **fields: Any) -> DecisionReview:
    with acting_as(decision.owner):
        review = DecisionReview.for_decision(decision)
        given = {
            "process_sound_now": True,
            "prediction_result": "yes",
            "outcome_quality": "good",
            "step": "check",
            **fields,
        }
        for name, value in given.items():
            setattr(review, name, value)
        review.save(force_insert=True)
        if finish:
            review.finish()
    return review


def make_addendum(decision: Decision, thought: str = "Fridays are full again") -> Addendum:
    with acting_as(decision.owner):
        today = clock.today(decision.owner)
        return Addendum.objects.create(
            owner=decision.owner, decision=decision, thought=thought, written_on=today
        )


def make_forecast(person: User, question: str = "Rain on Sunday?", **fields: Any) -> Forecast:
    """To be answered in a week."""
    due_on = clock.today(person) + timedelta(days=7)
    with acting_as(person):
        given = {"chance": 70, "due_on": due_on, **fields}
        return Forecast.objects.create(owner=person, question=question, **given)


def reread(row: Any) -> Any:
    with acting_as(row.owner):
        return type(row).objects.get(pk=row.pk)
