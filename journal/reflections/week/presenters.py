"""How pages render a week's record: the grid of promises, and a line for each event."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from django.utils.formats import date_format, get_format
from django.utils.functional import Promise as Lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from journal.boundaries.models import Crossing
from journal.languages.lists import listed
from journal.lessons.models import LessonUse
from journal.promises import wording
from journal.promises.models import CheckIn, Promise
from journal.promises.tallies import AHEAD, EXCUSED, KEPT, MISSED, OPEN, SMALL, UNRECORDED
from journal.reflections.week import snapshot as facts
from journal.reflections.week import svg
from journal.reflections.week.promise_changes import MOVE, PAUSE, SMALLER

# The icon of each mark in parts/_icons.html.
GLYPHS = {
    **{KEPT: "kept", SMALL: "small", MISSED: "missed", EXCUSED: "excused"},
    **{OPEN: "due", AHEAD: "due", UNRECORDED: "unknown"},
}
LABELS: dict[str, str | Lazy] = {
    **dict(CheckIn.Status.choices),
    OPEN: gettext_lazy("Not recorded yet"),
    AHEAD: gettext_lazy("Still to come"),
    UNRECORDED: gettext_lazy("Not recorded"),
    "": gettext_lazy("Not due"),
}

NOTHING_DUE = gettext_lazy("Nothing was due this week.")
NOT_DUE: dict[str, str | Lazy] = {
    Promise.State.PAUSED: gettext_lazy("It was paused."),
    Promise.State.RETIRED: gettext_lazy("You let this promise go."),
}


def span(first: date, last: date) -> str:
    """ "16 to 22 November 2026", without repeating what both dates share."""
    pattern = "j F Y" if first.year != last.year else "j F"
    start = get_format("j F Y").split()[0]
    if first.month == last.month and start.startswith("j"):
        pattern = start  # in German with a point; where the month comes first, it is said twice
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


@cache
def _cell(glyph: str, word: str) -> SafeString:
    icon = format_html('<svg aria-hidden="true"><use href="#g-{}"/></svg>', glyph)
    cell = '<td>{}<span class="visually-hidden">{}</span></td>'
    return format_html(cell, icon if glyph else "", word)


@dataclass(frozen=True)
class Row:
    promise: facts.Promise

    @property
    def cells(self) -> SafeString:
        """Icon and word of each day, each cell formatted once: a week of fifty promises has 350. By
        the week no day is due, so none is "not due"."""
        none = _("No answer") if self.promise.by_week else LABELS[""]
        marks = self.promise.marks
        # Reading a label is a look into each catalogue: once for each mark, not for each day.
        found = {
            mark: _cell(GLYPHS.get(mark, ""), str(LABELS[mark] if mark else none))
            for mark in set(marks)
        }
        return mark_safe("".join(found[mark] for mark in marks))  # noqa: S308 - cells that are formatted above

    @property
    def text(self) -> str:
        """The progress of a promise by the week: "2 of 3"."""
        amount = self.promise.tally
        target = amount.due - amount.excused
        return _("%(kept)s of %(target)s") % {"kept": amount.kept, "target": target}


@dataclass(frozen=True)
class Fate:
    """What became of a promise in the week."""

    promise: facts.Promise
    missed_on: tuple[date, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def drawing(self) -> SafeString:
        return svg.draw_strokes(svg.marks_of(self.promise))

    @property
    def counted(self) -> SafeString | str:
        """In numbers; a promise that was only missed needs none."""
        amount = self.promise.tally
        return "" if amount.missed and not amount.kept else wording.tally(amount)

    @property
    def missed_text(self) -> str:
        if not self.missed_on:
            return "" if self.counted else _("Missed this week.")
        days = listed([date_format(day, "l") for day in self.missed_on])
        return _("Missed on %(days)s.") % {"days": days}


@dataclass(frozen=True)
class Shown:
    record: facts.WeekSnapshot

    # --- what became of promises

    def _fate(self, promise: facts.Promise) -> Fate:
        misses = [one for one in self.record.misses if one.id == promise.id]
        notes = tuple(dict.fromkeys(one.note for one in misses if one.note))
        return Fate(promise, tuple(one.day for one in misses), notes)

    @property
    def planned(self) -> list[Fate]:
        """The promises of last week's plan that had anything due."""
        by_id = {one.id: one for one in self.record.promises}
        return [self._fate(by_id[pk]) for pk in self.record.plan.promises if pk in by_id]

    @property
    def not_due(self) -> list[tuple[str, str | Lazy]]:
        """The other promises of the plan, and why they had nothing to record."""
        return [
            (one.statement, NOT_DUE.get(one.state, NOTHING_DUE)) for one in self.record.plan.not_due
        ]

    @property
    def first(self) -> Fate | None:
        return next(map(self._fate, self.record.promises), None)

    @property
    def missed(self) -> list[Fate]:
        return [self._fate(one) for one in self.record.missed]

    @property
    def drawing(self) -> SafeString:
        return svg.draw_week(self.record)

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
        return (
            ngettext("%(n)s can still be recorded.", "%(n)s can still be recorded.", n) % {"n": n}
            if n
            else ""
        )

    @property
    def to_confirm(self) -> list[Row]:
        return [row for row in self.rows if row.promise.to_confirm]

    # --- lines

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

    @property
    def all_rows(self) -> list[WeekRow]:
        """For the page of a week and for print."""
        return [
            *(*self.misses, *self.boundaries, *self.critic),
            *(*self.decisions, *self.lessons, *self.credits),
        ]

    @property
    def evidence(self) -> list[WeekRow]:
        """What happened beside the promises. Nothing that waits to be done."""
        done = [_follow_up(one) for one in self.record.follow_ups if one.done]
        made = replace(self.record, decisions=self.record.decisions_made)
        return [
            *(*map(_crossing, self.record.crossings), *done, *self.critic),
            *(*Shown(made).decisions, *self.lessons, *self.credits),
        ]

    @property
    def in_view(self) -> list[WeekRow]:
        return self.evidence[:IN_VIEW]

    @property
    def folded(self) -> list[WeekRow]:
        return self.evidence[IN_VIEW:]

    @property
    def heavier(self) -> list[WeekRow]:
        return [_moment(one) for one in self.record.moments if one.is_heavier]

    @property
    def said(self) -> WeekRow | None:
        """One sentence of evidence to end with, by rules in a fixed order."""
        if self.record.came_back:
            return WeekRow("prom", _("After a miss, you kept the very next chance."), "")
        for lesson in self.record.lessons:
            if lesson.result == LessonUse.Result.HELPED:
                return WeekRow(
                    "mist", _("On %(day)s a lesson of yours helped:") % _on(lesson), lesson.sentence
                )
        for crossing in self.record.crossings:
            if crossing.result in (Crossing.Result.HELD, Crossing.Result.HELD_LATER):
                text = _("On %(day)s you held a boundary:") % _on(crossing)
                return WeekRow("bound", text, crossing.limit)
        amount = self.record.tally
        if amount.due and not amount.open and not amount.unrecorded:
            return WeekRow("prom", _("Every promise of the week is recorded."), "")
        return None


