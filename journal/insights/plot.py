"""Charts as shapes for a template: x in per cent of the width, y in pixels, so a chart fits any
width and its text never scales. Text and a table next to each chart have the same content; the
chart itself is hidden from screen readers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.functional import Promise as Lazy
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from journal.insights.periods import Span
from journal.people.percent import percent

TOP, BASE = 8, 190  # the y of 100% and of 0%
MANY = 8  # with more dots than this, there is no space for a figure under each
DOTS = 10  # the most dots in one stack
FIVE = (1, 5)


@dataclass(frozen=True)
class Shape:
    """`css` is the class of the element, `place` its attributes."""

    css: str
    place: SafeString
    text: str | Lazy = ""
    more: str = ""  # only on wide screens

    @classmethod
    def at(cls, css: str, text: str | Lazy = "", more: str = "", **place: str | int) -> "Shape":
        placed = " ".join(f'{name}="{value}"' for name, value in place.items())
        return cls(css, mark_safe(placed), text, more)  # noqa: S308 - numbers only


@dataclass
class Plot:
    height: int
    css: str = ""
    name: str | Lazy = ""  # if a measure has two charts
    radius: int = 6
    rects: list[Shape] = field(default_factory=list)
    lines: list[Shape] = field(default_factory=list)
    dots: list[Shape] = field(default_factory=list)
    texts: list[Shape] = field(default_factory=list)

    def line(self, css: str, x: str, x2: str, y: float, y2: float | None = None) -> None:
        y2 = y if y2 is None else y2
        self.lines.append(Shape.at(css, x1=x, x2=x2, y1=px(y), y2=px(y2)))

    def dot(self, x: str, y: float, *, filled: bool = True) -> None:
        css = "point" if filled else "open"
        self.dots.append(Shape.at(css, cx=x, cy=px(y), r=self.radius))

    def text(self, css: str, x: str, y: float, text: str | Lazy, more: str = "") -> None:
        self.texts.append(Shape.at(css, text, more, x=x, y=px(y)))

    def rect(self, css: str, x: str, y: float, width: str, height: float) -> None:
        self.rects.append(Shape.at(css, x=x, y=px(y), width=width, height=px(height)))


def px(y: float) -> str:
    return f"{y:.1f}".removesuffix(".0")


def across(share: float) -> str:
    return f"{100 * share:.2f}".rstrip("0").rstrip(".") + "%"


def height_of(share: float) -> float:
    return BASE - share * (BASE - TOP)


def percent_axis(plot: Plot) -> None:
    for share, css in ((0, "axis"), (50, "grid-line"), (100, "grid-line")):
        y = height_of(share / 100)
        plot.line(css, "0", "100%", y)
        plot.text("anchor-end", "-7", y + 4, percent(share))


def five_axis(plot: Plot, height: int) -> None:
    low, high = FIVE
    for value in (low, 3, high):
        y = of_five(value, height)
        plot.line("grid-line", "0", "100%", y)
        plot.text("anchor-end", "-7", y + 4, str(value))


def of_five(value: float, height: int) -> float:
    """The y of a value from one to five; one lies above the baseline, since it is not zero."""
    low, high = FIVE
    return height - (value - low) / (high - low) * (height - TOP)


def under(plot: Plot, days: Sequence[Span], y: float) -> None:
    """Labels the spans with their first day as far as they fit; long spans with their month."""
    every = 1 if len(days) <= MANY else 3
    months = (days[0].last - days[0].first).days > 7
    for n, span in enumerate(days[::every]):
        x = across((n * every + 0.5) / len(days))
        if months:
            plot.text("anchor-middle", x, y, date_format(span.first, "M"))
        else:
            month = " " + date_format(span.first, "M")
            plot.text("anchor-middle", x, y, date_format(span.first, "j"), month)


@dataclass(frozen=True)
class Share:
    """One span: k of n, and the range if the sample is large enough."""

    k: int
    n: int
    ends: tuple[float, float] | None


def shares(days: Sequence[Span], spans: Sequence[Share], whole: Share) -> Plot:
    """A dot for each span with data, a bar for its range, and a band for the whole period."""
    figures = len(spans) <= MANY
    plot = Plot(236 if figures else 218)
    if whole.ends:
        low, high = map(height_of, whole.ends)
        plot.rect("band", "0", high, "100%", low - high)
        plot.line("average", "0", "100%", height_of(whole.k / whole.n))
    percent_axis(plot)
    for n, one in enumerate(spans):
        x = across((n + 0.5) / len(spans))
        if one.n:
            if one.ends:
                plot.line("interval", x, x, *map(height_of, one.ends))
            plot.dot(x, height_of(one.k / one.n), filled=one.ends is not None)
            if figures:
                plot.text("anchor-middle bold", x, 210, f"{one.k}/{one.n}")
    under(plot, days, 228 if figures else 210)
    return plot


def levels(days: Sequence[Span], values: Sequence[float | None]) -> Plot:
    """A dot from one to five for each span with a value."""
    plot = Plot(150)
    five_axis(plot, 120)
    for n, value in enumerate(values):
        if value is not None:
            plot.dot(across((n + 0.5) / len(values)), of_five(value, 120))
    under(plot, days, 144)
    return plot


def pictures(taken: Sequence[tuple[date, float]]) -> Plot:
    """Dots from one to five, joined by a line, oldest first, with distances
    to the scale of time."""
    plot = Plot(150)
    five_axis(plot, 120)
    first, last = taken[0][0], taken[-1][0]
    days = max(1, (last - first).days)
    places = [(0.08 + 0.84 * (on - first).days / days, of_five(v, 120)) for on, v in taken]
    for (x, y), (x2, y2) in pairwise(places):
        plot.line("data-line", across(x), across(x2), y, y2)
    for x, y in places:
        plot.dot(across(x), y)
    # The labels of both ends stay within the plot, however long the month's name is.
    plot.text("", "0", 144, date_format(first, "M Y"))
    if len(taken) > 1:
        plot.text("anchor-end", "100%", 144, date_format(last, "M Y"))
    return plot


def columns(named: Sequence[tuple[str | Lazy, int, bool]]) -> Plot:
    """A column for each count: dots that can be counted, or a bar for large counts. The third value
    says whether to fill it."""
    plot = Plot(176, "plot-wide", radius=5)
    most = max(n for _name, n, _filled in named)
    for place, (name, n, filled) in enumerate(named):
        middle = (place + 0.5) / len(named)
        if most <= DOTS:
            for step in range(n):
                plot.dot(across(middle), 136 - 14 * step, filled=filled)
        elif n:
            height = max(2, 112 * n / most)
            css, left = "point" if filled else "open", across(middle - 0.04)
            plot.rect(css, left, 146 - height, "8%", height)
            plot.text("anchor-middle bold", across(middle), 140 - height, str(n))
        plot.text("anchor-middle", across(middle), 166, name)
    plot.line("axis", "0", "100%", 146)
    return plot


def before_and_after(pairs: Mapping[tuple[int, int], int]) -> Plot:
    """A line for each pair of strengths, dotted if the feeling grew stronger."""
    plot = Plot(216)
    for value in (0, 5, 10):
        plot.line("grid-line", "12%", "88%", 180 - 16 * value)
        plot.text("anchor-end", "8%", 184 - 16 * value, str(value))
    for before, after in sorted(pairs):
        css = "data-line rising" if after > before else "data-line"
        plot.line(css, "25%", "75%", 180 - 16 * before, 180 - 16 * after)
    ends = Counter(after for _before, after in pairs)
    stronger = Counter(after for before, after in pairs if after > before)
    for before in sorted({before for before, _after in pairs}):
        plot.dot("25%", 180 - 16 * before)
    for after in sorted(ends):
        plot.dot("75%", 180 - 16 * after, filled=ends[after] > stronger[after])
    plot.text("anchor-middle bold", "25%", 208, _("Before"))
    plot.text("anchor-middle bold", "75%", 208, _("After"))
    return plot


def against(points: Sequence[tuple[float, Share]]) -> Plot:
    """The share that came true, by confidence, in per cent; equal on the dotted line."""
    plot = Plot(236, "plot-sq")
    percent_axis(plot)
    plot.line("reference-line", "0", "100%", height_of(0), height_of(1))
    for sure, one in points:
        x = across(sure / 100)
        if one.ends:
            plot.line("interval", x, x, *map(height_of, one.ends))
        plot.dot(x, height_of(one.k / one.n))
        plot.text("anchor-middle bold", x, 210, f"{one.k}/{one.n}")
        plot.text("anchor-middle", x, 228, percent(sure))
    return plot


def against_expected(groups: Sequence[tuple[str, float, Share]]) -> Plot:
    """The share of each group beside the others, with a dotted line at the share expected."""
    plot = Plot(236)
    percent_axis(plot)
    for n, (name, expected, one) in enumerate(groups):
        middle, half = (n + 0.5) / len(groups), 0.35 / len(groups)
        y = height_of(expected)
        plot.line("reference-line", across(middle - half), across(middle + half), y)
        x = across(middle)
        if one.ends:
            plot.line("interval", x, x, *map(height_of, one.ends))
            plot.dot(x, height_of(one.k / one.n))
        plot.text("anchor-middle bold", x, 210, f"{one.k}/{one.n}")
        plot.text("anchor-middle", x, 228, name)
    return plot
