"""Search through sealed words: rows are read newest first, opened in batches, and looked at.

No index holds a word, so nothing about them leaks into one. What is asked for is folded, so that
case and accents do not matter: "cafe" finds "Café", and "strasse" finds "Straße". The text is not
folded but searched as it was written, with a pattern that allows each letter all its forms; that
is four times faster than folding it, and gives places for highlighting that are true to the text.
"""

import re
import secrets
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.pq import Format

from journal.privacy.fields import WordsField, unseal
from journal.privacy.keys import data_key

FIRST_BATCH, BATCH = 200, 2000
LONGEST_JOIN = 6  # letters; longer runs (sssss, which no one writes) are taken in parts
AROUND = 90  # characters of context on either side of the first find
BETWEEN_FIELDS = "\0"  # no one can write it, so no phrase is found across two fields

# Marks that may stand or be missing: accents, the points of Hebrew, the vowels of Arabic. Not the
# Japanese voicing marks nor the signs of Indic scripts, which make other letters.
MARKS = "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0652\u0670"
# Letters with forms other than their plain upper and lower case: Latin, Greek, Cyrillic, Armenian,
# phonetic and Greek extensions, ligatures, full width. All of Unicode would take 30 times as long
# to build, and patterns that reach past U+FFFF four times as long to run.
RANGES = [(0x80, 0x590), (0x1D00, 0x2000), (0x2C60, 0x2C80), (0xA720, 0xA800)]
RANGES += [(0x1C80, 0x1C89), (0xFB00, 0xFB18), (0xFF01, 0xFF5F)]
# What Unicode does not take apart, though people leave it out when they type.
STROKES = {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "æ": "ae", "œ": "oe", "ð": "d"}
STROKES |= {"’": "'", "‘": "'", "‐": "-", "‑": "-"}

_is_mark = re.compile(f"[{MARKS}]").match
_strokes = str.maketrans(STROKES)


@cache
def _folds() -> dict[str, str]:
    """What each character folds to, where that is not simply its lower case."""
    folds = dict(STROKES)
    for char in (chr(code) for start, end in RANGES for code in range(start, end)):
        parts = unicodedata.normalize("NFKD", char)
        folded = "".join(part for part in parts if not _is_mark(part)).casefold()
        folded = folded.translate(_strokes)
        if folded != char and " " not in folded:
            folds[char] = folded
    return folds


def fold(text: str) -> str:
    """Lower case, without accents, ligatures taken apart."""
    if text.isascii():
        return text.lower()
    folds = _folds()
    text = unicodedata.normalize("NFC", text)
    return "".join(
        folds[char] if char in folds else "" if _is_mark(char) else char.casefold() for char in text
    )


@cache
def _forms() -> dict[str, str]:
    """For each folded letter, and each two or three written as one: every such character."""
    forms: dict[str, str] = {}
    for char, folded in _folds().items():
        forms[folded] = forms.get(folded, "") + char
    return forms


def pattern_for(term: str) -> re.Pattern[str]:
    """A pattern that finds a term in text as written, whatever its case, accents and spaces."""
    words = (_source(word) for word in fold(term).split())
    return re.compile(rf"\s[\s{MARKS}]*".join(words))


def _source(folded: str) -> str:
    """The pattern of a folded word: letter by letter, and where one character may stand for two
    or three of them (ß for ss, ﬃ for ffi), every way to write those."""
    pieces, at = [], 0
    while at < len(folded):
        end = _end_of_joins(folded, at)
        pieces.append(_joins(folded[at:end]))
        at = end
    return "".join(pieces)


def _end_of_joins(folded: str, start: int) -> int:
    """Where the letters end that may be joined, each with the next, from `start` on."""
    forms, at, end = _forms(), start, start + 1
    while at < end < start + LONGEST_JOIN:
        sizes = [size for size in (2, 3) if folded[at : at + size] in forms]
        end = max([end, *(at + size for size in sizes if at + size <= len(folded))])
        at += 1
    return min(end, start + LONGEST_JOIN)


def _joins(letters: str) -> str:
    if not letters:
        return ""
    forms, ways = _forms(), []
    for size in (1, 2, 3):
        joined = letters[:size]
        if size == 1:
            cases = {case for case in (joined.upper(), joined.lower()) if len(case) == 1}
            choices = {joined, *forms.get(joined, ""), *cases}
        elif len(joined) == size and joined in forms:
            choices = set(forms[joined])
        else:
            continue
        way = f"[{re.escape(''.join(sorted(choices)))}][{MARKS}]*"
        ways.append(way + _joins(letters[size:]))
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


