"""Plain functions that make what keeps coming back, each written behind the wall as its owner."""

from datetime import timedelta
from typing import Any

from journal.lessons import threads
from journal.people import clock
from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.reflections.entries.models.tag import Tag
from journal.reflections.mistakes.models import Mistake
from journal.reflections.rumination.models import RuminationAnswer
from tests.factories import make_entry
from tests.reflections.compassion.factories import make_moment
from tests.reflections.mistakes_factories import make_mistake


def keep_writing(person: User, tag: str, *ratings: int | None, until: int = 0) -> Tag:
    """An entry a day under one tag, rated so; the last of them `until` days ago."""
    for number, rating in enumerate(ratings):
        days = until + len(ratings) - 1 - number
        day = clock.today(person) - timedelta(days=days)
        make_entry(
            person,
            f"{tag}, day {number}",
            written_on=day,
            tagged=[tag],
            intensity=rating,
        )
    with acting_as(person):
        return Tag.named(person, [tag])[0]


def keep_blaming(person: User, *changes: tuple[int, int | None], **fields: Any) -> Mistake:
    """A mistake of the first day, and a hard moment that came of it on each day after it."""
    today = clock.today(person)
    first = today - timedelta(days=len(changes))
    given = {"occurred_on": first, "intensity_before": 6, **fields}
    mistake = make_mistake(person, "Forgot the call", **given)
    for number, (before, after) in enumerate(changes):
        moment = make_moment(
            person,
            days_ago=len(changes) - 1 - number,
            intensity_before=before,
            intensity_after=after,
        )
        with acting_as(person):
            threads.tie(person, mistake, moment)
    return mistake


def make_answer(person: User, about: Tag | Mistake, days_ago: int = 0, **fields: Any) -> Any:
    with acting_as(person):
        answer = RuminationAnswer.give(person, about)
        answer.answered_on -= timedelta(days=days_ago)
        for name, value in fields.items():
            setattr(answer, name, value)
        answer.save()
    return answer


def set_aside(person: User, about: Tag | Mistake, *, back_in: int) -> Any:
    """A fortnight before it is back."""
    until = clock.today(person) + timedelta(days=back_in)
    return make_answer(person, about, 14 - back_in, set_aside_until=until)
