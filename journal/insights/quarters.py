"""A quarter of the calendar year as a period of the measures, compared with the quarter before."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.insights.periods import DAY, Length, Period, Span
from journal.people.date_validators import FIRST_DAY
from journal.people.quarters import MONTHS, end_of_quarter, quarter_before, quarter_of

KEY = re.compile(r"(\d{4})-([1-4])", re.A)
REST_OF_A_WEEK = timedelta(days=6)


@dataclass(frozen=True)
class Quarter(Period):
    """The quarter that begins on `starts_on`, up to today while it runs."""

    starts_on: date

    @classmethod
    def since(cls, starts_on: date, today: date) -> "Quarter":
        days = min(today, end_of_quarter(starts_on)) - starts_on + DAY
        before = gettext_lazy("the quarter before")
        length = Length("quarter", days.days, 7, gettext_lazy("A quarter"), before)
        return cls(length, today, starts_on)

    @classmethod
    def named(cls, key: str, today: date) -> "Quarter":
        """The quarter of an address. Without one that makes sense it is this quarter, and in its
        first month the one before."""
        now = quarter_of(today)
        found = KEY.fullmatch(key)
        if found and int(found[1]) >= FIRST_DAY.year:
            starts_on = date(int(found[1]), int(found[2]) * MONTHS - MONTHS + 1, 1)
            if starts_on <= now:
                return cls.since(starts_on, today)
        return cls.since(quarter_before(now) if today.month == now.month else now, today)

    @property
    def key(self) -> str:
        return f"{self.starts_on.year}-{self.starts_on.month // MONTHS + 1}"

    @property
    def first(self) -> date:
        return self.starts_on

    @property
    def last(self) -> date:
        return min(self.today, end_of_quarter(self.starts_on))

    @property
    def next_day(self) -> date:
        return self.last + DAY

    @property
    def last_read(self) -> date:
        """With the rest of the week that began last, which counts by its first day."""
        return min(self.today, self.last + REST_OF_A_WEEK)

    @property
    def earlier(self) -> Span:
        return Span(quarter_before(self.starts_on), self.starts_on - DAY)

    @property
    def first_read(self) -> date:
        return self.earlier.first

    @property
    def of_values(self) -> Span:
        return Span(self.first, self.last)

    @property
    def is_running(self) -> bool:
        return self.today <= end_of_quarter(self.starts_on)

    @property
    def is_recent(self) -> bool:
        """Whether it is this quarter or the one before."""
        return self.starts_on >= quarter_before(quarter_of(self.today))

    @property
    def months(self) -> str:
        """ "July to September 2026"."""
        months = {
            "first": date_format(self.starts_on, "F"),
            "last": date_format(end_of_quarter(self.starts_on), "F Y"),
        }
        return _("%(first)s to %(last)s") % months

    @property
    def before(self) -> "Quarter | None":
        first = quarter_before(self.starts_on)
        return Quarter.since(first, self.today) if first >= FIRST_DAY else None

    @property
    def after(self) -> "Quarter | None":
        return (
            None
            if self.is_running
            else Quarter.since(end_of_quarter(self.starts_on) + DAY, self.today)
        )
