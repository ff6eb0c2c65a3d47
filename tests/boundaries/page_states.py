"""Makes what the pages in tests/pages.py show, as ada, and returns the address of the page."""

from collections.abc import Callable
from datetime import timedelta

from journal.boundaries.models import Boundary
from journal.people import clock
from journal.people.models import User
from journal.privacy.rls import acting_as
from tests.boundaries.factories import (
    crossing_of,
    make_boundary,
    make_crossing,
    make_draft,
    make_full_boundary,
    make_rehearsal,
    make_telling,
    rehearsal_of,
    say_feeling,
    telling_of,
)
from tests.people.factories import make_value
from tests.today.factories import make_daily_check

Show = Callable[[User], str]
LONG_AGO = {"communication": "planned", "tell_on": "2020-01-01"}


def complete(ada: User) -> str:
    boundary = make_full_boundary(ada)
    make_crossing(boundary, "Rang again", result="not_held", was_clear="no")
    return boundary.get_absolute_url()


def ready(ada: User) -> str:
    soon = clock.today(ada) + timedelta(days=3)
    return make_boundary(ada, "I do not lend the car", tell_on=soon).get_absolute_url()


def private(ada: User) -> str:
    boundary = make_boundary(ada, "I leave when shouted at", communication="private")
    make_crossing(boundary, "", result="unsafe_to_act")
    return boundary.get_absolute_url()


def under_review(ada: User) -> str:
    boundary = make_full_boundary(ada)
    with acting_as(ada):
        boundary.look_again()
    return boundary.get_absolute_url()


def let_go(ada: User) -> str:
    boundary = make_boundary(ada, "No visits on Sundays")
    make_telling(boundary)
    with acting_as(ada):
        boundary.retire("We moved")
    return boundary.get_absolute_url()


def removed(ada: User) -> str:
    boundary = make_boundary(ada, "No visits on Sundays")
    with acting_as(ada):
        boundary.trash()
    return "/boundaries/trash/"


def every_kind(ada: User) -> str:
    for make in (complete, ready, private, under_review, let_go):
        make(ada)
    make_draft(ada)
    for area, feeling in (
        ("work", "worn"),
        ("family", "tight"),
        ("self", "room"),
        ("study", "left_out"),
    ):
        say_feeling(ada, area, feeling)
    make_daily_check(ada, clock.today(ada), visit="boundary", credit="Said no")
    return "/boundaries/"


def draft(ada: User) -> Boundary:
    """Everything is answered."""
    return make_draft(
        ada,
        "No work messages after 18:30",
        step="check",
        value=make_value(ada, "calm"),
        my_action="I leave it unread",
        facts="Messages come at ten",
        ask="Please write before six",
        repeat_line="I answer at nine",
        communication="planned",
        person_label="Priya",
    )


def step(slug: str) -> Show:
    return lambda ada: f"/boundaries/{draft(ada).pk}/step/{slug}/"


def answer(slug: str) -> Show:
    return lambda ada: f"{complete(ada)}step/{slug}/?from=check"


def part(end: str) -> Show:
    return lambda ada: complete(ada) + end


def telling(ada: User) -> str:
    boundary = make_full_boundary(ada)
    return f"{boundary.get_absolute_url()}tellings/{telling_of(boundary)}/"


def rehearsal(ada: User) -> str:
    boundary = make_full_boundary(ada)
    return f"{boundary.get_absolute_url()}rehearsals/{rehearsal_of(boundary)}/"


def rehearsed(ada: User) -> str:
    return make_rehearsal(make_full_boundary(ada), "I mean it", "", "No", "Still no").address


def without_a_line(ada: User) -> str:
    return make_boundary(ada).get_absolute_url() + "rehearse/"


def crossing(end: str) -> Show:
    def show(ada: User) -> str:
        boundary = make_full_boundary(ada)
        return f"{boundary.get_absolute_url()}crossings/{crossing_of(boundary)}/{end}"

    return show
