"""Search through sealed words: rows are read newest first, opened in batches, and looked at.

No index holds a word, so nothing about them leaks into one. What is asked for is folded: case and
accents do not matter, so "cafe" finds "Café". Text in ASCII takes a short cut; for the rest a
pattern allows each letter's accented forms, which also gives places for highlighting that are
true to the text as written.
"""

import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from journal.privacy.keys import data_key
from journal.privacy.words import WordsField, unseal

FIRST_BATCH, BATCH = 200, 2000
COMBINING = "\u0300-\u036f"


def fold(text: str) -> str:
    """Lower case without accents: NFKD, combining marks dropped, case folded."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


@lru_cache(maxsize=1)
def _forms_of_letters() -> dict[str, str]:
    """For each folded letter, every single character that folds to it."""
    forms: dict[str, str] = {}
    for code in range(sys.maxunicode + 1):
        if 0xD800 <= code <= 0xDFFF or not (char := chr(code)).isalpha() or code > 0x1FFFF:
            continue
        folded = fold(char)
        if len(folded) == 1:
            forms[folded] = forms.get(folded, "") + char
    return forms


def pattern_for(term: str) -> re.Pattern[str]:
    """A pattern that finds a folded term in text as written, whatever its case and accents."""
    forms = _forms_of_letters()
    pieces = []
    for char in fold(term):
        if char.isspace():
            pieces.append(r"\s+")
            continue
        choices = forms.get(char, "") + char
        pieces.append(f"[{re.escape(choices)}][{COMBINING}]*")
    return re.compile("".join(pieces))


@dataclass(frozen=True)
class Needle:
    """What is looked for: every term of `wanted`, none of `unwanted`; terms may be phrases."""

    wanted: tuple[str, ...]
    unwanted: tuple[str, ...] = ()

    @classmethod
    def parse(cls, query: str) -> "Needle":
        """Words and "exact phrases"; a leading minus (- or −) leaves something out."""
        found = re.findall(r'([-−]?)(?:["“”„]([^"“”„]+)["“”„]|(\S+))', query)
        terms = [(minus, " ".join((phrase or word).split())) for minus, phrase, word in found]
        terms = [(minus, term.strip('"“”„')) for minus, term in terms]
        wanted = tuple(term for minus, term in terms if term and not minus)
        unwanted = tuple(term for minus, term in terms if term and minus)
        return cls(wanted, unwanted)

    def matcher(self) -> Callable[[str], bool]:
        """A function that says whether a text matches."""
        wanted, unwanted = _finders(self.wanted), _finders(self.unwanted)

        def matches(text: str) -> bool:
            lowered = text.lower() if text.isascii() else None
            return all(_found(finder, text, lowered) for finder in wanted) and not any(
                _found(finder, text, lowered) for finder in unwanted
            )

        return matches

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the wanted terms stand in the text, in order, without overlaps."""
        spans = sorted(
            match.span() for term in self.wanted for match in pattern_for(term).finditer(text)
        )
        merged: list[tuple[int, int]] = []
        for start, end in spans:
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return merged


Finder = tuple[str, re.Pattern[str]]


def _finders(terms: tuple[str, ...]) -> list[Finder]:
    return [(fold(term), pattern_for(term)) for term in terms]


def _found(finder: Finder, text: str, lowered: str | None) -> bool:
    """`lowered` is the text in lower case where it is ASCII: then plain search will do."""
    folded, pattern = finder
    if lowered is not None and " " not in folded:
        return folded in lowered
    return pattern.search(text) is not None


def scan(
    rows: QuerySet[Any], fields: list[str], matches: Callable[[str], bool]
) -> Iterator[tuple[Any, ...]]:
    """Yields (id, *texts) of the rows whose texts match, in the order of `rows`.

    `rows` belong to one person and carry an order; `fields` are names of WordsFields. Rows are
    fetched in the binary format and opened here, a batch at a time, until the caller stops.
    """
    model = rows.model
    words: list[WordsField] = [model._meta.get_field(name) for name in fields]  # type: ignore[misc]
    query = rows.values_list("pk", "owner_id", *fields).query
    sql, parameters = query.sql_with_params()
    with connection.connection.cursor(name="scan", binary=True) as cursor:
        cursor.execute(sql, parameters)
        size = FIRST_BATCH
        while batch := cursor.fetchmany(size):
            size = BATCH
            cipher = data_key(batch[0][1])
            for row_id, owner_id, *sealed in batch:
                texts = [
                    unseal(cipher, data, field.place_of(owner_id, row_id)) if data else ""
                    for field, data in zip(words, sealed, strict=True)
                ]
                if matches("\n".join(texts)):
                    yield (row_id, *texts)
