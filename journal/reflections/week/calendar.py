"""Which week a request means: the person's own seven days, and when its reflection is open.

The reflection on a week is open from its last day on, for seven days, so exactly one is open at
any time. Pure arithmetic over days: `clock.today` has applied the start of the day, the time zone
and daylight saving before.
"""

from datetime import date, timedelta

from journal.people import clock
from journal.people.models import User

DAYS = 7
LAST_DAY = timedelta(days=DAYS - 1)
CLOSED_AFTER = timedelta(days=2 * DAYS - 1)  # counted from the week's first day


def days_of(start: date) -> list[date]:
    return [start + timedelta(days=n) for n in range(DAYS)]


def end_of(start: date) -> date:
    return start + LAST_DAY


def is_open(start: date, today: date) -> bool:
    return end_of(start) <= today < start + CLOSED_AFTER


def open_week(person: User, today: date) -> date:
    """The first day of the week whose reflection is open."""
    return clock.week_start(person, today - LAST_DAY)
