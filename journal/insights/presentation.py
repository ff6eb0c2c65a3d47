"""A measure for the page and for the CSV file, both from the same tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise as Lazy
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.insights.plot import Plot
from journal.people.percent import percent, percent_range, range_format

Text = str | Lazy

PROMISES = ("p-prom", "promises:list", gettext_lazy("Promises"))
BOUNDARIES = ("p-bound", "boundaries:list", gettext_lazy("Boundaries"))
COMPASSION = ("p-comp", "compassion:list", gettext_lazy("Self-compassion"))
DECISIONS = ("p-dec", "decisions:list", gettext_lazy("Decisions"))
LESSONS = ("p-mist", "lessons:list", gettext_lazy("Lessons"))
TODAY = ("", "today:today", gettext_lazy("Today"))
RATING = ("", "rating:list", gettext_lazy("Check-up"))
VALUES = ("", "values:list", gettext_lazy("Your values"))
WEEKS = ("", "week:list", gettext_lazy("Weeks"))


class Own(str):
    """A person's own words."""

    __slots__ = ()


class Percents(NamedTuple):
    """A range in whole per cent."""

    low: int
    high: int

    def __str__(self) -> str:
        return percent_range(*self)


@dataclass(frozen=True)
class Row:
    """A line of a table, formatted for the page."""

    head: str
    cells: SafeString  # built here: a page has several hundred
    is_own: bool


@dataclass(frozen=True)
class Table:
    caption: Text
    columns: Sequence[Text]  # the first is the head of the heads
    lines: Sequence[Sequence[Any]]  # a head, and one value for each further column

    @property
    def rows(self) -> list[Row]:
        ranges = range_format()
        return [
            Row(
                plain(head),
                SafeString(
                    "".join(f'<td class="number">{_cell(one, ranges)}</td>' for one in values)
                ),
                isinstance(head, Own),
            )
            for head, *values in self.lines
        ]

    def cells(self) -> Iterator[tuple[Any, Text, Any]]:
        """The known values, one by one: the head of the line, of the column, and the value."""
        for head, *values in self.lines:
            for label, value in zip(self.columns[1:], values, strict=True):
                if value is not None:
                    yield head, label, value


def _cell(value: Any, ranges: str) -> str:
    if isinstance(value, Percents):
        return ranges % value._asdict()
    return escape(plain(value))


@dataclass(frozen=True)
class Strokes:
    """k of n as single marks, while a reader can count them at a glance."""

    MOST = 20

    name: Text
    n: int
    of: int

    @property
    def strokes(self) -> list[tuple[str, bool]]:
        """The place of each mark, and whether it is filled."""
        if self.of > self.MOST:
            return []
        return [
            (f"{4.25 + 13 * n + (0 if n < self.n else 0.3):g}", n < self.n) for n in range(self.of)
        ]

    @property
    def width(self) -> int:
        return 13 * max(1, self.of)

    @property
    def text(self) -> str:
        return _("%(k)s of %(n)s") % {"k": self.n, "n": self.of}


@dataclass(frozen=True)
class Fact:
    name: Text
    value: str
    comparison: str


@dataclass(frozen=True)
class Measure:
    slug: str
    name: Text
    practice: tuple[str, str, Text]  # hue, URL name, name
    heading: str
    words: str  # the heading without figures
    said: Sequence[str] = ()
    each: Sequence[
        tuple[Own, str]
    ] = ()  # own words, which no coach reads, and what is said of them
    drawn: str = ""  # the chart in words, or what stands beside it
    method: Sequence[Text] = ()
    tables: Sequence[Table] = ()
    plots: Sequence[Plot] = ()
    strokes: Sequence[Strokes] = ()
    grid: dict[str, int] = field(default_factory=dict)
    offer: str = ""  # a question, which links to the practice's page
    fact: Fact | None = None
    is_empty: bool = False  # nothing is recorded for it
    is_enough: bool = False  # there are as many records as it needs
    more: str = ""  # the address of a page with each record

    @property
    def hue(self) -> str:
        return self.practice[0]

    @property
    def address(self) -> str:
        return reverse(self.practice[1])

    @property
    def place(self) -> Text:
        return self.practice[2]


def plain(value: Any) -> str:
    """A value formatted for the page, in the person's language."""
    if value is None:
        return "–"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, (int, float)):
        return number(value)
    return str(value)


def number(value: float) -> str:
    """Formats whole numbers without decimals, others with one, and small shares with two."""
    if value == int(value):
        return str(int(value)) if abs(value) < 1000 else number_format(int(value))
    digits = 1 if abs(value) >= 1 else 2
    return number_format(round(value, digits), decimal_pos=digits)  # `number_format` truncates


def day(on: date) -> str:
    """A short day on one line: "5 Nov 2026"."""
    return date_format(on, "j M Y").replace(" ", "\xa0")


def percents(ends: tuple[float, float] | None) -> Percents | None:
    """Formats a range of shares: "62–82%"."""
    return Percents(*(round(100 * end) for end in ends)) if ends else None


def likely_range(ends: tuple[float, float] | None) -> str:
    """ "Likely between 62% and 82%"; empty without a range."""
    if ends is None:
        return ""
    low, high = (percent(100 * end) for end in ends)
    return _("Likely between %(low)s and %(high)s") % {"low": low, "high": high}
