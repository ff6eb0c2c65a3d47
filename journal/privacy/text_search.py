"""Search through sealed words: reads rows newest first, decrypts them in batches and matches them.

No index holds a word, so none leaks one. Search ignores case and accents (folding.py).
"""

import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BinaryField, F, ForeignKey, Func, QuerySet, UUIDField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from journal.privacy.fields import WordsField, unseal_column
from journal.privacy.folding import (
    fold,
    fold_for,
    folded_clusters,
    may_need_folding,
    needs_folding,
    pattern_for,
)
from journal.privacy.keys import data_key

FIRST_BATCH, BATCH, CHUNK = 200, 2000, 100
UUID_FIELDS = (UUIDField, ForeignKey)
AROUND = 90  # characters of context on either side of the first find
# Letters of all terms from which on a text is folded once. A pattern of 200 letters may compare
# each letter of the text 200 times: in 20,000 times "é" it took 0.2 s to find no "éé…éx".
FOLDED_FROM = 32
APOSTROPHE = "'"  # which a backtick stands for, too
BETWEEN_FIELDS = "\0"  # no text contains it, so no phrase matches across two fields


@dataclass(frozen=True)
class Needle:
    """A parsed query: every term of `wanted`, none of `unwanted`; terms may be phrases."""

    wanted: tuple[str, ...]
    unwanted: tuple[str, ...] = ()

    @classmethod
    def parse(cls, query: str) -> "Needle":
        """Parses words and "exact phrases"; a leading minus (- or −) excludes a term."""
        found = re.findall(r'([-−]?)(?:["“”„]([^"“”„]+)["“”„]|(\S+))', query)
        wanted: list[str] = []
        unwanted: list[str] = []
        for minus, phrase, word in found:
            term = (phrase or word).strip('"“”„')
            if fold(term).strip() and term not in ("-", "−"):
                (unwanted if minus else wanted).append(" ".join(term.split()))
        return cls(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted)))

    @cached_property
    def _wanted_patterns(self) -> list[re.Pattern[str]]:
        return [pattern_for(term) for term in self.wanted]

    def matcher(self) -> Callable[[str], bool]:
        """A predicate for texts in form NFC, as fields.py stores them. Without a wanted term, no
        text matches."""
        matches = self.raw_matcher()
        return lambda text: matches(text.encode())

    def raw_matcher(self) -> Callable[[bytes], bool]:
        """The same for texts in UTF-8, most of which it need not decode."""
        wanted = list(zip(map(_ascii_only, self.wanted), self._wanted_patterns, strict=True))
        unwanted = [(_ascii_only(term), pattern_for(term)) for term in self.unwanted]
        folds = sum(map(len, (*self.wanted, *self.unwanted))) > FOLDED_FROM
        if len(wanted) == 1 and not unwanted and not folds and wanted[0][0] is not None:
            return _matcher_of_one(wanted[0][0], wanted[0][1])

        def matches(raw: bytes) -> bool:
            text = raw.decode()
            lowered = fold(text) if folds or text.isascii() or needs_folding(text) else None
            return (
                bool(wanted)
                and all(_found(finder, text, lowered) for finder in wanted)
                and not any(_found(finder, text, lowered) for finder in unwanted)
            )

        return matches

    @cached_property
    def _plain(self) -> list[str] | None:
        terms = [_ascii_only(term) for term in self.wanted]
        plain = [term for term in terms if term is not None]
        return plain if len(plain) == len(terms) else None

    def may_match(self, raw: bytes) -> bool:
        """False if no row matches, of those whose texts these are, together. Most rows lack a rare
        word, and many are ruled out in the time of one."""
        if self._plain is None:
            return True
        folded = fold_for("".join(self._plain), raw)
        return folded is None or all(term in folded for term in self._plain)

    def first(self, text: str) -> tuple[int, int]:
        """The position of the first wanted term; the start of the text if there is none."""
        return min(self._finds(text), default=(0, 0))

    def _finds(self, text: str) -> Iterator[tuple[int, int]]:
        """The positions of all wanted terms, a term after the other, as they may overlap."""
        folded, places = folded_clusters(text) if needs_folding(text) else (text, None)
        for pattern in self._wanted_patterns:
            for match in pattern.finditer(folded):
                start, end = match.span()
                yield (places[start][0], places[end - 1][1]) if places else (start, end)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """The positions of the wanted terms in the text, in order, without overlaps."""
        spans = sorted(self._finds(text))
        merged: list[tuple[int, int]] = []
        for start, end in spans:
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return merged


