"""Makes what the pages of Today show in tests/pages.py, as ada, and returns their addresses."""

from datetime import timedelta

from django.utils import timezone

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
    today = clock.today(ada)
    for number, status in enumerate(("kept", "kept_small", "missed", "excused")):
        promise = make_promise(ada, f"Stretch {number}", starts_on=today - timedelta(days=20))
        answer(promise, {today - timedelta(days=n): "kept" for n in range(1, 15)})
        answer(promise, {today: status})
    make_daily_check(ada, trust=4, done_at=timezone.now())
    return "/today/"


def first_promise(ada: User) -> str:
    make_promise(ada, "Walk round the block", smallest_version="")
    return "/today/"


def last_night(ada: User) -> str:
    today = clock.today(ada)
    for number in range(7):
        promise = make_promise(ada, f"Stretch {number}", starts_on=today - timedelta(days=3))
        answer(promise, {today: "missed"} if number else {})
    make_daily_check(ada, today - timedelta(days=1), trust=2)
    return "/today/"


def back_after_a_gap(ada: User) -> str:
    long_ago = clock.today(ada) - timedelta(days=30)
    for number in range(7):
        make_promise(ada, f"Walk {number}", starts_on=long_ago)
    make_daily_check(ada, long_ago, days_away=9)
    return "/today/"


def practices(ada: User) -> str:
    full(ada)
    return "/practices/"
