"""The strokes of a book: how much of how much, answers in their order, a feeling before and after.

Each drawing stands beside the same in words. Shapes say themselves what is filled, since not every
reader of e-books, nor what makes a PDF, applies a stylesheet to them.
"""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from journal.promises.tallies import EXCUSED, KEPT, MISSED, SMALL

STEP = 9  # between two strokes
FULL = '<rect fill="currentColor" x="{:g}" y="2" width="4.5" height="20" rx="2.25"/>'
HOLLOW = (
    '<rect fill="none" stroke="currentColor" stroke-width="1.5" x="{:g}" y="2.75" width="3.75"'
    ' height="18.5" rx="1.9"/>'
)
ANSWERS = {
    KEPT: FULL,
    SMALL: '<rect fill="currentColor" x="{:g}" y="12" width="4.5" height="10" rx="2.25"/>',
    MISSED: HOLLOW,
    EXCUSED: '<rect fill="currentColor" x="{:g}" y="18" width="6.5" height="4" rx="2"/>',
}
LEFT, APART = 6, 14  # the place of 0 on a scale, and the distance between two numbers


def out_of(n: int, most: int) -> SafeString:
    """So many full strokes of so many."""
    shapes = [FULL if place < n else HOLLOW for place in range(most)]
    return _side_by_side(shapes)


def answers(marks: Sequence[str]) -> SafeString:
    """A stroke for each answer to a promise."""
    return _side_by_side([ANSWERS[mark] for mark in marks])


def _side_by_side(shapes: Sequence[str]) -> SafeString:
    pieces = (shape.format(STEP * place + 2) for place, shape in enumerate(shapes))
    return _drawing("".join(pieces), max(1, len(shapes)) * STEP, 24)


def before_and_after(before: int, after: int) -> SafeString:
    """A ring where a feeling was on a line from 0 to 10, and a dot where it is."""
    first, last = LEFT + APART * before, LEFT + APART * after
    ends = "".join(f"M{LEFT + APART * n} 7v6" for n in (0, 5, 10))
    return _drawing(
        f'<path d="M{LEFT} 10h{10 * APART}{ends}" fill="none" stroke="currentColor"'
        ' stroke-opacity=".4"/>'
        f'<path d="M{first} 10H{last}" stroke="currentColor" stroke-width="2.5"/>'
        f'<circle cx="{first}" cy="10" r="4.5" fill="none" stroke="currentColor" stroke-width="2"/>'
        f'<circle cx="{last}" cy="10" r="5.5" fill="currentColor"/>',
        2 * LEFT + 10 * APART,
        20,
    )


def _drawing(shapes: str, width: int, height: int) -> SafeString:
    return format_html(
        '<svg class="strokes" viewBox="0 0 {0} {1}" width="{0}" height="{1}" aria-hidden="true">'
        "{2}</svg>",
        width,
        height,
        mark_safe(shapes),  # noqa: S308 - numbers only
    )
