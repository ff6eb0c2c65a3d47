"""Kind words as starting points: the person's own earlier ones first, then the starters.

Each has buttons in the step's form: "use-7" takes over the seventh starter, "fits-7", "little-7"
and "no-7" mark it, "open-7" removes the mark; "use-own-0" takes over the newest of the person's
own. The view renders the step again with everything typed, so the buttons work without JavaScript.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property

from journal.people.models import User
from journal.privacy.canonical import without_doubles
from journal.reflections.compassion.models import KindnessStarter, SelfCompassion, StarterMark
from journal.reflections.compassion.starters import STARTERS

OWN_SHOWN, AT_ONCE, FITTING_SHOWN = 3, 6, 5
LOOKED_THROUGH = 12  # earlier moments to read, since some may share a kinder thought
OPEN = "open"
VERBS = ("use", OPEN, *StarterMark.Mark.values)
TAPS = frozenset(
    {f"{verb}-{number}" for verb in VERBS for number in range(1, len(STARTERS) + 1)}
    | {f"use-own-{place}" for place in range(OWN_SHOWN)}
)
TAP = re.compile(r"(?P<verb>[a-z]+)-(?P<own>own-)?(?P<number>\d+)")


@dataclass(frozen=True)
class Tap:
    """The button that was pressed. `before` is the starter's previous mark, for Undo."""

    verb: str
    number: int
    words: str
    before: str = ""

    @property
    def undo(self) -> str:
        return f"{self.before or OPEN}-{self.number}"


@dataclass
class Words:
    """The suggestions for a person."""

    person: User
    row: SelfCompassion

    @cached_property
    def own(self) -> list[str]:
        """The kinder thoughts of the person's other moments, newest first, without duplicates."""
        rows = self.person.selfcompassions.with_kinder_thought().newest_first()
        thoughts = [row.kinder_thought for row in rows[:LOOKED_THROUGH] if row.pk != self.row.pk]
        return without_doubles(thoughts)[:OWN_SHOWN]

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
        """Starters that fit, then those that fit a little, then the rest, each with its mark."""
        return [
            (starter, mark) for mark in ("fits", "little", "") for starter in self.by_mark[mark]
        ]

    @property
    def opens(self) -> bool:
        """Whether the last tap marked a starter further down; then the page
        opens the list there."""
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
    """Performs the button's action. Returns None if its words do not exist any more."""
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
    """Starters that the person marked as fitting, for the list of moments."""
    return [mark.starter.words for mark in person.startermarks.fitting()[:FITTING_SHOWN]]
