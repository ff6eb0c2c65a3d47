"""The buttons beside kind words: to take them over, and to mark them.

"use-7" takes over the seventh starter, "fits-7", "little-7" and "no-7" mark it, "open-7" takes
the mark away; own words have the id of a moment in place of the number. The view renders the page
again with everything typed, so the buttons work without JavaScript.
"""

import re
from dataclasses import dataclass
from typing import Any

from journal.people.models import User
from journal.reflections.compassion.kind_words import KindWord, KindWords
from journal.reflections.compassion.models import Mark, SelfCompassion, StarterMark
from journal.reflections.compassion.starters import STARTERS

OWN_AT_ONCE, OWN_OFFERED, STARTERS_AT_ONCE, FITTING_SHOWN = 3, 12, 6, 5
USE, OPEN = "use", "open"
VERBS = "|".join((USE, OPEN, *Mark.values))
NUMBERS = "|".join(str(number) for number in range(1, len(STARTERS) + 1))
TAP = re.compile(rf"(?P<verb>{VERBS})-(?P<key>{NUMBERS}|[0-9a-f]{{32}})")


class Taps:
    """The values that the buttons can have."""

    def __contains__(self, do: object) -> bool:
        return isinstance(do, str) and TAP.fullmatch(do) is not None


@dataclass(frozen=True)
class Tap:
    """The button that was pressed, with the words as they were before."""

    verb: str
    word: KindWord
    further_down: bool  # under "more"

    @property
    def undo(self) -> str:
        return f"{self.word.mark or OPEN}-{self.word.key}"


@dataclass(frozen=True)
class Offered:
    """A list in a step: some at once, the others under "more"."""

    words: list[KindWord]
    first: int
    opens: bool = False

    @property
    def at_once(self) -> list[KindWord]:
        return self.words[: self.first]

    @property
    def more(self) -> list[KindWord]:
        return self.words[self.first :]


def step_context(row: Any) -> dict[str, Any]:
    words, tapped = KindWords(row.owner, row), row.tapped
    deep = tapped.word if tapped and tapped.verb != USE and tapped.further_down else None
    return {
        "own": Offered(words.own[:OWN_OFFERED], OWN_AT_ONCE, bool(deep and deep.own)),
        "starters": Offered(words.starters, STARTERS_AT_ONCE, bool(deep and not deep.own)),
        "hidden": words.hidden,
        "marks": Mark.choices,
    }


def tap(person: User, do: str, row: SelfCompassion | None = None) -> Tap | None:
    """Performs the button's action. Returns None if its words do not exist any more."""
    found = TAP.fullmatch(do)
    if found is None:
        return None
    words, verb = KindWords(person, row), found["verb"]
    word = words.find(found["key"])
    if word is None:
        return None
    at_once = words.own[:OWN_AT_ONCE] if word.own else words.starters[:STARTERS_AT_ONCE]
    mark = "" if verb == OPEN else verb
    if verb != USE and word.own:
        person.selfcompassions.filter(pk__in=[one.pk for one in word.own]).mark_kind_words(mark)
    elif verb != USE:
        StarterMark.put(person, int(word.key), mark)
    return Tap(verb, word, word.mark != Mark.NO and word not in at_once)


def fitting(person: User) -> list[str]:
    """The first of the words that a person marked as fitting, for the list of moments."""
    return [one.words for one in KindWords(person).fitting[:FITTING_SHOWN]]
