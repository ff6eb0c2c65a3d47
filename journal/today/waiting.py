"""What waits for a person: each app answers for itself, and this is the list of whom to ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from journal.boundaries import queries as boundaries
from journal.decisions import queries as decisions
from journal.guide.flow import Draft
from journal.guide.waiting import Asking, Waiting
from journal.people.models import User
from journal.privacy.together import together
from journal.reflections.compassion import queries as compassion
from journal.reflections.compassion.models import SelfCompassion
from journal.reflections.daily import queries as daily
from journal.reflections.daily.models import DailyCheck
from journal.today.welcome import steps as welcome


@dataclass(frozen=True)
class Line:
    """`own` says that the title is the person's words; `let_go` is an address to post to, with
    `sends` as name and value of the button."""

    title: str
    text: str
    address: str
    icon: str
    own: bool = False
    let_go: str = ""
    sends: tuple[str, str] = ("do", "let-go")
    draft: Draft | None = None

    @property
    def hue(self) -> str:
        return f"p-{self.icon}"


# The drawing of a practice, and the app that knows what of it waits. Promises and the daily check
# are not asked: Today has read them already.
APPS: list[tuple[str, Asking]] = [
    ("bound", boundaries.waiting),
    ("dec", decisions.waiting),
    ("comp", compassion.waiting),
]


def lines(
    person: User, day: date, checks: Sequence[DailyCheck], promises: list[Waiting]
) -> list[Line]:
    """One statement for all that are asked."""
    visits = daily.waiting(checks)
    crossed = any(check.visit == DailyCheck.Visit.BOUNDARY for check in visits)
    asked = [app.rows(person, day) for _icon, app in APPS]
    if crossed:
        asked.append(boundaries.standing(person).values("id")[:2])
    rows = together(*asked)
    standing = rows.pop() if crossed else []
    found = [*_getting_started(person), *(_visit(check, standing) for check in visits)]
    found += [_line("prom", one) for one in promises]
    for (icon, app), theirs in zip(APPS, rows, strict=True):
        found += [_line(icon, one) for row in theirs for one in app.lines(row, day)]
    return found


def _line(icon: str, one: Waiting) -> Line:
    own = one.draft is None or one.draft.own
    return Line(one.title, one.text, one.address, icon, own=own, draft=one.draft)


def _getting_started(person: User) -> list[Line]:
    """Where the welcome was left, until it is done or let go: looking around is a fine answer."""
    if person.welcome_step == welcome.DONE:
        return []
    step = welcome.reached(person)
    place = {"number": step.number, "total": len(welcome.STEPS)}
    return [
        Line(
            title=_("Getting started"),
            text=_("Step %(number)s of %(total)s") % place,
            address=step.address,
            icon="today",
            let_go=welcome.LAST.address,
            sends=("start", "look"),
        )
    ]


def _visit(check: DailyCheck, standing: list[dict[str, Any]]) -> Line:
    """What came on a day and was put off: a place to look at it, whenever."""
    day = {"day": date_format(check.date, "l j F")}
    let_go = reverse("let-visit-go", args=[check.pk])
    if check.visit == DailyCheck.Visit.BOUNDARY:
        text = _("On %(day)s. Write it down, if you want to") % day
        address = _crossing_address(standing)
        return Line(_("A line was crossed"), text, address, "bound", let_go=let_go)
    text = _("On %(day)s. Look at it gently, if you want to") % day
    address = f"{reverse('new-self-compassion')}?mode={SelfCompassion.Mode.BREAK}"
    return Line(_("A harsh voice visited"), text, address, "comp", let_go=let_go)


def _crossing_address(standing: list[dict[str, Any]]) -> str:
    """The one limit it can have been, the list to choose from, or where there is none, a page."""
    if not standing:
        return f"{reverse('write')}?practice=boundaries"
    if len(standing) > 1:
        return reverse("boundaries")
    return reverse("new-crossing", args=[standing[0]["id"]])
