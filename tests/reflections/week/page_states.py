"""Makes what the pages in tests/pages.py show, as ada, and returns the address of the page.

Whatever day it is, the week that is open holds something of everything.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from journal.people import clock
from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.reflections.week import calendar
from journal.reflections.week.models import WeeklyReflection
from tests.boundaries.factories import make_boundary, make_crossing
from tests.decisions.factories import make_decision
from tests.lessons.factories import make_lesson, make_use
from tests.promises.factories import answer, make_promise
from tests.reflections.compassion.factories import make_moment
from tests.reflections.week.factories import make_reflection
from tests.today.factories import make_daily_check

Show = Callable[[User], str]


def full(ada: User) -> Any:
    """The first day of the open week, with everything in it."""
    today = clock.today(ada)
    start = calendar.open_week(ada, today)
    day = [start + timedelta(days=n) for n in range(7)]
    walk = make_promise(ada, "Walk after lunch, without the phone", starts_on=start)
    marks = ("kept", "kept_small", "missed", "kept", "excused")
    answer(walk, dict(zip(day, marks, strict=False)), note="It rained all day")
    swim = make_promise(ada, "Swim", cadence="times_per_week", times_per_week=3, starts_on=start)
    answer(swim, {day[1]: "kept"})
    boundary = make_boundary(ada, "No calls after seven")
    crossing = {"occurred_on": day[2], "follow_up": "Remind Priya", "follow_up_on": day[4]}
    make_crossing(boundary, "She called at ten past eight", **crossing)
    make_moment(ada, days_ago=(today - day[1]).days, kinder_thought="I found it", intensity_after=5)
    make_decision(ada, decided_on=day[0])
    make_use(make_lesson(ada), used_on=day[3])
    make_daily_check(ada, day[3], credit="Rang despite nerves")
    return start


def a_week(**fields: Any) -> Show:
    def show(ada: User) -> str:
        start = full(ada)
        return make_reflection(ada, start, **fields).get_absolute_url()

    return show


def not_started(ada: User) -> str:
    return f"/week/{full(ada).isoformat()}/"


def empty(ada: User) -> str:
    return f"/week/{calendar.open_week(ada, clock.today(ada)).isoformat()}/"


def so_far(ada: User) -> str:
    """The week of today; on its last day that one is open."""
    return f"/week/{clock.week_start(ada, clock.today(ada)).isoformat()}/"


def skipped(ada: User) -> str:
    with acting_as(ada):
        row = WeeklyReflection.new(ada, calendar.open_week(ada, clock.today(ada)))
        row.skip()
    return row.get_absolute_url()


def removed(ada: User) -> str:
    row = make_reflection(ada)
    with acting_as(ada):
        row.trash()
    return row.get_absolute_url()


def closed(ada: User) -> str:
    start = calendar.open_week(ada, clock.today(ada)) - timedelta(days=7)
    return make_reflection(ada, start, sentence_of_week="Crowded, decent").get_absolute_url()


def step(slug: str) -> Show:
    show = a_week(sentence_of_week="Crowded, decent", easier="Shoes by the door", step="next")
    return lambda ada: f"{show(ada)}step/{slug}/"


def first_step(ada: User) -> str:
    return f"{not_started(ada)}step/arrive/"


def planned(ada: User) -> str:
    """The first step, after a week that planned something."""
    start = full(ada)
    given = {"easier": "Shoes by the door", "next_statement": "Walk twice"}
    make_reflection(ada, start - timedelta(days=7), next_choice="promise", **given)
    return f"/week/{start.isoformat()}/step/arrive/"


def hard(ada: User) -> str:
    """The misses of a week in which nothing was kept, beside what helped before."""
    start = calendar.open_week(ada, clock.today(ada))
    for weeks, helped in ((3, ""), (2, "yes")):
        given = {"easier": "Shoes by the door", "plan_helped": helped, "next_choice": "keep"}
        make_reflection(ada, start - timedelta(weeks=weeks), **given)
    walk = make_promise(ada, "Walk after lunch", starts_on=start)
    answer(walk, {start: "missed", start + timedelta(days=1): "missed"}, note="Fever")
    return f"{make_reflection(ada, start).get_absolute_url()}step/misses/"


def heavier(ada: User) -> str:
    """A moment that got heavier."""
    start = calendar.open_week(ada, clock.today(ada))
    days_ago = (clock.today(ada) - start).days
    make_moment(ada, days_ago=days_ago, intensity_before=4, intensity_after=8)
    return f"{make_reflection(ada, start).get_absolute_url()}step/evidence/"


def first(ada: User) -> str:
    """The two questions of somebody's first week."""
    start = full(ada)
    ada.date_joined = clock.begins(ada, start + timedelta(days=1))
    ada.save(update_fields=["date_joined"])
    return f"/week/{start.isoformat()}/step/arrive/"


def done(ada: User) -> str:
    return f"{complete(ada)}done/"


def rested(ada: User) -> str:
    return a_week(next_choice="rest")(ada)


ANSWERS = {
    "sentence_of_week": "Crowded, decent",
    "kept_days": "Shoes by the door",
    "rely_on": "I come back",
    "next_choice": "promise",
    "next_statement": "Walk twice",
}


def complete(ada: User) -> str:
    return a_week(**ANSWERS)(ada)


def printed(ada: User) -> str:
    return f"{complete(ada)}print/"


def weeks(ada: User) -> str:
    closed(ada)
    not_started(ada)
    return "/week/"
