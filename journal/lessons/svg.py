"""The returns of a lesson as five SVG marks: those it passed, and those still to come."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from journal.lessons.spaced_repetition import DISTANCES

DONE = '<rect class="stroke" x="{:g}" y="2" width="4.5" height="24" rx="2.25"/>'
TO_COME = '<rect class="stroke-outline" x="{:g}" y="2.9" width="4" height="22.2" rx="2"/>'


def strokes(done: int) -> SafeString:
    pieces = [
        DONE.format(2.25 + 9 * n) if n < done else TO_COME.format(2.55 + 9 * n)
        for n in range(len(DISTANCES))
    ]
    drawing = mark_safe("".join(pieces))  # noqa: S308 - numbers only
    return format_html(
        '<svg viewBox="0 0 45 28" width="45" height="28" aria-hidden="true">{}</svg>', drawing
    )
