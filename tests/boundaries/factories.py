"""Plain functions that make boundaries and what became of them, behind the wall as their owner."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from journal.boundaries.models import AreaFeeling, Boundary, Crossing, Rehearsal, Telling
from journal.people import clock
from journal.people.models import User
from journal.privacy.rls import acting_as


def make_boundary(person: User, limit: str = "No calls after 19:00", **fields: Any) -> Boundary:
    """A boundary that stands; it is to be said unless `communication` says otherwise."""
    with acting_as(person):
        boundary = Boundary(
            owner=person,
            **{
                "area": "work",
                "my_action": "Let it ring",
                "communication": "planned",
                "step": "check",
                **fields,
            },
        )
        boundary.limit = limit
        boundary.save(force_insert=True)
        boundary.finish()
    return boundary


def make_draft(
    person: User, limit: str = "No lending", step: str = "why", **fields: Any
) -> Boundary:
    with acting_as(person):
        draft = Boundary(owner=person, area="money", step=step, **fields)
        draft.limit = limit
        draft.save(force_insert=True)
    return draft


def make_telling(boundary: Boundary, told_on: date | None = None, **fields: Any) -> Telling:
    with acting_as(boundary.owner):
        telling = Telling.objects.create(
            owner=boundary.owner,
            boundary=boundary,
            told_on=told_on or clock.today(boundary.owner),
            script_snapshot="\n".join(boundary.spoken),
            **fields,
        )
        boundary.tell(telling.told_to)
    return telling


def make_crossing(boundary: Boundary, what: str = "Called at 22:10", **fields: Any) -> Crossing:
    with acting_as(boundary.owner):
        day = fields.pop("occurred_on", clock.today(boundary.owner))
        return Crossing.objects.create(
            owner=boundary.owner,
            boundary=boundary,
            occurred_on=day,
            what_happened=what,
            **{"result": "held", **fields},
        )


def make_rehearsal(boundary: Boundary, *replies: str, **fields: Any) -> Rehearsal:
    with acting_as(boundary.owner):
        row = Rehearsal.objects.create(
            owner=boundary.owner,
            boundary=boundary,
            rehearsed_on=clock.today(boundary.owner),
            pushback=["surprise-1", "bargain-2", "guilt-3", "again-4"],
            **fields,
        )
        for turn, words in enumerate(replies):
            row.take_turn(turn, "said", words)
    return row


def say_feeling(person: User, area: str, feeling: str) -> AreaFeeling:
    with acting_as(person):
        return AreaFeeling.say(person, area, feeling)


def make_full_boundary(person: User, word: str = "quiet") -> Boundary:
    """Everything a boundary can have, with `word` in every sentence."""
    words = {name: f"{name} {word}" for name in ("why", "my_action", *Boundary.SCRIPT)}
    boundary = make_boundary(person, f"No {word} after seven", person_label=f"P {word}", **words)
    make_telling(boundary, channel="call", told_to=f"P {word}", reaction=f"Said {word}")
    make_rehearsal(boundary, f"I do mean {word}", went=f"It was {word}")
    make_crossing(
        boundary,
        f"Rang {word}",
        response=f"Rang off {word}",
        was_clear="partly",
        follow_up=f"Remind {word}",
        follow_up_on=clock.today(person) + timedelta(days=2),
    )
    return boundary


def telling_of(boundary: Boundary) -> UUID:
    return boundary.tellings.get().pk


def rehearsal_of(boundary: Boundary) -> UUID:
    return boundary.rehearsals.get().pk


def crossing_of(boundary: Boundary) -> UUID:
    return boundary.crossings.get().pk


def reread(row: Any) -> Any:
    with acting_as(row.owner):
        return type(row).objects.get(pk=row.pk)
