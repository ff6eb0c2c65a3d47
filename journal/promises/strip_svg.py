"""Four calendar weeks of a promise as SVG marks: shape first, colour second.

Python draws them, not a template, since a page shows up to 28 marks for each promise.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from journal.promises.occurrences import Plan, is_due
from journal.promises.tallies import EXCUSED, KEPT, MISSED, OPEN, SMALL, status_of

TALLY_WEEKS = 4
WEEK, DAY = 70, 9  # widths in the drawing
STROKES = {
    KEPT: '<rect class="stroke" x="{:g}" y="1" width="4.5" height="24" rx="2.25"/>',
    SMALL: '<rect class="stroke" x="{:g}" y="13" width="4.5" height="12" rx="2.25"/>',
    MISSED: '<rect class="stroke-outline" x="{:g}" y="1.9" width="4" height="22.2" rx="2"/>',
    EXCUSED: '<rect class="stroke" x="{:g}" y="21" width="8" height="4" rx="2"/>',
    OPEN: '<circle class="stroke" cx="{:g}" cy="23" r="1.9"/>',
}
OFFSETS = {KEPT: 2.25, SMALL: 2.25, MISSED: 2.55, EXCUSED: 0.5, OPEN: 4.5}


def draw_strip(plan: Plan, answers: Mapping[date, str], first: date, today: date) -> SafeString:
    """Draws a line for an answered day and a dot for an open one; an unrecorded day stays empty."""
    pieces = []
    for week in range(TALLY_WEEKS):
        left = week * WEEK
        pieces.append(f'<line class="base" x1="{left}" x2="{left + 63}" y1="27.5" y2="27.5"/>')
        for number in range(7):
            day = first + timedelta(days=7 * week + number)
            if day in answers or is_due(plan, day):
                status = status_of(day, answers, today)
                if status in STROKES:
                    pieces.append(STROKES[status].format(left + number * DAY + OFFSETS[status]))
    drawing = mark_safe("".join(pieces))  # noqa: S308 - numbers only
    return format_html(
        '<svg class="day-strip" viewBox="0 0 273 29" width="273" height="29" aria-hidden="true">'
        "{}</svg>",
        drawing,
    )
