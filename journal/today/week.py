"""The seven days of a week as SVG marks, with the same content as text for screen readers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.languages.lists import beside, listed
from journal.promises import wording
from journal.promises.history import PromiseHistory
from journal.promises.tallies import AHEAD, EXCUSED, KEPT, MISSED, OPEN, SMALL

MOST, WIDTH = 5, 9  # the marks that fit under a day on a narrow phone, and the width of each
STROKES = {
    KEPT: '<rect class="stroke" x="{:g}" y="2" width="4.5" height="24" rx="2.25"/>',
    SMALL: '<rect class="stroke" x="{:g}" y="14" width="4.5" height="12" rx="2.25"/>',
    MISSED: '<rect class="stroke-outline" x="{:g}" y="2.9" width="4" height="22.2" rx="2"/>',
    EXCUSED: '<rect class="stroke" x="{:g}" y="22" width="8" height="4" rx="2"/>',
    OPEN: '<circle class="stroke" cx="{:g}" cy="24" r="1.9"/>',
    AHEAD: '<circle class="stroke" cx="{:g}" cy="24" r="1.9"/>',
}
OFFSETS = {KEPT: 2.25, SMALL: 2.25, MISSED: 2.55, EXCUSED: 0.5, OPEN: 4.5, AHEAD: 4.5}


def _order(item: tuple[str, int]) -> int:
    return list(OFFSETS).index(item[0]) if item[0] in OFFSETS else len(OFFSETS)


def count_text(mark: str, n: int) -> str:
    """How often a mark was given: "2 kept", "life happened once"."""
    if mark == KEPT:
        text = ngettext("%(n)s kept", "%(n)s kept", n)
    elif mark == SMALL:
        text = ngettext("%(n)s kept small", "%(n)s kept small", n)
    elif mark == MISSED:
        text = ngettext("%(n)s missed", "%(n)s missed", n)
    elif mark == EXCUSED:
        text = ngettext("life happened once", "life happened %(n)s times", n)
    elif mark == OPEN:
        text = ngettext("%(n)s not recorded yet", "%(n)s not recorded yet", n)
    elif mark == AHEAD:
        text = ngettext("%(n)s due", "%(n)s due", n)
    else:
        text = ngettext("%(n)s not recorded", "%(n)s not recorded", n)
    return text % {"n": n}


@dataclass(frozen=True)
class WeekDay:
    day: date
    marks: list[str]
    is_today: bool
    is_open: bool  # accepts answers: links to Today

    @property
    def letter(self) -> str:
        return wording.letter(self.day)

    @property
    def drawing(self) -> SafeString:
        drawn = [mark for mark in self.marks if mark in STROKES]
        shown = drawn if len(drawn) <= MOST else drawn[: MOST - 1]
        pieces = (STROKES[mark].format(n * WIDTH + OFFSETS[mark]) for n, mark in enumerate(shown))
        width = WIDTH * max(1, len(shown))
        return format_html(
            '<svg viewBox="0 0 {} 28" width="{}" height="28" aria-hidden="true">{}</svg>',
            width,
            width,
            mark_safe("".join(pieces)),  # noqa: S308 - numbers only
        )

    @property
    def more(self) -> int:
        """The number of marks that do not fit."""
        drawn = sum(mark in STROKES for mark in self.marks)
        return drawn - MOST + 1 if drawn > MOST else 0

    @property
    def text(self) -> str:
        """ "Thu 19: 1 kept, 1 missed, 1 not recorded yet"."""
        said = [count_text(mark, n) for mark, n in sorted(Counter(self.marks).items(), key=_order)]
        named = listed(said) if said else _("none due")
        return _("%(day)s: %(marks)s") % {"day": date_format(self.day, "D j"), "marks": named}


def week_of(
    records: Iterable[PromiseHistory], start: date, today: date, open_days: list[date]
) -> list:
    records = list(records)
    days = (start + timedelta(days=n) for n in range(7))
    return [WeekDay(day, _marks(records, day), day == today, day in open_days) for day in days]


def _marks(records: list[PromiseHistory], day: date) -> list[str]:
    """A mark for each promise with an answer or due on that day."""
    return [mark for record in records if (mark := record.mark_on(day))]


def summary(week: Iterable[WeekDay]) -> str:
    """ "6 of 7 kept, 1 of them small." Empty without answers."""
    counts = Counter(mark for day in week for mark in day.marks)
    kept, n = counts[KEPT] + counts[SMALL], counts[KEPT] + counts[SMALL] + counts[MISSED]
    if not n:
        return ""
    text = _("%(kept)s of %(n)s kept") % {"kept": kept, "n": n}
    if counts[SMALL]:
        small = ngettext("%(n)s of them small", "%(n)s of them small", counts[SMALL])
        text = beside((text, small % {"n": counts[SMALL]}))
    return f"{text}."
