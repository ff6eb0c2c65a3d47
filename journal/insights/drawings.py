"""The charts of a measure as plain data, stored for a coach, and as shapes again.

A coach reads no row of which a chart is drawn, so it is drawn as the client and stored with its
sentences. The same templates draw it for the client's own page, the preview and the coach.
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.safestring import mark_safe

from journal.insights.plot import Plot, Shape
from journal.insights.presentation import Measure, Strokes, Table, plain

SHAPES = ("rects", "lines", "dots", "texts")
_place = re.compile(
    r'(?:(?:x|y|x1|x2|y1|y2|cx|cy|r|width|height)="-?[\d.]+%?"(?: |$))*', re.A
).fullmatch


@dataclass(frozen=True)
class Drawing:
    """What a measure says of the time since the link began, with its charts and their table."""

    time: str  # from when until when; empty for a measure that always has the same length
    hue: str
    said: Sequence[str]
    plots: Sequence[Plot] = ()
    strokes: Sequence[Strokes] = ()
    grid: dict[str, int] = field(default_factory=dict)
    tables: Sequence[Table] = ()


def as_data(one: Measure, said: list[str], time: str) -> dict[str, Any]:
    """With what a coach reads of it (coach_sentences.py), and without its name, which is stored
    beside it. `each` and the other tables, which hold own words, stay with the client."""
    plots = [asdict(plot) for plot in one.plots]
    for plot in plots:
        plot["name"] = str(plot["name"]) if len(plots) > 1 else ""
    return {
        "time": time,
        "hue": one.hue,
        "said": [*said, *([one.drawn] if one.plots and one.drawn else [])],
        "plots": plots,
        "strokes": [[str(row.name), row.n, row.of] for row in one.strokes],
        "grid": one.grid,
        "tables": [_table(one)] if one.plots else [],
    }


def _table(one: Measure) -> list[Any]:
    """The figures of the chart."""
    rows = [one.tables[0].columns, *one.tables[0].lines]
    columns, *lines = [[plain(cell) for cell in row] for row in rows]
    return [str(one.name), columns, lines]


def from_data(data: dict[str, Any]) -> Drawing:
    return Drawing(
        data["time"],
        data["hue"],
        data["said"],
        [_plot(one) for one in data["plots"]],
        [Strokes(*row) for row in data["strokes"]],
        data["grid"],
        [Table(*one) for one in data["tables"]],
    )


def _plot(data: dict[str, Any]) -> Plot:
    shapes = {part: [_shape(**one) for one in data[part]] for part in SHAPES}
    return Plot(**{**data, **shapes})


def _shape(css: str, place: str, text: str, more: str) -> Shape:
    """Raises ValueError for a place that is not only numbers, since the template trusts it."""
    if not _place(place):
        raise ValueError("not the place of a shape")
    return Shape(css, mark_safe(place), text, more)  # noqa: S308 - numbers only