Finder = tuple[str | None, re.Pattern[str]]


def _matcher_of_one(plain: str, pattern: re.Pattern[str]) -> Callable[[bytes], bool]:
    """For one word, which most searches are: a third of the time of the general predicate."""
    sought, search, has_apostrophe = plain.encode(), pattern.search, APOSTROPHE in plain

    def matches(raw: bytes) -> bool:
        if raw.isascii():
            return sought in raw.lower() or (has_apostrophe and plain in fold(raw.decode()))
        text = raw.decode()
        if may_need_folding(raw) and needs_folding(text):
            return plain in fold(text)
        return search(text) is not None

    return matches


def _ascii_only(term: str) -> str | None:
    """The folded term, if folded text needs only a substring search for it."""
    folded = fold(term)
    return folded if " " not in folded else None


def _found(finder: Finder, text: str, lowered: str | None) -> bool:
    """`lowered` is the folded text, if it is ASCII, its letters unusual or the terms long."""
    plain, pattern = finder
    if lowered is not None and plain is not None:
        return plain in lowered
    return pattern.search(text if lowered is None else lowered) is not None


def scan(
    owner_id: UUID,
    rows: QuerySet[Any],
    fields: Sequence[str],
    needle: Needle,
    columns: Sequence[str] = (),
) -> Iterator[tuple[bytes, tuple[Any, ...], list[bytes]]]:
    """Yields (id, values of the columns, texts) of the rows whose texts match, in their order.

    `rows` belong to the owner; `fields` are names of WordsFields. Ids are 16 bytes and texts are
    UTF-8: to convert those of all rows would take longer than to decrypt them. Rows are fetched in
    the binary format, a batch at a time, and decrypted here, until the caller stops.
    Needs a transaction, which `acting_as` and every request provide.
    """
    model = rows.model
    words: list[WordsField] = [model._meta.get_field(name) for name in fields]
    own = [name for name in columns if "__" not in name]  # the others are days of a parent
    ids = {name for name in own if isinstance(model._meta.get_field(name), UUID_FIELDS)}
    asked = [_Bytes(name) if name in ids else name for name in columns]
    query = rows.values_list(_Bytes("pk"), *asked, *map(F, fields)).query
    try:
        sql, parameters = query.sql_with_params()
    except EmptyResultSet:  # Django knows without a query that there is no such row
        return
    matches, may_match = needle.raw_matcher(), needle.may_match
    between = BETWEEN_FIELDS.encode()
    texts_from = 1 + len(columns)
    connection.ensure_connection()
    # A unique name, so that a caller may start another scan between two matches of this one.
    name = f"scan_{secrets.token_hex(4)}"
    with connection.connection.cursor(name=name, binary=True) as cursor:
        cursor.execute(sql, parameters)
        size = FIRST_BATCH
        while batch := cursor.fetchmany(size):
            size = BATCH
            cipher = data_key(owner_id)
            for chunk in (batch[at : at + CHUNK] for at in range(0, len(batch), CHUNK)):
                row_ids, *cells = zip(*chunk, strict=True)
                opened = [
                    unseal_column(cipher, field.place_of(owner_id), sealed, row_ids)
                    for field, sealed in zip(words, cells[len(columns) :], strict=True)
                ]
                texts = (
                    opened[0]
                    if len(words) == 1
                    else [*map(between.join, zip(*opened, strict=True))]
                )
                if not may_match(between.join(texts)):
                    continue
                for number, text in enumerate(texts):
                    if matches(text):
                        row = chunk[number]
                        yield row[0], row[1:texts_from], [column[number] for column in opened]


def excerpt(text: str, needle: Needle) -> SafeString:
    """The text around the first match, with every match in it marked."""
    text = " ".join(text.split())
    found, ends = needle.first(text)
    start = max(0, found - AROUND)
    if start:
        start = text.find(" ", start, found) + 1 or start
    end = min(len(text), ends + AROUND * 2)
    shown = marked(text[start:end], needle)
    return format_html("{}{}{}", "…" if start else "", shown, "…" if end < len(text) else "")


def marked(text: str, needle: Needle) -> SafeString:
    pieces, at = [], 0
    for start, end in needle.spans(text):
        pieces += [(text[at:start],), (format_html("<mark>{}</mark>", text[start:end]),)]
        at = end
    return format_html_join("", "{}", [*pieces, (text[at:],)])


class _Bytes(Func):
    """An id as its 16 bytes."""

    function = "uuid_send"
    output_field = BinaryField()