@dataclass(frozen=True)
class Needle:
    """What is looked for: every term of `wanted`, none of `unwanted`; terms may be phrases."""

    wanted: tuple[str, ...]
    unwanted: tuple[str, ...] = ()

    @classmethod
    def parse(cls, query: str) -> "Needle":
        """Words and "exact phrases"; a leading minus (- or −) leaves something out."""
        found = re.findall(r'([-−]?)(?:["“”„]([^"“”„]+)["“”„]|(\S+))', query)
        wanted: list[str] = []
        unwanted: list[str] = []
        for minus, phrase, word in found:
            term = (phrase or word).strip('"“”„')
            if fold(term).strip() and term not in ("-", "−"):
                (unwanted if minus else wanted).append(" ".join(term.split()))
        return cls(tuple(wanted), tuple(unwanted))

    @cached_property
    def _wanted_patterns(self) -> list[re.Pattern[str]]:
        return [pattern_for(term) for term in self.wanted]

    def matcher(self) -> Callable[[str], bool]:
        """A function that says whether a text matches; without a wanted term, none does."""
        wanted = list(zip(map(_ascii_only, self.wanted), self._wanted_patterns, strict=True))
        unwanted = [(_ascii_only(term), pattern_for(term)) for term in self.unwanted]

        def matches(text: str) -> bool:
            lowered = text.lower() if text.isascii() else None
            if lowered is None and not unicodedata.is_normalized("NFC", text):
                text = unicodedata.normalize("NFC", text)
            return (
                bool(wanted)
                and all(_found(finder, text, lowered) for finder in wanted)
                and not any(_found(finder, text, lowered) for finder in unwanted)
            )

        return matches

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the wanted terms stand in the text, in order, without overlaps."""
        spans = sorted(
            match.span() for pattern in self._wanted_patterns for match in pattern.finditer(text)
        )
        merged: list[tuple[int, int]] = []
        for start, end in spans:
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return merged


Finder = tuple[str | None, re.Pattern[str]]


def _ascii_only(term: str) -> str | None:
    """The folded term where a plain search for it will do in ASCII text."""
    folded = fold(term)
    return folded if " " not in folded else None


def _found(finder: Finder, text: str, lowered: str | None) -> bool:
    """`lowered` is the text in lower case where it is ASCII."""
    plain, pattern = finder
    if lowered is not None and plain is not None:
        return plain in lowered
    return pattern.search(text) is not None


def scan(
    rows: QuerySet[Any], fields: list[str], matches: Callable[[str], bool]
) -> Iterator[tuple[Any, ...]]:
    """Yields (id, *texts) of the rows whose texts match, in the order of `rows`.

    `rows` belong to one person and carry an order; `fields` are names of WordsFields. Rows are
    fetched in the binary format and opened here, a batch at a time, until the caller stops. Runs
    inside a transaction, which `acting_as` and every request give.
    """
    model = rows.model
    words: list[WordsField] = [model._meta.get_field(name) for name in fields]  # type: ignore[misc]
    query = rows.values_list("pk", "owner_id", *fields).query
    try:
        sql, parameters = query.sql_with_params()
    except EmptyResultSet:  # Django knows beforehand that there is no such row
        return
    connection.ensure_connection()
    # A name of its own, so that a caller may scan again between two finds of this one.
    name = f"scan_{secrets.token_hex(4)}"
    with connection.connection.cursor(name=name, binary=True) as cursor:
        cursor.adapters.register_loader("uuid", _Uuid)
        cursor.execute(sql, parameters)
        size = FIRST_BATCH
        while batch := cursor.fetchmany(size):
            size = BATCH
            owner_id = UUID(bytes=batch[0][1])
            cipher = data_key(owner_id)
            places = [field.place_of(owner_id) for field in words]
            for row_id, _owner, *sealed in batch:
                texts = [
                    unseal(cipher, data, place + row_id) if data else ""
                    for place, data in zip(places, sealed, strict=True)
                ]
                if matches(BETWEEN_FIELDS.join(texts)):
                    yield (UUID(bytes=row_id), *texts)


def excerpt(text: str, needle: Needle) -> SafeString:
    """The words around the first find, with every find in them marked."""
    text = " ".join(text.split())
    spans = needle.spans(text)
    start = max(0, spans[0][0] - AROUND) if spans else 0
    if start:
        start = text.find(" ", start) + 1 or start
    end = min(len(text), (spans[0][1] if spans else 0) + AROUND * 2)
    shown = marked(text[start:end], needle)
    return format_html("{}{}{}", "…" if start else "", shown, "…" if end < len(text) else "")


def marked(text: str, needle: Needle) -> SafeString:
    pieces, at = [], 0
    for start, end in needle.spans(text):
        pieces += [(text[at:start],), (format_html("<mark>{}</mark>", text[start:end]),)]
        at = end
    return format_html_join("", "{}", [*pieces, (text[at:],)])


class _Uuid(Loader):
    """The 16 bytes as they come: making UUIDs of all of them would cost as much as opening."""

    format = Format.BINARY

    def load(self, data: Buffer) -> bytes:
        return bytes(data)