IN_VIEW = 5


def _on(row: Any) -> dict[str, str]:
    return {"day": date_format(row.day, "l")}


def _crossing(row: facts.Crossing) -> WeekRow:
    held = row.result in (Crossing.Result.HELD, Crossing.Result.HELD_LATER)
    result = "" if held else str(Crossing.Result(row.result).label)
    tag = _("A boundary held, on %(day)s") if held else _("A boundary was crossed on %(day)s")
    return WeekRow("bound", tag % _on(row), row.happened or row.limit, result)


def _follow_up(row: facts.FollowUp) -> WeekRow:
    tag = _("A next step for %(day)s") % _on(row)
    return WeekRow("bound", tag, row.text, _("Done") if row.done else _("Not done yet"))


def _moment(row: facts.Moment) -> WeekRow:
    tag, own = _("A hard moment on %(day)s") % _on(row), row.kinder or row.trigger
    if row.before is None or row.after is None:
        return WeekRow("comp", tag, own)
    given = {"before": row.before, "after": row.after}
    eased = _("easier afterwards") if row.after < row.before else _("as strong afterwards")
    in_words = _("heavier afterwards") if row.is_heavier else eased
    return WeekRow("comp", tag, own, _("%(before)s before, %(after)s after") % given, in_words)


def _lesson(row: facts.Lesson) -> WeekRow:
    if row.result == "new":
        return WeekRow("mist", _("A new lesson, on %(day)s") % _on(row), row.sentence)
    result = str(LessonUse.Result(row.result).label) if row.result else ""
    return WeekRow("mist", _("A lesson came up on %(day)s") % _on(row), row.sentence, result)


def agreed(week: Any) -> list[WeekRow]:
    """What a finished week changed, and what it chose for the next one."""
    found = changed(week)
    if week.next_choice == "promise":
        given = {"day": date_format(week.next_first, "l")}
        found.append(WeekRow("prom", _("From %(day)s, for a week") % given, week.next_statement))
    return found


def changed(week: Any) -> list[WeekRow]:
    """What the reflection changes about promises that were missed."""
    names = {one.id: one.statement for one in week.record.promises}
    given = {"day": date_format(week.next_first, "l")}
    tags = {
        SMALLER: _("From %(day)s, smaller"),
        MOVE: _("From %(day)s, moved to after"),
        PAUSE: _("Paused from %(day)s"),
    }
    return [
        WeekRow("prom", tags[one.what] % given, one.words or names.get(one.promise, ""))
        for one in week.decided.whole(*tags)
    ]
