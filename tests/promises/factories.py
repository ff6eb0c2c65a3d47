"""Plain functions that make promises and answers, each written behind the wall as its owner."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from journal.people import clock
from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.promises.experiments import ExperimentResult, read_result
from journal.promises.models import LINE, CheckIn, Experiment, Promise, PromiseRevision


def make_promise(person: User, statement: str = "Walk after lunch", **fields: Any) -> Promise:
    """A promise that is active, from today unless `starts_on` says otherwise."""
    with acting_as(person):
        promise = Promise(
            owner=person,
            **{
                "starts_on": clock.today(person),
                "cadence": "daily",
                "smallest_version": "One lap outside",
                "cue": "I finish lunch",
                "action": "put my shoes on",
                **fields,
            },
        )
        promise.statement = statement
        starts_on = promise.starts_on
        promise.save(force_insert=True)
        promise.finish()
        # In the past only here: nobody can promise for a day that is over.
        promise.starts_on = starts_on
        promise.save(update_fields=["starts_on"])
        PromiseRevision.objects.filter(promise=promise).update(effective_on=starts_on)
    return promise


def make_draft(person: User, statement: str = "Call Gran", step: str = "why") -> Promise:
    with acting_as(person):
        draft = Promise.new_for(person)
        draft.statement, draft.step = statement, step
        draft.save(force_insert=True)
    return draft


def make_line(
    person: User, statement: str = "Call the dentist", done_on: date | None = None
) -> Promise:
    """A line of the list, waiting unless it was done."""
    line = make_draft(person, statement, step=LINE)
    if done_on:
        with acting_as(person):
            line.ended_on = done_on
            line.save()
    return line


def line_of(promise: Promise) -> UUID:
    return make_line(promise.owner).pk


def answer(promise: Promise, days: dict[date, str], *, excuse: str = "ill", note: str = "") -> None:
    """Answers as they stand in the table, however far back."""
    with acting_as(promise.owner):
        for day, status in days.items():
            CheckIn.objects.create(
                owner=promise.owner,
                promise=promise,
                due_on=day,
                status=status,
                excuse=excuse if status == "excused" else "",
                note=note,
            )


def make_experiment(promise: Promise, **fields: Any) -> Experiment:
    """Two ways in turn for eight weeks, from the week that holds today."""
    today = clock.today(promise.owner)
    with acting_as(promise.owner):
        return Experiment.objects.create(
            owner=promise.owner,
            promise=promise,
            **{
                "way_a": "Shoes by the door",
                "way_b": "An alarm at noon",
                "design": Experiment.Design.ALTERNATING,
                "starts_on": today - timedelta(days=(today.weekday() - promise.week_starts_on) % 7),
                "allocation": "abababab",
                **fields,
            },
        )


def experiment_of(promise: Promise) -> UUID:
    return make_experiment(promise).pk


LETTERS = {"k": "kept", "s": "kept_small", "m": "missed", "x": "excused"}


def answer_weeks(promise: Promise, first: date, weeks: list[str]) -> None:
    """A letter for each day from `first` on; "." is a day without an answer."""
    given = enumerate("".join(week.ljust(7, ".") for week in weeks))
    answer(promise, {first + timedelta(days=n): LETTERS[one] for n, one in given if one in LETTERS})


def result_of(row: Experiment) -> ExperimentResult:
    with acting_as(row.owner):
        found = read_result(row.owner, row.promise_id, Experiment.objects.get(pk=row.pk))
        assert found
        return found
