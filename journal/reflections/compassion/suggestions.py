"""Kind words to begin from: the person's own earlier ones first, then the starters.

Each has one button of the step's form: "use-7" takes the seventh starter over, "fits-7",
"little-7" and "no-7" mark it, "open-7" takes the mark away; "use-own-0" takes the newest of the
person's own. The step is drawn again, with whatever was typed, so all of it works as a plain form.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property

from journal.people.models import User
from journal.reflections.compassion.models import KindnessStarter, SelfCompassion, StarterMark
from journal.reflections.compassion.starters import STARTERS

OWN_SHOWN, AT_ONCE, FITTING_SHOWN = 3, 6, 5
LOOKED_THROUGH = 12  # earlier moments whose kinder thoughts may be the same
OPEN = "open"
VERBS = ("use", OPEN, *StarterMark.Mark.values)
TAPS = frozenset(
    {f"{verb}-{number}" for verb in VERBS for number in range(1, len(STARTERS) + 1)}
    | {f"use-own-{place}" for place in range(OWN_SHOWN)}
)
TAP = re.compile(r"(?P<verb>[a-z]+)-(?P<own>own-)?(?P<number>\d+)")


@dataclass(frozen=True)
class Tap:
    """A button that was pressed. `before` is the mark the starter had, for Undo."""

    verb: str
    number: int
    words: str
    before: str = ""

    @property
    def undo(self) -> str:
        return f"{self.before or OPEN}-{self.number}"


@dataclass
class Words:
    """What a person is offered."""

    person: User
    row: SelfCompassion

    @cached_property
    def own(self) -> list[str]:
        """Their kinder thoughts from other moments, the newest first, each once."""
        rows = self.person.selfcompassions.with_kinder_thought().newest_first()
        thoughts = [row.kinder_thought for row in rows[:LOOKED_THROUGH] if row.pk != self.row.pk]
        return list(dict.fromkeys(thoughts))[:OWN_SHOWN]

    @cached_property
    def by_mark(self) -> dict[str, list[KindnessStarter]]:
        marks = dict(self.person.startermarks.live().values_list("starter_id", "mark"))
        found = defaultdict(list)
        for starter in KindnessStarter.objects.all():
            found[marks.get(starter.pk, "")].append(starter)
        return found

    @property
    def hidden(self) -> list[KindnessStarter]:
        return self.by_mark["no"]

    @property
    def offered(self) -> list[tuple[KindnessStarter, str]]:
        """Those that fit first, then those that do a little, then the rest, each with its mark."""
        return [
            (starter, mark) for mark in ("fits", "little", "") for starter in self.by_mark[mark]
        ]

    @property
    def opens(self) -> bool:
        """Whether the starter marked last stood further down, so that going on there is easy."""
        tapped, order = self.row.tapped, ("fits", "little", "")
        if tapped is None or tapped.verb == "use" or tapped.before not in order:
            return False
        place = (order.index(tapped.before), tapped.number)
        others = [(order.index(mark), one.pk) for one, mark in self.offered]
        return sum(one < place for one in others if one[1] != tapped.number) >= AT_ONCE

    @property
    def at_once(self) -> list[tuple[KindnessStarter, str]]:
        return self.offered[:AT_ONCE]

    @property
    def more(self) -> list[tuple[KindnessStarter, str]]:
        return self.offered[AT_ONCE:]


def step_context(row: Any) -> dict[str, Any]:
    return {"words": Words(row.owner, row), "marks": StarterMark.Mark.choices}


def tap(row: SelfCompassion, do: str) -> Tap | None:
    """Does what a button says. None where it names words that are not there any more."""
    found = TAP.fullmatch(do)
    if found is None:
        return None
    verb, number = found["verb"], int(found["number"])
    if found["own"]:
        own = Words(row.owner, row).own
        return Tap(verb, number, own[number]) if number < len(own) else None
    starter = KindnessStarter.objects.filter(pk=number).first()
    if starter is None:
        return None
    if verb == "use":
        return Tap(verb, number, starter.words)
    before = StarterMark.put(row.owner, number, "" if verb == OPEN else verb)
    return Tap(verb, number, starter.words, before)


def fitting(person: User) -> list[str]:
    """Words that fitted, for the list of moments."""
    return [mark.starter.words for mark in person.startermarks.fitting()[:FITTING_SHOWN]]
