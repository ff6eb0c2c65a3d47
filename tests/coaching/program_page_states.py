"""A client's program, as ada's, in each of its states."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils import timezone

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.sharing.models import ClientProgram
from tests.coaching.factories import PRACTICE, PROMISE, PROMPT, make_program, offer
from tests.coaching.page_states import a_coach, linked


def offered(ada: User, word: str = "pause", **changes: Any) -> ClientProgram:
    """Four weeks, the third of them empty."""
    made, day = linked(ada, word), timezone.localdate()
    steps = [replace(one, words=f"The {word}") for one in (PROMPT, PRACTICE, PROMISE)]
    row = make_program(a_coach(), f"The {word}", *steps)
    days = {name: day - timedelta(days=n) for name, n in changes.items() if name.endswith("_on")}
    return offer(made, row, **{**changes, **days})


def program(**changes: Any) -> Callable[[User], str]:
    """`_on` is so many days ago."""
    return lambda ada: offered(ada, **changes).get_absolute_url()


def step_of_program(ada: User) -> str:
    row = offered(ada, started_on=8)
    with acting_as(ada):
        return f"/sharing/suggestions/{row.suggestions.get(week=2).pk}/"


def program_afterwards(ada: User) -> str:
    row = offered(ada, started_on=8)
    with acting_as(ada):
        row.link.end()
    return row.get_absolute_url()
