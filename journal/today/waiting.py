"""What waits for a person: each app answers for itself, and this is the list of whom to ask."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from journal.boundaries import queries as boundaries
from journal.decisions import queries as decisions
from journal.guide.flow import Draft
from journal.guide.waiting import Waiting
from journal.people.models import User
from journal.reflections.compassion import queries as compassion
from journal.reflections.compassion.models import SelfCompassion
from journal.reflections.daily import queries as daily
from journal.reflections.daily.models import DailyCheck


@dataclass(frozen=True)
class Line:
    """`own` says that the title is the person's words; `let_go` is an address to post to."""

    title: str
    text: str
    address: str
    icon: str
    own: bool = False
    let_go: str = ""
    draft: Draft | None = None

    @property
    def hue(self) -> str:
        return f"p-{self.icon}"


# The drawing of a practice, and the app that knows what of it waits. Promises and the daily check
# are not asked: Today has read them already.
APPS: list[tuple[str, Callable[[User, date], list[Waiting]]]] = [
    ("bound", boundaries.waiting),
    ("dec", decisions.waiting),
    ("comp", compassion.waiting),
]


def lines(person: User, day: date, checks: list[DailyCheck], promises: list[Waiting]) -> list[Line]:
    asked = [("prom", promises), *((icon, waiting(person, day)) for icon, waiting in APPS)]
    found = [_visit(check) for check in daily.waiting(checks)]
    for icon, waiting in asked:
        for one in waiting:
            own = one.draft is None or one.draft.own
            found.append(Line(one.title, one.text, one.address, icon, own=own, draft=one.draft))
    return found


def _visit(check: DailyCheck) -> Line:
    """What came on a day and was put off: a place to go with it, whenever."""
    on, let_go = {"day": date_format(check.date, "l j F")}, reverse("let-visit-go", args=[check.pk])
    if check.visit == DailyCheck.Visit.BOUNDARY:
        text = _("On %(day)s. Write about it, if you want to") % on
        return Line(_("A line was crossed"), text, reverse("boundaries"), "bound", let_go=let_go)
    text = _("On %(day)s. Look at it gently, if you want to") % on
    address = f"{reverse('new-self-compassion')}?mode={SelfCompassion.Mode.BREAK}"
    return Line(_("A harsh voice visited"), text, address, "comp", let_go=let_go)
