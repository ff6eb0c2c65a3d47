"""A day as lists write it. Lists show the same few days over and over, so each is made once."""

from datetime import date
from functools import cached_property, lru_cache

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import get_language


class Day:
    def __init__(self, day: date) -> None:
        self.date = day
        self.iso = day.isoformat()
        self.number = day.day
        self.weekday = str(WEEKDAYS_ABBR[day.weekday()])

    @cached_property
    def long(self) -> str:
        return date_format(self.date, "j F Y")


def day_of(day: date) -> Day:
    """In the language of this moment."""
    return _day_of(day, get_language())


@lru_cache(maxsize=4096)
def _day_of(day: date, _language: str | None) -> Day:
    return Day(day)
