"""A day formatted for lists, once in Python instead of by several template filters."""

from datetime import date

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString


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

    @property
    def mark(self) -> SafeString:
        """The day in the margin of a list."""
        return format_html(
            '<time datetime="{}"><b>{}</b><span>{}</span></time>',
            self.iso,
            self.number,
            self.weekday,
        )
