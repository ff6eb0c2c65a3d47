"""Which week is meant: the person's own seven days, and when one may be looked back on.

A week is looked back on from its last day on, for seven days; so exactly one is open at any time.
Pure arithmetic over days: the hour at which a day starts, the zone and the change of clocks are
settled by `clock.today` before.
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
    """The first day of the week that is open to be looked back on."""
    return clock.week_start(person, today - LAST_DAY)
