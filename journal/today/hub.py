"""The five practices with what waits in each, for the page that a phone has instead of the rail."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from journal.people import clock
from journal.people.models import User
from journal.promises.around import Around, around
from journal.promises.models import Promise
from journal.reflections.daily import queries as daily
from journal.today import waiting


@dataclass(frozen=True)
class Practice:
    icon: str
    name: str | Lazy
    text: str
    address: str = ""  # empty while there is no page to go to

    @property
    def hue(self) -> str:
        return f"p-{self.icon}"


# In the order of the landing page. Where a practice has its page, it is named here.
PRACTICES: list[tuple[str, Lazy, str]] = [
    ("prom", gettext_lazy("Keep promises to yourself"), "/promises/"),
    ("bound", gettext_lazy("Set clear boundaries"), "/boundaries/"),
    ("comp", gettext_lazy("Embrace self-compassion"), "/self-compassion/"),
    ("dec", gettext_lazy("Make informed decisions"), "/decisions/"),
    ("mist", gettext_lazy("Learn from mistakes"), "/lessons/"),
]


@dataclass
class Hub:
    person: User

    @cached_property
    def promises(self) -> Around:
        today = clock.today(self.person)
        return around(self.person, today, today, today)

    @cached_property
    def lines(self) -> list[waiting.Line]:
        today = clock.today(self.person)
        checks = daily.lately(self.person, today)
        return waiting.lines(self.person, today, checks, self.promises.waiting)

    @property
    def drafts(self) -> list:
        return [line.draft for line in self.lines if line.draft]

    @property
    def waiting(self) -> list[waiting.Line]:
        return [line for line in self.lines if not line.draft]

    @property
    def practices(self) -> list[Practice]:
        texts = {
            "prom": self._promises(),
            "bound": _("Your limits, the words for them, and what held"),
            "comp": _("A break, a letter, or all the way through"),
            "dec": _("What you are deciding, and what came of it"),
            "mist": _("Your lessons, and when they come back"),
        }
        return [
            Practice(icon, name, texts.get(icon, "") if address else _("Not here yet"), address)
            for icon, name, address in PRACTICES
        ]

    def _promises(self) -> str:
        """ "2 still open today. 4 active, 1 paused"."""
        still_open = sum(not one.checkin.status for one in self.promises.due)
        states = self.person.promises.count_by_state()
        active, paused = states.get(Promise.State.ACTIVE, 0), states.get(Promise.State.PAUSED, 0)
        said = []
        if still_open:
            text = ngettext("%(n)s still open today", "%(n)s still open today", still_open)
            said.append(text % {"n": still_open})
        if active or paused:
            counted = ngettext("%(n)s active", "%(n)s active", active) % {"n": active}
            if paused:
                counted += ", " + ngettext("%(n)s paused", "%(n)s paused", paused) % {"n": paused}
            said.append(counted)
        return ". ".join(said) or _("None yet. Start with one you are almost sure to keep")
