"""The five practices with a summary of each, for the page that replaces the sidebar on phones."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from journal.boundaries.models import Boundary
from journal.decisions.models import Decision
from journal.languages.lists import beside
from journal.people import clock
from journal.people.models import User
from journal.privacy.batched_queries import fetch_batched
from journal.promises.models import Promise
from journal.promises.today_query import TodayPromises, fetch_today_promises
from journal.reflections.daily import queries as daily
from journal.reflections.rumination import queries as rumination
from journal.today import waiting

Rows = list[dict[str, Any]]
OPEN = (Decision.State.DRAFT, Decision.State.EXPLORING, Decision.State.COOLING_OFF)


@dataclass(frozen=True)
class Practice:
    """`rows` reads a few plain values; `say` makes a line of them."""

    icon: str
    name: str | Lazy
    url_name: str
    rows: Callable[[User, date], QuerySet]
    say: Callable[[Rows, "Hub"], str]

    @property
    def hue(self) -> str:
        return f"p-{self.icon}"

    @property
    def address(self) -> str:
        return reverse(self.url_name)


@dataclass(frozen=True)
class PracticeRow:
    practice: Practice
    text: str


@dataclass
class Hub:
    person: User

    @cached_property
    def today(self) -> date:
        return clock.today(self.person)

    @cached_property
    def promises(self) -> TodayPromises:
        return fetch_today_promises(self.person, self.today, self.today, self.today)

    @cached_property
    def _found(self) -> list[list[Any]]:
        return fetch_batched(self.person, self.today, *FACTORIES)

    @cached_property
    def rows(self) -> list[waiting.TodoRow]:
        checks, *found = self._found[len(PRACTICES) :]
        return waiting.todo_rows(self.person, self.today, checks, self.promises.waiting, found)

    @property
    def drafts(self) -> list:
        """The latest first: the page shows it, and folds the others."""
        drafts = [row.draft for row in self.rows if row.draft]
        return sorted(drafts, key=lambda draft: draft.saved_at, reverse=True)

    @property
    def waiting(self) -> list[waiting.TodoRow]:
        return [row for row in self.rows if row.is_plain]

    @property
    def offer(self) -> rumination.Offer | None:
        """An offer to look at something another way: one at most."""
        return next((row.offer for row in self.rows if row.offer), None)

    @cached_property
    def practices(self) -> list[PracticeRow]:
        found = zip(PRACTICES, self._found, strict=False)
        return [PracticeRow(practice, practice.say(rows, self)) for practice, rows in found]


def by_state(rows: QuerySet) -> QuerySet:
    return rows.order_by().values("state").annotate(n=Count("pk"))


def counts(rows: Rows) -> dict[str, int]:
    return {row["state"]: row["n"] for row in rows}


def _promises(rows: Rows, hub: Hub) -> str:
    """ "2 not recorded yet today. 4 active, 1 paused"."""
    still_open = sum(not one.checkin.status for one in hub.promises.due)
    states = counts(rows)
    active, paused = states.get(Promise.State.ACTIVE, 0), states.get(Promise.State.PAUSED, 0)
    said = []
    if still_open:
        text = ngettext("%(n)s not recorded yet today", "%(n)s not recorded yet today", still_open)
        said.append(text % {"n": still_open})
    if active or paused:
        counted = ngettext("%(n)s active", "%(n)s active", active) % {"n": active}
        if paused:
            counted += ", " + ngettext("%(n)s paused", "%(n)s paused", paused) % {"n": paused}
        said.append(counted)
    return ". ".join(said) or _("None yet. Start with one you’re almost sure to keep")


def _boundaries(rows: Rows, hub: Hub) -> str:
    """ "1 worth another look. 5 in place, 2 not said yet"."""
    states, State = counts(rows), Boundary.State
    again, held = states.get(State.UNDER_REVIEW, 0), states.get(State.ACTIVE, 0)
    unsaid = states.get(State.READY, 0)
    said, in_force = [], []
    if again:
        text = ngettext("%(n)s worth another look", "%(n)s worth another look", again)
        said.append(text % {"n": again})
    if held:
        in_force.append(ngettext("%(n)s in place", "%(n)s in place", held) % {"n": held})
    if unsaid:
        text = ngettext("%(n)s not said yet", "%(n)s not said yet", unsaid)
        in_force.append(text % {"n": unsaid})
    if in_force:
        said.append(beside(in_force))
    return ". ".join(said) or _("None yet. Start with a time you said yes and meant no")


def _compassion(rows: Rows, hub: Hub) -> str:
    """What waits of hard moments. Their number is not a score, so the line leaves it out."""
    if any(line.icon == "comp" and line.let_go for line in hub.waiting):
        return _("A harsh voice from your check-in")
    acts = sum(row["finished_at"] is not None for row in rows)
    if acts:
        return ngettext("%(n)s kind thing to do", "%(n)s kind things to do", acts) % {"n": acts}
    return _("A break, a letter, or step by step")


def _decisions(rows: Rows, hub: Hub) -> str:
    """ "1 to look back on. 3 open"."""
    states, State = counts(rows), Decision.State
    due = sum(row["due"] for row in rows if row["state"] == State.DECIDED)
    still_open = sum(states.get(one, 0) for one in OPEN)
    said = []
    if due:
        said.append(
            ngettext("%(n)s ready to look back on", "%(n)s ready to look back on", due) % {"n": due}
        )
    if still_open:
        said.append(ngettext("%(n)s open", "%(n)s open", still_open) % {"n": still_open})
    return ". ".join(said) or _("None open. Start with one that keeps coming back to you")


def _lessons(rows: Rows, hub: Hub) -> str:
    """ "A lesson returns on Sunday"; further ahead, the date."""
    if not rows:
        return _("What happened, and what you learned")
    day = date.fromisoformat(rows[0]["next_due"])
    if day <= hub.today:
        return _("A lesson is back")
    near = day - hub.today < timedelta(days=7)
    return _("A lesson comes back on %(day)s") % {"day": date_format(day, "l" if near else "j F")}


# In the order of the landing page.
PRACTICES = (
    Practice(
        "prom",
        gettext_lazy("Keep promises to yourself"),
        "promises:list",
        lambda person, day: by_state(person.promises.finished()),
        _promises,
    ),
    Practice(
        "bound",
        gettext_lazy("Set clear boundaries"),
        "boundaries:list",
        lambda person, day: by_state(person.boundaries.finished()),
        _boundaries,
    ),
    Practice(
        "comp",
        gettext_lazy("Embrace self-compassion"),
        "compassion:list",
        lambda person, day: person.selfcompassions.waiting(day).order_by().values("finished_at"),
        _compassion,
    ),
    Practice(
        "dec",
        gettext_lazy("Make informed decisions"),
        "decisions:list",
        lambda person, day: by_state(person.decisions.live()).annotate(
            due=Count("pk", filter=Q(review_on__lte=day))
        ),
        _decisions,
    ),
    Practice(
        "mist",
        gettext_lazy("Learn from mistakes"),
        "mistakes:list",
        lambda person, day: (
            person.lessons.returning()
            .filter(next_due__isnull=False)
            .order_by("next_due")
            .values("next_due")[:1]
        ),
        _lessons,
    ),
)

# One batch fetches these, in this order.
FACTORIES = (*(one.rows for one in PRACTICES), daily.remembered, *waiting.FACTORIES)
