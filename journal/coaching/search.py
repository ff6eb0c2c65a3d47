"""Searches the words of everything shared, by all clients, newest first, and unseals it here.

One statement reads the rows that the coach's role can see, so the search neither finds nor
counts others. A page searches a limited number of rows; it shows where it stopped, and the
next one continues there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.safestring import SafeString

from journal.coaching.queries import RosterRow
from journal.privacy.fields import WordsField, note_opened, unseal
from journal.privacy.keys import data_key, load_keys
from journal.privacy.text_search import BETWEEN_FIELDS, Needle, excerpt
from journal.sharing.shareable import KINDS, Kind
from journal.sharing.shared_fields import SHOWN

PAGE = 20
MOST = 2000  # rows that one page searches
Position = tuple[datetime, UUID]
Row = tuple[str, UUID, UUID, datetime, list[bytes | None]]


@dataclass(frozen=True)
class SearchHit:
    kind: Kind
    pk: UUID
    client: RosterRow
    excerpt: SafeString


@dataclass(frozen=True)
class SearchHits:
    """A page of hits. `after` is the start of the next page, if there are more rows."""

    shown: list[SearchHit]
    after: Position | None = None
    stopped_at: int = 0  # the number of rows searched, if there are older ones


def words_of(kind: Kind) -> list[WordsField]:
    fields = {field.name: field for field in kind.table._meta.concrete_fields}
    found = [fields[name] for name in SHOWN[kind.name] if name in fields]
    return [field for field in found if isinstance(field, WordsField)]


@cache
def _statement(*, goes_on: bool) -> str:
    parts, quoted = [], connection.ops.quote_name  # `limit` is an SQL keyword
    for name, kind in KINDS.items():
        columns = ", ".join(quoted(str(field.column)) for field in words_of(kind))
        table = kind.table._meta.db_table
        behind = f"where ({kind.since}, id) < (%(moment)s, %(thing)s) " if goes_on else ""
        parts.append(
            f"(select '{name}' as kind, id, owner_id, {kind.since} as since, array[{columns}] "
            f"from {table} {behind}order by {kind.since} desc, id desc limit %(most)s)"
        )
    return f"{' union all '.join(parts)} order by since desc, id desc limit %(most)s"


def _rows(after: Position | None) -> list[Row]:
    """The rows that a page searches, and one more if there is one."""
    given: dict[str, Any] = {"most": MOST + 1}
    if after:
        given["moment"], given["thing"] = after
    with connection.cursor() as cursor:
        cursor.execute(_statement(goes_on=after is not None), given)
        return cursor.fetchall()


def _texts(rows: list[Row]) -> Iterator[tuple[Row, list[str]]]:
    places: dict[tuple[str, UUID], list[bytes]] = {}
    for row in rows:
        name, pk, owner_id, _since, sealed = row
        if (name, owner_id) not in places:
            fields = words_of(KINDS[name])
            places[name, owner_id] = [field.place_of(owner_id) for field in fields]
        cipher = data_key(owner_id)
        yield (
            row,
            [
                unseal(cipher, bytes(data), place + pk.bytes) if data else ""
                for data, place in zip(sealed, places[name, owner_id], strict=True)
            ],
        )


def search_shared(
    clients: dict[UUID, RosterRow], needle: Needle, after: Position | None = None
) -> SearchHits:
    """Hits older than `after`, newest first."""
    load_keys()
    matches = needle.matcher()
    rows = _rows(after)
    found: list[SearchHit] = []
    last: Position | None = None
    for row, texts in _texts(rows[:MOST]):
        name, pk, owner_id, since, _sealed = row
        if matches(BETWEEN_FIELDS.join(texts)) and owner_id in clients:
            if len(found) == PAGE:
                return SearchHits(found, last)
            text = next((one for one in texts if needle.spans(one)), "")
            table: Any = KINDS[name].table
            note_opened(table(pk=pk, owner_id=owner_id))
            found.append(SearchHit(KINDS[name], pk, clients[owner_id], excerpt(text, needle)))
            last = since, pk
    if len(rows) <= MOST:
        return SearchHits(found)
    _name, pk, _owner_id, since, _sealed = rows[MOST - 1]
    return SearchHits(found, (since, pk), stopped_at=MOST)
