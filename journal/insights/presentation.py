"""A measure as the page and the file show it: both come from the same tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise as Lazy
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.insights.plot import Plot

Text = str | Lazy

PROMISES = ("p-prom", "/promises/", gettext_lazy("Promises"))
BOUNDARIES = ("p-bound", "/boundaries/", gettext_lazy("Boundaries"))
COMPASSION = ("p-comp", "/self-compassion/", gettext_lazy("Self-compassion"))
DECISIONS = ("p-dec", "/decisions/", gettext_lazy("Decisions"))
LESSONS = ("p-mist", "/lessons/", gettext_lazy("Lessons"))
TODAY = ("", "/today/", gettext_lazy("Today"))
RATING = ("", "/rating/", gettext_lazy("Five short statements"))


class Own(str):
    """A person's own words."""

    __slots__ = ()


class Percents(NamedTuple):
    """A range in whole per cent."""

    low: int
    high: int

    def __str__(self) -> str:
        return _("%(low)s–%(high)s%%") % self._asdict()


@dataclass(frozen=True)
class Row:
    """A line of a table as the page writes it."""

    head: str
    cells: SafeString  # put together here: a page has some hundreds
    is_own: bool


@dataclass(frozen=True)
class Table:
    caption: Text
    columns: Sequence[Text]  # the first is over the heads
    lines: Sequence[Sequence[Any]]  # a head, and a value for each further column

    @property
    def rows(self) -> list[Row]:
        ranges = _("%(low)s–%(high)s%%")
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

    def figures(self) -> Iterator[tuple[Any, Text, Any]]:
        """What is known, one by one: the head of its line, of its column, and the value."""
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
    """So many of so many, as strokes while they can be counted at a glance."""

    MOST = 20

    name: Text
    n: int
    of: int

    @property
    def strokes(self) -> list[tuple[str, bool]]:
        """Where each stroke stands, and whether it is filled."""
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
    figure: str
    comparison: str


@dataclass(frozen=True)
class Measure:
    slug: str
    name: Text
    practice: tuple[str, str, Text]  # hue, address, name
    heading: str
    words: str  # the same without a figure
    said: Sequence[str] = ()
    drawn: str = ""  # what the drawing shows
    method: Sequence[Text] = ()
    tables: Sequence[Table] = ()
    plots: Sequence[Plot] = ()
    strokes: Sequence[Strokes] = ()
    grid: dict[str, int] = field(default_factory=dict)
    offer: str = ""  # a question that the practice's page answers
    fact: Fact | None = None
    is_empty: bool = False  # nothing was recorded that it could be about

    @property
    def hue(self) -> str:
        return self.practice[0]

    @property
    def address(self) -> str:
        return self.practice[1]

    @property
    def place(self) -> Text:
        return self.practice[2]


def plain(value: Any) -> str:
    """A value as the page writes it, in the person's language."""
    if value is None:
        return "–"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, (int, float)):
        return number(value)
    return str(value)


def number(value: float) -> str:
    """Whole where it is, otherwise with one decimal, or the two that a small share needs."""
    if value == int(value):
        return str(int(value)) if abs(value) < 1000 else number_format(int(value))
    digits = 1 if abs(value) >= 1 else 2
    return number_format(round(value, digits), decimal_pos=digits)  # which alone would cut off


def day(on: date) -> str:
    """Short, and on one line: "5 Nov 2026"."""
    return date_format(on, "j M Y").replace(" ", "\xa0")


def percents(ends: tuple[float, float] | None) -> Percents | None:
    """From a range of shares: "62–82%"."""
    return Percents(*(round(100 * end) for end in ends)) if ends else None


def rough_range(ends: tuple[float, float] | None) -> str:
    """ "Rough range 62–82%"; empty where there is none."""
    return _("Rough range %(range)s") % {"range": percents(ends)} if ends else ""
