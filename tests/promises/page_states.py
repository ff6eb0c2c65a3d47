"""Makes what the pages in tests/pages.py show, as ada, and returns the address of the page."""

from collections.abc import Callable
from datetime import timedelta

from journal.people import clock
from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.promises.models import Promise
from tests.people.factories import make_value
from tests.promises.factories import (
    answer,
    answer_weeks,
    make_draft,
    make_experiment,
    make_line,
    make_promise,
)

Show = Callable[[User], str]


def values(ada: User) -> str:
    for name in ("calm", "craft", "rest"):
        make_value(ada, name, meaning="A quiet place to start the day")
    resting = make_value(ada, "courage")
    with acting_as(ada):
        resting.rest()
    return "/settings/values/"


def value(ada: User) -> str:
    return f"/settings/values/{make_value(ada, 'calm').pk}/"


def complete(ada: User) -> str:
    """Four weeks of answers, the last of them misses, with notes and an earlier version."""
    today = clock.today(ada)
    promise = make_promise(ada, starts_on=today - timedelta(days=40))
    marks = ("missed", "kept", "missed", "kept_small", "missed", "excused")
    days = {today - timedelta(days=n): marks[n % 6] for n in range(1, 28)}
    answer(promise, days, note="The call ran over")
    with acting_as(ada):
        promise.statement = "Shoes on after lunch"
        promise.renegotiate("Lunch moved")
        Promise.objects.filter(pk=promise.pk).update(looked_at_on=None)
    return promise.get_absolute_url()


def by_the_week(ada: User) -> str:
    start = clock.today(ada) - timedelta(days=30)
    swim = {"cadence": "times_per_week", "times_per_week": 3, "starts_on": start}
    return make_promise(ada, "Swim", **swim).get_absolute_url()


def once(ada: User) -> str:
    day = clock.today(ada)
    return make_promise(ada, "Book the dentist", cadence="once", due_on=day).get_absolute_url()


def paused(ada: User) -> str:
    promise = make_promise(ada, "Draw on Saturdays")
    with acting_as(ada):
        promise.pause("The recital", clock.today(ada) + timedelta(days=20))
    return promise.get_absolute_url()


def let_go(ada: User) -> str:
    promise = make_promise(ada, "Run before work")
    with acting_as(ada):
        promise.retire("season_changed")
    return promise.get_absolute_url()


def every_kind(ada: User) -> str:
    for make in (complete, by_the_week, once, paused, let_go):
        make(ada)
    make_draft(ada)
    return lines(ada)


def lines(ada: User) -> str:
    """More than the list shows at once, and one that was done."""
    for number in range(1, 8):
        make_line(ada, f"Carry up box {number}")
    make_line(ada, "Pump up the tyres", done_on=clock.today(ada))
    return "/promises/"


def removed(ada: User) -> str:
    make_promise(ada, "Write to Aunt Rose on Sundays").trash()
    make_draft(ada, "").trash()
    return "/promises/trash/"


def draft(ada: User) -> Promise:
    """Everything is answered."""
    make_promise(ada, "Draw on Saturdays")
    make_draft(ada, "Sleep before midnight")
    one = make_draft(ada, "The kitchen table is clear before bed", step="check")
    with acting_as(ada):
        one.value = make_value(ada, "calm")
        one.cadence, one.smallest_version = "daily", "One thing off the table"
        one.cue, one.action = "the dishwasher runs", "clear the window end"
        one.save()
    return one


def step(slug: str) -> Show:
    return lambda ada: f"/promises/{draft(ada).pk}/step/{slug}/"


def not_whole(ada: User) -> str:
    one = draft(ada)
    with acting_as(ada):
        one.smallest_version = ""
        one.save()
    return f"/promises/{one.pk}/step/check/"


def check_in(ada: User) -> str:
    promise = make_promise(ada)
    answer(promise, {clock.today(ada): "missed"}, note="The call ran over")
    return f"{promise.get_absolute_url()}check-in/"


def without_parts(part: str) -> Show:
    """The page that asks for a part that the promise was made without."""
    bare = {"smallest_version": "", "cue": "", "action": ""}
    return lambda ada: f"{make_promise(ada, **bare).get_absolute_url()}add/{part}/"


def change(verb: str) -> Show:
    return lambda ada: f"{make_promise(ada).get_absolute_url()}{verb}/"


def compared(better: str, *, weeks_ago: int = 9, stopped: bool = False) -> Show:
    """Two ways, begun `weeks_ago`; the first was kept as often as the second, or more often."""

    def show(ada: User) -> str:
        today = clock.today(ada)
        begun = today - timedelta(days=today.weekday(), weeks=weeks_ago)
        promise = make_promise(ada, starts_on=begun)
        row = make_experiment(promise, starts_on=begun)
        weeks = {"more": ["kkkkkkk", "kkmmmmm"], "same": ["kkkkkmm"] * 2, "little": ["k", ""]}
        answer_weeks(promise, begun, (weeks[better] * 6)[: min(weeks_ago, row.length)])
        if stopped:
            with acting_as(ada):
                row.end(today, "stopped")
        return row.address

    return show
