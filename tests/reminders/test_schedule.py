"""When a reminder is due: local times, over changes of the clock and of the zone."""

from datetime import UTC, datetime, time

import pytest

from journal.people.models import User
from journal.reminders.schedule import is_quiet, next_after


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("zone", "time_of_day", "now", "expected"),
    [
        ("Europe/Berlin", "20:30", "2026-11-29T20:29:59+01:00", "2026-11-29T20:30+01:00"),
        ("Europe/Berlin", "20:30", "2026-11-29T20:30:00+01:00", "2026-11-30T20:30+01:00"),
        # In spring 02:30 does not exist: it is the instant after the gap.
        ("Europe/Berlin", "02:30", "2027-03-28T00:00+01:00", "2027-03-28T03:30+02:00"),
        ("Europe/Berlin", "02:30", "2027-03-28T03:30+02:00", "2027-03-29T02:30+02:00"),
        # In autumn 02:30 comes twice: once is enough, and it is the first.
        ("Europe/Berlin", "02:30", "2027-10-31T00:00+02:00", "2027-10-31T02:30+02:00"),
        ("Europe/Berlin", "02:30", "2027-10-31T02:30+02:00", "2027-11-01T02:30+01:00"),
        ("Australia/Lord_Howe", "02:15", "2026-10-04T00:00+10:30", "2026-10-04T02:45+11:00"),
        ("Pacific/Kiritimati", "00:10", "2026-11-29T12:00+00:00", "2026-11-30T10:10+00:00"),
    ],
)
def test_the_next_time(zone, time_of_day, now, expected):
    person = User(zone=zone)
    assert next_after(person, time.fromisoformat(time_of_day), at(now)) == at(expected)


def test_the_next_time_on_a_day_of_the_week():
    person = User(zone="Europe/Berlin")
    sunday = next_after(person, time(17), at("2026-11-29T17:00+01:00"), weekdays=[6])
    assert sunday == at("2026-12-06T17:00+01:00")


@pytest.mark.parametrize(
    ("start", "end", "local", "quiet"),
    [
        ("22:00", "07:30", "22:00", True),
        ("22:00", "07:30", "03:00", True),
        ("22:00", "07:30", "07:30", False),
        ("22:00", "07:30", "21:59", False),
        ("13:00", "15:00", "14:00", True),
        ("13:00", "15:00", "15:00", False),
        ("09:00", "09:00", "09:00", False),  # no hours at all
    ],
)
def test_quiet_hours_may_pass_midnight(start, end, local, quiet):
    start, end, local = (time.fromisoformat(text) for text in (start, end, local))
    assert is_quiet(start, end, local) is quiet
    assert not is_quiet(None, end, local)
