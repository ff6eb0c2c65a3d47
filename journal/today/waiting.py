"""What waits for the person: each app contributes its own items, and this module lists the apps."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.boundaries import queries as boundaries
from journal.decisions import queries as decisions
from journal.guide.flow import Draft
from journal.guide.todo_items import TodoItem, ask, collect_todo_items
from journal.languages.lists import colon
from journal.people.models import User
from journal.promises import experiments
from journal.reflections.compassion import queries as compassion
from journal.reflections.compassion.models import SelfCompassion
from journal.reflections.daily import queries as daily
from journal.reflections.daily.models import DailyCheck
from journal.reflections.mistakes import queries as mistakes
from journal.reflections.rumination import queries as rumination
from journal.reflections.week import queries as weeks
from journal.sharing import agreements, handovers, programs, suggestions, talk


@dataclass(frozen=True)
class TodoRow:
    """`own` marks a title in the person's words; `on` is the day it is about.
    `let_go` is an address for a POST, with `sends` as name and value of its button."""

    title: str
    text: str
    address: str
    icon: str
    own: bool = False
    on: date | None = None
    let_go: str = ""
    sends: tuple[str, str] = ("do", "let-go")
    draft: Draft | None = None
    offer: rumination.Offer | None = None

    @property
    def is_plain(self) -> bool:
        """Whether it is a plain line, without a layout of its own."""
        return not self.draft and not self.offer

    @property
    def hue(self) -> str:
        return f"p-{self.icon}"


# The contributors. Promises and the daily check are not among them: callers pass their rows.
PRACTICES = (
    experiments.over,
    boundaries.waiting,
    boundaries.following,
    decisions.waiting,
    decisions.forecasting,
    compassion.waiting,
    mistakes.waiting,
    suggestions.waiting,
    agreements.waiting,
    programs.waiting,
    talk.waiting,
    handovers.waiting,
)
FACTORIES = (*(practice.rows for practice in PRACTICES), weeks.near, *rumination.HINTS)


def todo_rows(
    person: User,
    day: date,
    checks: list[DailyCheck],
    promises: list[TodoItem],
    answers: list[list[Any]],
) -> list[TodoRow]:
    """`answers` are the rows of FACTORIES. Runs one more statement if a subject may keep coming
    back, and one more after a crossed line."""
    n = len(PRACTICES)
    asked, near, hints = (
        collect_todo_items(PRACTICES, answers[:n], day),
        answers[n],
        answers[n + 1 :],
    )
    if person.no_offers_since is None and rumination.may_say(*hints):
        asked += ask([rumination.waiting], person, day)
    found = [*_week(person, day, near), *_visits(person, checks)]
    said = [*(("prom", one) for one in promises), *asked]
    return found + [_row(icon, one) for icon, one in said]


def _row(icon: str, one: TodoItem) -> TodoRow:
    if isinstance(one, rumination.Offer):
        return TodoRow(one.title, one.text, one.address, icon, offer=one)
    row = TodoRow(one.title, one.text, one.address, icon, own=one.own, on=one.on, draft=one.draft)
    if isinstance(one, rumination.Back):
        return replace(row, icon=one.icon, let_go=one.let_lie)
    return row


def _week(person: User, day: date, near: list[Any]) -> list[TodoRow]:
    """The week whose reflection is open, until the person finishes or skips it."""
    week = weeks.open_week(person, day, near)
    if week is None:
        return []
    if week.number:
        place = {"number": week.number, "total": week.total}
        text = _("Continue: step %(number)s of %(total)s") % place
        return [TodoRow(_("Your week"), text, week.address, "week", on=week.row.week_end)]
    skip, title = reverse("week:skip", args=[week.row.week_start]), _("Look back on your week")
    on = week.row.week_end
    return [TodoRow(title, week.row.text, week.address, "week", let_go=skip, on=on)]


def _is_written_down(check: DailyCheck, last_crossed_on: date | None) -> bool:
    """A crossing recorded on that day or later replaces the line."""
    of_a_line = check.visit == DailyCheck.Visit.BOUNDARY
    return of_a_line and last_crossed_on is not None and check.date <= last_crossed_on


def _visits(person: User, checks: list[DailyCheck]) -> list[TodoRow]:
    """Crossed lines and harsh voices that the person put off: one row for each of the two, however
    many days there are. One more statement after a crossed line."""
    waiting = daily.open_questions(checks)
    crossed = [one for one in waiting if one.visit == DailyCheck.Visit.BOUNDARY]
    harsh = [one for one in waiting if one.visit == DailyCheck.Visit.CRITIC]
    if crossed:
        written = boundaries.last_crossed_on(person)
        crossed = [one for one in crossed if not _is_written_down(one, written)]
    found = []
    if crossed:
        title, address = _("A line was crossed"), f"{reverse('boundaries:list')}#crossed"
        found.append(_visit(crossed, title, _("write it down, if you like"), address, "bound"))
    if harsh:
        address = f"{reverse('compassion:new')}?mode={SelfCompassion.Mode.BREAK}"
        title = _("A harsh voice visited")
        found.append(_visit(harsh, title, _("look at it gently, if you like"), address, "comp"))
    return found


def _visit(
    checks: list[DailyCheck], title: str, invitation: str, address: str, icon: str
) -> TodoRow:
    """`checks` are of one kind, newest first."""
    last, n = checks[0], len(checks)
    days = {"day": date_format(last.date, "l j F"), "n": n}
    when = ngettext("On %(day)s", "On %(n)s days, the last on %(day)s", n) % days
    let_go = reverse("today:dismiss-visit", args=[last.pk])
    return TodoRow(
        title, f"{when}{colon()}{invitation}", address, icon, let_go=let_go, on=last.date
    )
