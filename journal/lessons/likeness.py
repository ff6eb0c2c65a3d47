"""How alike two texts are, by the words they share. Pure functions over text that is open already.

Two words are alike if one begins with the other and is at most three letters longer: "call" and
"calling". A lesson is like a text if they share two such words, or a long one that is in no other
lesson.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from journal.privacy.folding import fold

SHORTEST, LONG, ENDING = 4, 5, 3  # letters of a word, and of its ending
LETTERS = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")
# They say nothing of what a text is about.
COMMON = """
about after again also always another anything around because been before being came cannot come
comes could does doing done down each eight eleven else enough even ever every everything fifteen
fifty first five forty four from give going gone good half have having here herself himself hour
hours hundred into just know less like little long make making many maybe mine minute minutes more
most much must myself need never next nine nobody nothing only other over people please really
same says seven should since some somebody someone something soon still such sure take taken than
that their them then there these they thing things think thirty this those through time today told
tomorrow twelve twenty until upon very want wants well were what when where which while will with
without would year your yours yourself
"""
LEFT_OUT = set(COMMON.split())


def words_of(text: str) -> set[str]:
    return set(LETTERS.findall(fold(text))) - LEFT_OUT


def are_alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and len(long) - len(short) <= ENDING


def shared_words(texts: Iterable[str], among: Sequence[str]) -> list[set[str]]:
    """For each text of `among`, the words of `texts` that it shares, if it is like them."""
    begun: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for number, text in enumerate(among):
        for word in words_of(text):
            begun[word[:SHORTEST]].append((number, word))
    shared: list[set[str]] = [set() for _ in among]
    own: set[str] = set()
    for word in words_of(" ".join(texts)):
        found = {n for n, other in begun[word[:SHORTEST]] if are_alike(word, other)}
        own |= {word} if len(found) == 1 and len(word) >= LONG else set()
        for number in found:
            shared[number].add(word)
    return [words if len(words) > 1 or words & own else set() for words in shared]
