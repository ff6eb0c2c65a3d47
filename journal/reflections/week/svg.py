"""The strokes of a promise's week, and of a whole week closed by a cross-stroke.

Shape first, colour second; each drawing stands beside the same in words.
"""

from collections.abc import Iterator, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from journal.promises import wording
from journal.promises.tallies import ANSWERS, EXCUSED, KEPT, MISSED, SMALL
from journal.reflections.week.snapshot import Promise, WeekSnapshot

STEP = 9  # between the strokes of a promise
STROKES = {
    KEPT: '<rect class="stroke" x="{:g}" y="2" width="4.5" height="24" rx="2.25"/>',
    SMALL: '<rect class="stroke" x="{:g}" y="14" width="4.5" height="12" rx="2.25"/>',
    MISSED: '<rect class="stroke-outline" x="{:g}" y="2.9" width="4" height="22.2" rx="2"/>',
    EXCUSED: '<rect class="stroke" x="{:g}" y="22" width="6.5" height="4" rx="2"/>',
}
INSET = {KEPT: 2.25, SMALL: 2.25, MISSED: 2.55, EXCUSED: 1.25}

DAY, A_ROW = 61, 5  # the width of a day; strokes side by side before a second row begins
WIDEST, HIGH = 14, 58  # from stroke to stroke; of a row of strokes
TALLIED = {
    KEPT: "M{x:g} {top:g}c.9 14 -.9 28 0 46",
    SMALL: "M{x:g} {mid:g}c.9 7 -.9 14 0 22",
    EXCUSED: "M{left:g} {foot:g}h8",
}


def marks_of(promise: Promise) -> list[str]:
    """The recorded answers. A promise by the week has its units, since no day of it is due."""
    if not promise.by_week:
        return [mark for mark in promise.marks if mark in ANSWERS]
    tally = promise.tally
    counts = {KEPT: tally.full, SMALL: tally.small, MISSED: tally.missed, EXCUSED: tally.excused}
    return [mark for mark, n in counts.items() for _one in range(n)]


def draw_strokes(marks: Sequence[str]) -> SafeString:
    """Strokes side by side; "" where nothing is recorded."""
    if not marks:
        return mark_safe("")
    pieces = (STROKES[mark].format(n * STEP + INSET[mark]) for n, mark in enumerate(marks))
    width = len(marks) * STEP
    return format_html(
        '<svg viewBox="0 0 {0} 28" width="{0}" height="28" aria-hidden="true">{1}</svg>',
        width,
        mark_safe("".join(pieces)),  # noqa: S308 - numbers only
    )


def draw_week(record: WeekSnapshot) -> SafeString:
    """Every answer of the week by day, closed by a stroke across, whatever it holds."""
    days = [
        [one.marks[n] for one in record.promises if one.marks[n] in ANSWERS]
        for n in range(len(record.days))
    ]
    rows = max(1, *(-(-len(marks) // A_ROW) for marks in days))
    strokes = [stroke for n, marks in enumerate(days) for stroke in _day(n * DAY + 28, marks)]
    foot = rows * HIGH
    letters = format_html_join(
        "",
        '<text x="{}" y="{}">{}</text>',
        ((n * DAY + 28, foot + 32, wording.letter(day)) for n, day in enumerate(record.days)),
    )
    return format_html(
        '<svg class="tallyline weekline draw" viewBox="0 0 428 {}" aria-hidden="true">{}{}'
        '<path class="cross-stroke" pathLength="1" d="M4 {}C120 {} 300 {} 424 12"/></svg>',
        foot + 38,
        mark_safe("".join(strokes)),  # noqa: S308 - numbers only
        letters,
        foot - 2,
        foot - 12,
        foot * 0.6 if rows > 1 else 34,
    )


def _day(middle: float, marks: list[str]) -> Iterator[str]:
    for row in range(0, len(marks), A_ROW):
        part, top = marks[row : row + A_ROW], 12 + row // A_ROW * HIGH
        step = min(WIDEST, 50 / len(part))
        for n, mark in enumerate(part):
            x = middle + (n - (len(part) - 1) / 2) * step
            if mark == MISSED:
                yield (
                    f'<rect class="tally-stroke hollow" pathLength="1" x="{x - 3:g}" y="{top}"'
                    ' width="6" height="46" rx="3"/>'
                )
                continue
            place = {"x": x, "left": x - 4, "top": top, "mid": top + 24, "foot": top + 45}
            path = TALLIED[mark].format(**place)
            yield f'<path class="tally-stroke" pathLength="1" d="{path}"/>'
