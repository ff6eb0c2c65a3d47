"""The strokes of a book: how much of how much, and answers in their order.

Each drawing stands beside the same in words. Its colours are those of the stylesheet of the page.
"""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from journal.reflections.week.svg import STEP, STROKES

FULL = '<rect class="stroke" x="{:g}" y="2" width="4.5" height="20" rx="2.25"/>'
HOLLOW = '<rect class="stroke-outline" x="{:g}" y="2.9" width="4" height="18.2" rx="2"/>'


def out_of(n: int, most: int) -> SafeString:
    """So many full strokes of so many."""
    pieces = [
        FULL.format(2.25 + STEP * place) if place < n else HOLLOW.format(2.55 + STEP * place)
        for place in range(most)
    ]
    return _drawing(pieces, 24)


def answers(marks: Sequence[str]) -> SafeString:
    """A stroke for each answer to a promise."""
    return _drawing(
        [STROKES[mark].format(place * STEP + 2) for place, mark in enumerate(marks)], 28
    )


def _drawing(pieces: Sequence[str], height: int) -> SafeString:
    return format_html(
        '<svg class="strokes" viewBox="0 0 {0} {1}" width="{0}" height="{1}" aria-hidden="true">'
        "{2}</svg>",
        max(1, len(pieces)) * STEP,
        height,
        mark_safe("".join(pieces)),  # noqa: S308 - numbers only
    )
