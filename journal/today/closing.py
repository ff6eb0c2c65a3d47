"""The page after "Done for today": the day's tally, one sentence of evidence, and nothing to do.

The kinds of evidence are tried in a fixed order, and no kind is said on two days running: the kind
of yesterday follows from the same rows, so nothing of it is stored.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.languages.lists import beside
from journal.lessons import queries as lessons
from journal.lessons.models import LessonUse
from journal.promises.history import PromiseHistory, histories
from journal.promises.tallies import EXCUSED, KEPT, MISSED, SMALL
from journal.today.page import Day
from journal.today.week import count_text

ENOUGH = 10  # recorded days of a promise, for a count of them
HELPED_WITHIN = timedelta(days=7)
DAYS_BACK = 7  # how far the kind of yesterday is looked for
IN_A_ROW, GROUP = 10, 5  # more strokes than that stand in rows of five
STEP, HEIGHT = 26, 68
STROKES = {
    KEPT: '<path class="tally-stroke" pathLength="1" d="M{x} 10c.9 15-.9 30 0 48"/>',
    SMALL: '<path class="tally-stroke" pathLength="1" d="M{x} 34c.5 8-.5 16 0 24"/>',
    MISSED: '<rect class="tally-stroke hollow" pathLength="1" x="{left}" y="9" width="8"'
    ' height="50" rx="4"/>',
    EXCUSED: '<path class="tally-stroke" pathLength="1" d="M{left} 57h12"/>',
    "": '<rect class="ghost" x="{left}" y="9" width="8" height="50" rx="4"/>',
}
CROSS = '<path class="cross-stroke" pathLength="1" d="M8 52C{first} 44 {second} 30 {end} 16"/>'


@dataclass(frozen=True)
class Evidence:
    """One sentence: our words before and after those of the person."""

    words: str
    before: str = ""
    after: str = ""


@dataclass
class Closing:
    day: Day

    @cached_property
    def statuses(self) -> list[str]:
        """The answers of the day's promises; "" where one is open. A promise by the week is in it
        where it has an answer."""
        return [due.checkin.status for due in self.day.due if due.checkin.status or not due.week]

    @property
    def drawing(self) -> SafeString:
        return draw_tally(self.statuses or [KEPT] * (self.day.check.trust or 0))

    @property
    def count_text(self) -> str:
        """ "2 kept, 1 missed. All 3 recorded." Empty if nothing was due or recorded."""
        counts = Counter(status for status in self.statuses if status)
        if not counts:
            return ""
        said = capfirst(beside(count_text(one, counts[one]) for one in STROKES if counts.get(one)))
        if set(counts) == {MISSED}:
            return _("%(counts)s. Tomorrow is separate.") % {"counts": said}
        if len(self.statuses) > 1 and "" not in self.statuses:
            words = {"counts": said, "n": len(self.statuses)}
            return _("%(counts)s. All %(n)s recorded.") % words
        return f"{said}."

    @property
    def still_open(self) -> list[str]:
        """The promises that tomorrow's page asks for as last night's."""
        due = self.day.due
        return [one.promise.statement for one in due if not one.checkin.status and not one.week]

    # --- evidence

    @cached_property
    def evidence(self) -> Evidence | None:
        kind = self._kind_on(self.day.today, DAYS_BACK)
        return self._sentences(self.day.today)[kind] if kind else None

    def _kind_on(self, day: date, days_back: int) -> str:
        """The first kind that there is on a day and that was not said the day before."""
        if not days_back or (day != self.day.today and day not in self._closed_days):
            return ""
        before = self._kind_on(day - timedelta(days=1), days_back - 1)
        return next((kind for kind in self._sentences(day) if kind != before), "")

    @cached_property
    def _closed_days(self) -> set[date]:
        return {check.date for check in self.day.checks if check.done_at}

    @cached_property
    def _histories(self) -> list[PromiseHistory]:
        keys = [due.promise.pk for due in self.day.due]
        return histories(self.day.person, self.day.person.promises.filter(pk__in=keys))

    @cached_property
    def _helped(self) -> list[LessonUse]:
        first = self.day.today - HELPED_WITHIN - timedelta(days=DAYS_BACK)
        return list(lessons.uses_that_helped(self.day.person, first))

    def _sentences(self, day: date) -> dict[str, Evidence]:
        """Every kind that there is on a day, in the order of what is said first."""
        found = {}
        if came_back := next((one for one in self._histories if returned_on(one, day)), None):
            # Translators: after the words of a promise and a dash; write a whole sentence.
            text = _("back at the next chance after a miss.")
            found["return"] = Evidence(came_back.promise.statement, after=text)
        if often := self._kept_often:
            found["count"] = Evidence(often.promise.statement, after=_kept_text(often))
        day_before = (use for use in self._helped if day - HELPED_WITHIN < use.used_on <= day)
        if use := next(day_before, None):
            on = _("A lesson helped on %(day)s:") % {"day": date_format(use.used_on, "l")}
            found["lesson"] = Evidence(use.lesson.if_situation, before=on)
        return found

    @cached_property
    def _kept_often(self) -> PromiseHistory | None:
        """The promise kept most of the time, if it was kept at least every other time."""
        if self.day.person.numbers_hidden_since:
            return None
        enough = [one for one in self._histories if one.tally.n >= ENOUGH]
        best = max(enough, key=lambda one: one.tally.kept / one.tally.n, default=None)
        return best if best and 2 * best.tally.kept >= best.tally.n else None


def returned_on(record: PromiseHistory, day: date) -> bool:
    """Whether it was kept on the day, and missed at the chance before."""
    if record.answers.get(day) not in (KEPT, SMALL):
        return False
    before = [one for one, status in record.answers.items() if one < day and status != EXCUSED]
    return bool(before) and record.answers[max(before)] == MISSED


def _kept_text(record: PromiseHistory) -> str:
    tally = record.tally
    counts = {"kept": tally.kept, "n": tally.n, "small": tally.small}
    if not tally.small:
        return _("kept %(kept)s of %(n)s times in the last 4 weeks.") % counts
    text = ngettext(
        "kept %(kept)s of %(n)s times in the last 4 weeks, %(small)s of them small.",
        "kept %(kept)s of %(n)s times in the last 4 weeks, %(small)s of them small.",
        tally.small,
    )
    return text % counts


def draw_tally(statuses: Iterable[str], *, is_closed: bool = True) -> SafeString:
    """A stroke for each answer, and the stroke that closes the day across them. Empty without any.
    The text beside it says the same, so that it is hidden from screen readers."""
    strokes = list(statuses)
    if not strokes:
        return SafeString("")
    length = GROUP if len(strokes) > IN_A_ROW else len(strokes)
    rows = [strokes[n : n + length] for n in range(0, len(strokes), length)]
    width = STEP * (length + 1)
    pieces = []
    for n, row in enumerate(rows):
        places = (24 + STEP * place for place in range(len(row)))
        marks = zip(row, places, strict=True)
        drawn = "".join(STROKES[one].format(x=x, left=x - 4) for one, x in marks)
        ends = {"first": round(width * 0.3), "second": round(width * 0.66), "end": width - 8}
        cross = CROSS.format(**ends) if is_closed else ""
        pieces.append(f'<g transform="translate(0 {n * HEIGHT})">{drawn}{cross}</g>')
    return format_html(
        '<svg class="tallyline{}" viewBox="0 0 {} {}" preserveAspectRatio="xMinYMid"'
        ' aria-hidden="true">{}</svg>',
        " draw" if is_closed else "",
        width,
        HEIGHT * len(rows),
        mark_safe("".join(pieces)),  # noqa: S308 - numbers only
    )
