"""How pages render a week's record: the grid of promises, and a line for each event."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise as Lazy
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from journal.boundaries.models import Crossing
from journal.lessons.models import LessonUse
from journal.promises import wording
from journal.promises.models import CheckIn
from journal.promises.tallies import AHEAD, EXCUSED, KEPT, MISSED, OPEN, SMALL, UNRECORDED
from journal.reflections.week import snapshot as facts

# The icon of each mark in parts/_icons.html.
GLYPHS = {
    **{KEPT: "kept", SMALL: "small", MISSED: "missed", EXCUSED: "excused"},
    **{OPEN: "due", AHEAD: "due", UNRECORDED: "unknown"},
}
LABELS: dict[str, str | Lazy] = {
    **dict(CheckIn.Status.choices),
    OPEN: gettext_lazy("Still open"),
    AHEAD: gettext_lazy("Still to come"),
    UNRECORDED: gettext_lazy("Not recorded"),
    "": gettext_lazy("Not due"),
}


def span(first: date, last: date) -> str:
    """ "16 to 22 November 2026", without repeating what both dates share."""
    pattern = "j F Y" if first.year != last.year else "j F"
    if first.month == last.month:
        pattern = "j"
    given = {"first": date_format(first, pattern), "last": date_format(last, "j F Y")}
    return _("%(first)s to %(last)s") % given


@dataclass(frozen=True)
class WeekRow:
    """ "Missed on Thursday, in your words", and the words."""

    icon: str
    tag: str
    own: str
    more: str = ""
    in_words: str = ""  # replaces `more` for a person who asked for no numbers

    @property
    def hue(self) -> str:
        return f"p-{self.icon}"


@dataclass(frozen=True)
class Row:
    promise: facts.Promise

    @property
    def cells(self) -> list[tuple[str, str | Lazy]]:
        """Icon and word of each day. By the week no day is due, so none is "not due"."""
        none = _("No answer") if self.promise.by_week else LABELS[""]
        return [
            (GLYPHS.get(mark, ""), LABELS[mark] if mark else none) for mark in self.promise.marks
        ]

    @property
    def text(self) -> str:
        """The progress of a promise by the week: "2 of 3"."""
        amount = self.promise.tally
        target = amount.due - amount.excused
        return _("%(kept)s of %(target)s") % {"kept": amount.kept, "target": target}


@dataclass(frozen=True)
class Shown:
    record: facts.WeekSnapshot

    # --- promises

    @property
    def caption(self) -> str:
        return _("Promises, %(week)s") % {"week": span(self.record.days[0], self.record.days[-1])}

    @property
    def heads(self) -> list[tuple[str, str]]:
        """Each day as a letter and as a word."""
        return [(wording.letter(day), date_format(day, "l")) for day in self.record.days]

    @property
    def rows(self) -> list[Row]:
        return [Row(one) for one in self.record.promises]

    @property
    def legend(self) -> list[tuple[str, str | Lazy]]:
        """The icons of this grid in words; a dot means "not answered yet"."""
        marks = {mark for one in self.record.promises for mark in one.marks}
        return [(GLYPHS[mark], LABELS[mark]) for mark in GLYPHS if mark in marks]

    @property
    def tally_text(self) -> SafeString:
        return wording.tally(self.record.tally)

    @property
    def open_text(self) -> str:
        n = self.record.tally.open
        return ngettext("%(n)s still open.", "%(n)s still open.", n) % {"n": n} if n else ""

    @property
    def to_confirm(self) -> list[Row]:
        return [row for row in self.rows if row.promise.to_confirm]

    # --- lines

    @property
    def misses_text(self) -> str:
        n, back = self.record.tally.missed, self.record.came_back
        said = [ngettext("%(n)s miss this week.", "%(n)s misses this week.", n) % {"n": n}]
        if back:
            text = ngettext(
                "You kept the very next chance after a miss once.",
                "You kept the very next chance after a miss %(n)s times.",
                back,
            )
            said.append(text % {"n": back})
        return " ".join(said)

    @property
    def misses(self) -> list[WeekRow]:
        """A miss with a note shows the person's own words."""
        return [
            WeekRow("prom", _("Missed on %(day)s") % _on(miss), miss.note, miss.statement)
            for miss in self.record.misses
        ]

    @property
    def boundaries(self) -> list[WeekRow]:
        return [*map(_crossing, self.record.crossings), *map(_follow_up, self.record.follow_ups)]

    @property
    def critic(self) -> list[WeekRow]:
        return [_moment(one) for one in self.record.moments]

    @property
    def decisions(self) -> list[WeekRow]:
        texts = {
            "made": _("Decided on %(day)s"),
            "reviewed": _("Looked back on, on %(day)s"),
            "due": _("Due to be looked back on"),
        }
        return [
            WeekRow("dec", texts[one.what] % _on(one), one.question, one.chosen)
            for one in self.record.decisions
        ]

    @property
    def lessons(self) -> list[WeekRow]:
        return [_lesson(one) for one in self.record.lessons]

    @property
    def credits(self) -> list[WeekRow]:
        return [
            WeekRow("today", _("To your credit on %(day)s") % _on(one), one.text)
            for one in self.record.credits
        ]

    def lines_of(self, part: str) -> list[WeekRow]:
        """Promises have no lines, since they have the grid."""
        return getattr(self, part) if part in PARTS else []

    @property
    def lines(self) -> list[WeekRow]:
        """All lines, for the page of a week and for print."""
        return [line for part in PARTS for line in self.lines_of(part)]


PARTS = ("misses", "boundaries", "critic", "decisions", "lessons", "credits")


def _on(row: Any) -> dict[str, str]:
    return {"day": date_format(row.day, "l")}


def _crossing(row: facts.Crossing) -> WeekRow:
    result = str(Crossing.Result(row.result).label)
    tag = _("A line was crossed on %(day)s") % _on(row)
    return WeekRow("bound", tag, row.happened or row.limit, result)


def _follow_up(row: facts.FollowUp) -> WeekRow:
    tag = _("A next step for %(day)s") % _on(row)
    return WeekRow("bound", tag, row.text, _("Done") if row.done else _("Still open"))


def _moment(row: facts.Moment) -> WeekRow:
    tag, own = _("A hard moment on %(day)s") % _on(row), row.kinder or row.trigger
    if row.before is None or row.after is None:
        return WeekRow("comp", tag, own)
    given = {"before": row.before, "after": row.after}
    eased = _("easier afterwards") if row.after < row.before else _("as strong afterwards")
    in_words = _("sharper; that happens") if row.after > row.before else eased
    return WeekRow("comp", tag, own, _("%(before)s before, %(after)s after") % given, in_words)


def _lesson(row: facts.Lesson) -> WeekRow:
    if row.result == "new":
        return WeekRow("mist", _("A new lesson, on %(day)s") % _on(row), row.sentence)
    result = str(LessonUse.Result(row.result).label) if row.result else ""
    return WeekRow("mist", _("A lesson came up on %(day)s") % _on(row), row.sentence, result)
