"""The waiting list: each app contributes its own items, and this module lists the apps."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from journal.boundaries import queries as boundaries
from journal.decisions import queries as decisions
from journal.guide.flow import Draft
from journal.guide.todo_items import TodoItem, ask, collect_todo_items
from journal.people.models import User
from journal.reflections.compassion import queries as compassion
from journal.reflections.compassion.models import SelfCompassion
from journal.reflections.daily import queries as daily
from journal.reflections.daily.models import DailyCheck
from journal.reflections.mistakes import queries as mistakes
from journal.reflections.practices import Practice
from journal.reflections.rumination import queries as rumination
from journal.reflections.week import queries as weeks
from journal.sharing import suggestions


@dataclass(frozen=True)
class TodoRow:
    """`own` marks a title in the person's words; `let_go` is an address for a POST, with `sends` as
    name and value of its button."""

    title: str
    text: str
    address: str
    icon: str
    own: bool = False
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
    boundaries.waiting,
    boundaries.following,
    decisions.waiting,
    compassion.waiting,
    mistakes.waiting,
    suggestions.waiting,
)
FACTORIES = (*(practice.rows for practice in PRACTICES), weeks.near, *rumination.HINTS)


def lines(
    person: User,
    day: date,
    checks: list[DailyCheck],
    promises: list[TodoItem],
    answers: list[list[Any]],
) -> list[TodoRow]:
    """`answers` are the rows of FACTORIES. Runs one more statement if a subject may keep coming
    back, and two more after a crossed line."""
    n = len(PRACTICES)
    asked, near, hints = (
        collect_todo_items(PRACTICES, answers[:n], day),
        answers[n],
        answers[n + 1 :],
    )
    if person.no_offers_since is None and rumination.may_say(*hints):
        asked += ask([rumination.waiting], person, day)
    visits = daily.open_questions(checks)
    if any(check.visit == DailyCheck.Visit.BOUNDARY for check in visits):
        written = boundaries.last_crossed_on(person)
        visits = [one for one in visits if not _is_written_down(one, written)]
    found = _week(person, day, near)
    found += [_visit(check) for check in visits]
    if any(check.visit == DailyCheck.Visit.BOUNDARY for check in visits):
        address = _crossing_address(person)
        found = [replace(one, address=address) if one.icon == "bound" else one for one in found]
    said = [*(("prom", one) for one in promises), *asked]
    return found + [_line(icon, one) for icon, one in said]


def _line(icon: str, one: TodoItem) -> TodoRow:
    if isinstance(one, rumination.Offer):
        return TodoRow(one.title, one.text, one.address, icon, offer=one)
    if isinstance(one, rumination.Back):
        return TodoRow(one.title, one.text, one.address, one.icon, own=one.own, let_go=one.let_lie)
    return TodoRow(one.title, one.text, one.address, icon, own=one.own, draft=one.draft)


def _week(person: User, day: date, near: list[Any]) -> list[TodoRow]:
    """The week whose reflection is open, until the person finishes or skips it."""
    week = weeks.open_week(person, day, near)
    if week is None:
        return []
    if week.number:
        place = {"number": week.number, "total": week.total}
        text = _("Carry on: step %(number)s of %(total)s") % place
        return [TodoRow(_("Your week"), text, week.address, "week")]
    skip = reverse("week:skip", args=[week.row.week_start])
    return [TodoRow(_("Look back on your week"), week.row.text, week.address, "week", let_go=skip)]


def _is_written_down(check: DailyCheck, last_crossed_on: date | None) -> bool:
    """A crossing recorded on that day or later replaces the line."""
    of_a_line = check.visit == DailyCheck.Visit.BOUNDARY
    return of_a_line and last_crossed_on is not None and check.date <= last_crossed_on


def _visit(check: DailyCheck) -> TodoRow:
    """A crossed line or a harsh voice that the person put off, with a link to the practice."""
    on, let_go = (
        {"day": date_format(check.date, "l j F")},
        reverse("today:dismiss-visit", args=[check.pk]),
    )
    if check.visit == DailyCheck.Visit.BOUNDARY:
        text = _("On %(day)s. Write it down, if you want to") % on
        return TodoRow(
            _("A line was crossed"), text, reverse("boundaries:list"), "bound", let_go=let_go
        )
    text = _("On %(day)s. Look at it gently, if you want to") % on
    address = f"{reverse('compassion:new')}?mode={SelfCompassion.Mode.BREAK}"
    return TodoRow(_("A harsh voice visited"), text, address, "comp", let_go=let_go)


def _crossing_address(person: User) -> str:
    """The new crossing of the only boundary, or the list to choose from, or without any boundary a
    new entry. One statement, and only after a crossed line."""
    active = list(boundaries.active_boundaries(person).values_list("pk", flat=True)[:2])
    if not active:
        return f"{reverse('entries:write')}?practice={Practice.BOUNDARIES}"
    if len(active) > 1:
        return reverse("boundaries:list")
    return reverse("boundaries:new-crossing", args=active)
