"""A day as lists write it, without a filter of the template for each of its parts."""

from datetime import date

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format


class Day:
    __slots__ = ("date",)

    def __init__(self, day: date) -> None:
        self.date = day

    @property
    def iso(self) -> str:
        return self.date.isoformat()

    @property
    def number(self) -> int:
        return self.date.day

    @property
    def weekday(self) -> str:
        return str(WEEKDAYS_ABBR[self.date.weekday()])

    @property
    def long(self) -> str:
        return date_format(self.date, "DATE_FORMAT")
