"""The names of tags as a person types them: a line of words with commas between.

A name holds no comma, in any script, and no # in front, so that what a page shows can be read back.
"""

import re
from collections.abc import Iterable, Sequence

from journal.privacy.canonical import canonical

MOST_TAGS = 20  # on one entry
TAG_CHARACTERS = 40
COMMAS = re.compile("[,،、，\r\n]")


def tidy(name: str) -> str:
    """The name as it is stored; empty if nothing is left of it."""
    return " ".join(COMMAS.sub(" ", name).split()).lstrip("# ")


def split_names(line: str) -> list[str]:
    return distinct(COMMAS.split(line))


def join_names(names: Iterable[str]) -> str:
    return ", ".join(names)


def distinct(names: Iterable[str]) -> list[str]:
    """Tidy names, each once, whatever its case; in order."""
    found: dict[str, str] = {}
    for name in map(tidy, names):
        if key := canonical(name):  # empty too where no letter has a shape
            found.setdefault(key, name)
    return list(found.values())


def merged(seen: Sequence[str], wanted: Sequence[str], stored: Sequence[str]) -> list[str]:
    """`stored`, with what changed from `seen` to `wanted`: a three-way merge, name by name."""
    before, after, now = ({canonical(name) for name in names} for names in (seen, wanted, stored))
    if now == before:
        return distinct(wanted)
    rest = [name for name in stored if canonical(name) not in before - after]
    return distinct([*rest, *(name for name in wanted if canonical(name) not in before)])
