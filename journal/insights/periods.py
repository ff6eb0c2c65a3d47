"""The periods of the measures: 28 days, twelve weeks, a year; and the spans within them.

Each ends today and is a whole number of weeks, so it holds every weekday, and the first day of
every promise by the week, equally often. The period before it has the same length.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils.formats import date_format
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Length:
    slug: str
    days: int
    span: int  # days of one dot in a chart
    name: str | Lazy
    before: str | Lazy  # the name of the period it is compared with


LENGTHS = (
    Length("28-days", 28, 7, _("28 days"), _("the 28 days before")),
    Length("12-weeks", 84, 7, _("12 weeks"), _("the 12 weeks before")),
    Length("year", 364, 28, _("A year"), _("the year before")),
)
BY_SLUG = {one.slug: one for one in LENGTHS}


@dataclass(frozen=True)
class Span:
    first: date
    last: date


DAY, WEEK, TWELVE_WEEKS = timedelta(days=1), timedelta(weeks=1), timedelta(weeks=12)


def spans_of(first: date, last: date, step: timedelta) -> Iterator[Span]:
    """From the first day on; the last one can be shorter."""
    while first <= last:
        yield Span(first, min(first + step - DAY, last))
        first += step


@dataclass(frozen=True)
class Period:
    length: Length
    today: date

    @property
    def first(self) -> date:
        return self.today - timedelta(days=self.length.days - 1)

    @property
    def last(self) -> date:
        return self.today

    @property
    def of_values(self) -> Span:
        """The time of the measure of values: twelve weeks, whatever the period."""
        return Span(self.last - TWELVE_WEEKS + DAY, self.last)

    @property
    def first_read(self) -> date:
        """The first day of which anything is read."""
        return self.last - max(2 * timedelta(days=self.length.days), TWELVE_WEEKS) + DAY

    @property
    def last_read(self) -> date:
        return self.last

    @property
    def earlier(self) -> Span:
        last = self.first - timedelta(days=1)
        return Span(last - timedelta(days=self.length.days - 1), last)

    @cached_property
    def spans(self) -> list[Span]:
        return list(spans_of(self.first, self.last, timedelta(days=self.length.span)))

    @property
    def text(self) -> str:
        """ "24 October to 20 November", with the years only if they differ."""
        style = "j F" if self.first.year == self.last.year else "j F Y"
        days = {"first": date_format(self.first, style), "last": date_format(self.last, style)}
        return _("%(first)s to %(last)s") % days


@dataclass(frozen=True)
class Since(Period):
    """The whole weeks since a day, up to a year, of which nothing earlier is read or compared."""

    @classmethod
    def day(cls, day: date, today: date) -> "Since | None":
        """Drawn by the week for twelve weeks, and then by four weeks. None in the first week."""
        weeks = min(((today - day).days + 1) // 7, LENGTHS[-1].days // 7)
        span = LENGTHS[0].span
        if timedelta(weeks=weeks) > TWELVE_WEEKS:
            weeks, span = weeks - weeks % 4, LENGTHS[-1].span
        return cls(Length("since", 7 * weeks, span, "", ""), today) if weeks > 0 else None

    @property
    def first_read(self) -> date:
        return self.first

    @property
    def earlier(self) -> Span:
        """Empty."""
        return Span(self.first, self.first - DAY)

    @property
    def of_values(self) -> Span:
        return Span(self.first, self.last)
