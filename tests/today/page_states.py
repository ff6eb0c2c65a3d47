"""Makes what the pages of Today show in tests/pages.py, as ada, and returns their addresses."""

from datetime import timedelta

from journal.people import clock
from journal.people.models import User
from tests.factories import make_entry
from tests.promises import page_states as promises
from tests.promises.factories import answer, make_promise
from tests.today.factories import make_daily_check


def full(ada: User) -> str:
    """Every kind of promise, a miss among the answers, things that wait, entries."""
    promises.every_kind(ada)
    today = clock.today(ada)
    missed = make_promise(ada, "Stretch", starts_on=today - timedelta(days=3))
    answer(missed, {today: "missed"}, note="The call ran over")
    make_daily_check(ada, trust=4, visit="boundary", credit="I said no")
    make_entry(ada, "It took a week", title="A plan")
    return "/today/"


def done(ada: User) -> str:
    make_daily_check(ada, trust=4)
    return "/today/"


def back_after_a_gap(ada: User) -> str:
    make_promise(ada, starts_on=clock.today(ada) - timedelta(days=30))
    return "/today/"


def practices(ada: User) -> str:
    full(ada)
    return "/practices/"
