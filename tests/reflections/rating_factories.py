"""Plain functions that make what belongs to reflections, each written behind the wall."""

from datetime import date

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.reflections.rating.models import ITEMS, SelfRating


def make_rating(
    person: User, taken_on: date, answers: tuple[int | None, ...] = (3, 3, 3, 3, 3)
) -> SelfRating:
    with acting_as(person):
        row = SelfRating(owner=person, taken_on=taken_on, **dict(zip(ITEMS, answers, strict=True)))
        row.save(force_insert=True)
    return row
