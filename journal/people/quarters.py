"""Quarters of the calendar year, each by its first day."""

from datetime import date, timedelta

MONTHS = 3


def quarter_of(day: date) -> date:
    """The first day of the quarter that holds `day`."""
    return date(day.year, (day.month - 1) // MONTHS * MONTHS + 1, 1)


def quarter_before(first: date) -> date:
    return quarter_of(first - timedelta(days=1))


def end_of_quarter(first: date) -> date:
    """The last day of the quarter that begins on `first`."""
    later = first + timedelta(days=31 * MONTHS)
    return later.replace(day=1) - timedelta(days=1)
