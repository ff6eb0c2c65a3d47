"""When a reminder is due: local times of a person, as instants.

A local time that daylight saving skips is the instant after the gap; one that comes twice is the
first of the two.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta

from journal.people import clock
from journal.people.models import User

EVERY_DAY = tuple(range(7))  # Monday is 0
LATEST = timedelta(hours=2)  # after its time a reminder is dropped, not sent at night


def instant(person: User, day: date, at: time) -> datetime:
    """The instant of a local time on a calendar day."""
    return datetime.combine(day, at, clock.zone_of(person)).astimezone(UTC)


def next_after(
    person: User, at: time, now: datetime, weekdays: Collection[int] = EVERY_DAY
) -> datetime:
    """The first instant after `now` at which it is `at` for the person, on one of these days."""
    day = now.astimezone(clock.zone_of(person)).date()
    for _day in range(9):  # the time of today may have passed, and a week has seven days
        if day.weekday() in weekdays and instant(person, day, at) > now:
            break
        day += timedelta(days=1)
    return instant(person, day, at)


def latest(person: User, due_at: datetime, quiet_from: time | None) -> datetime:
    """The instant from which a reminder is not sent any more: late, or in the night."""
    late = due_at + LATEST
    return late if quiet_from is None else min(late, next_after(person, quiet_from, due_at))


def is_quiet(start: time | None, end: time | None, local: time) -> bool:
    """Whether a local time lies in the quiet hours [start, end), which may pass midnight."""
    if start is None or end is None or start == end:
        return False
    if start < end:
        return start <= local < end
    return local >= start or local < end
