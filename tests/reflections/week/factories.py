"""One week of ada's with something of everything, and its figures worked out by hand.

The week of Monday 16 to Sunday 22 November 2026, looked at on that Sunday at seven in the evening:

    promise                     M T W T F S S   kept small missed excused unrecorded open
    Portuguese (weekdays)       k k s k m         3    1     1
    Walk (Tue, Thu)               k   m           1          1
    Phone (daily)               k - k k e . k     4                  1        1       1
    Swim (three times a week)     k       s       1    1                              1
    Call Mum (once, on Sunday)              s          1
                                            sum   9    3     2       1        1       2

So 12 of 14 kept, 3 of them small; life happened once; 1 not recorded; 2 still open. The phone was
missed on the Sunday before and kept on Monday: the one return after a miss of this week (the one
of Portuguese was in the week before). Swimming is one short
of three; once that week is told, it is 12 of 15.
"""

from datetime import date, timedelta
from typing import Any

from journal.people import clock
from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.promises.models import Promise
from journal.reflections.week import calendar
from journal.reflections.week.models import WeeklyReflection
from tests.boundaries.factories import make_boundary, make_crossing
from tests.decisions.factories import make_decision
from tests.lessons.factories import make_lesson, make_use
from tests.promises.factories import answer, make_promise
from tests.reflections.compassion.factories import make_moment
from tests.today.factories import make_daily_check

MONDAY = date(2026, 11, 16)
SUNDAY = date(2026, 11, 22)
EVENING = "2026-11-22T19:00:00+01:00"
TUE, WED, THU, FRI, SAT = (MONDAY + timedelta(days=n) for n in range(1, 6))
PAGE = "/week/2026-11-16/"
TALLY_HTML = (
    "<b>12 of 14 kept</b>, 3 small. Life happened once. 1 not recorded. 2 can still be recorded."
)


def make_week(ada: User, word: str = "") -> Promise:
    """Everything above; returns the promise to swim. `word` is put into every sentence."""
    said = f" {word}" if word else ""
    before = MONDAY - timedelta(days=7)
    portuguese = make_promise(
        ada,
        f"Portuguese before email{said}",
        cadence="weekdays",
        weekdays=[0, 1, 2, 3, 4],
        starts_on=before,
    )
    answer(portuguese, {before: "missed", before + timedelta(days=1): "kept"})
    answer(portuguese, {MONDAY: "kept", TUE: "kept", WED: "kept_small", THU: "kept"})
    answer(portuguese, {FRI: "missed"}, note=f"Tired after the supplier call{said}")
    walk = make_promise(
        ada, f"Walk after lunch{said}", cadence="weekdays", weekdays=[1, 3], starts_on=MONDAY
    )
    answer(walk, {TUE: "kept", THU: "missed"})
    phone = make_promise(ada, f"Phone in the kitchen{said}", starts_on=MONDAY - timedelta(days=1))
    answer(phone, {MONDAY - timedelta(days=1): "missed", MONDAY: "kept", WED: "kept"})
    answer(phone, {THU: "kept", FRI: "excused", SUNDAY: "kept"}, excuse="travel")
    swim = make_promise(
        ada, f"Swim{said}", cadence="times_per_week", times_per_week=3, starts_on=MONDAY
    )
    answer(swim, {TUE: "kept", SAT: "kept_small"})
    mum = make_promise(ada, f"Call Mum{said}", cadence="once", due_on=SUNDAY, starts_on=MONDAY)
    answer(mum, {SUNDAY: "kept_small"})

    boundary = make_boundary(ada, f"No calls after seven{said}")
    make_crossing(
        boundary,
        f"Priya called at ten past eight{said}",
        occurred_on=WED,
        follow_up=f"Remind Priya{said}",
        follow_up_on=FRI,
    )
    make_crossing(
        boundary, f"Never to be asked about{said}", occurred_on=THU, result="unsafe_to_act"
    )
    kinder = f"Freezing is not the same as not knowing{said}"
    make_moment(
        ada, f"Froze in the meeting{said}", days_ago=5, kinder_thought=kinder, intensity_after=5
    )
    make_decision(ada, f"Shall I ask for Fridays?{said}", MONDAY)
    make_decision(ada, f"Which flat is it to be?{said}", MONDAY - timedelta(days=33))
    lesson = make_lesson(ada, f"I promise a time{said}", "open the calendar")
    make_use(lesson, used_on=THU)
    make_daily_check(ada, MONDAY, credit=f"Rang despite nerves{said}")
    make_daily_check(ada, SUNDAY, credit=f"Came back{said}", trust=4)
    return swim


def make_reflection(person: User, start: date | None = None, **fields: Any) -> WeeklyReflection:
    """Begun; finished where `next_choice` is given."""
    with acting_as(person):
        start = start or calendar.open_week(person, clock.today(person))
        row = WeeklyReflection.for_week(person, start)
        row.step = "next"
        for name, value in fields.items():
            setattr(row, name, value)
        row.insert_once()
        if row.next_choice:
            row.finish()
    return row


def reread(row: WeeklyReflection) -> WeeklyReflection:
    with acting_as(row.owner):
        found = WeeklyReflection.objects.get(pk=row.pk)
        found.record  # noqa: B018 - opened here, behind the wall
    return found
