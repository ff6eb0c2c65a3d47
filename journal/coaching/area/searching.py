"""Finds words in what is shared: of every client and kind, newest first, opened here.

The rows are what the coach's role can read, asked for in one statement, so that what is not shared
is neither found nor counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.safestring import SafeString

from journal.coaching.area.reading import Linked
from journal.coaching.details import SHOWN
from journal.coaching.kinds import KINDS, Kind
from journal.privacy.keys import data_key, open_every_key
from journal.privacy.scan import BETWEEN_FIELDS, Needle, excerpt
from journal.privacy.words import WordsField, unseal

PAGE = 20
MOST = 2000  # of the newest things that are looked through


@dataclass(frozen=True)
class Found:
    kind: Kind
    pk: UUID
    client: Linked
    excerpt: SafeString


def words_of(kind: Kind) -> list[WordsField]:
    fields = {field.name: field for field in kind.table._meta.concrete_fields}
    found = [fields[name] for name in SHOWN[kind.name] if name in fields]
    return [field for field in found if isinstance(field, WordsField)]


def _statement() -> str:
    parts, quoted = [], connection.ops.quote_name  # `limit` is a word of SQL, too
    for name, kind in KINDS.items():
        columns = ", ".join(quoted(str(field.column)) for field in words_of(kind))
        table = kind.table._meta.db_table
        parts.append(
            f"(select '{name}' as kind, id, owner_id, {kind.since} as since, array[{columns}] "
            f"from {table} order by {kind.since} desc limit {MOST})"
        )
    return f"{' union all '.join(parts)} order by since desc limit {MOST}"


def _texts() -> Iterator[tuple[Kind, UUID, UUID, list[str]]]:
    places: dict[tuple[str, UUID], list[bytes]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_statement())
        rows = cursor.fetchall()
    for name, pk, owner_id, _since, sealed in rows:
        if (name, owner_id) not in places:
            fields = words_of(KINDS[name])
            places[name, owner_id] = [field.place_of(owner_id) for field in fields]
        cipher = data_key(owner_id)
        texts = [
            unseal(cipher, bytes(data), place + pk.bytes) if data else ""
            for data, place in zip(sealed, places[name, owner_id], strict=True)
        ]
        yield KINDS[name], pk, owner_id, texts


def find(clients: dict[UUID, Linked], needle: Needle) -> list[Found]:
    """The newest finds, as many as a page takes."""
    open_every_key()
    matches = needle.matcher()
    found: list[Found] = []
    for kind, pk, owner_id, texts in _texts():
        if matches(BETWEEN_FIELDS.join(texts)) and owner_id in clients:
            text = next((one for one in texts if needle.spans(one)), "")
            found.append(Found(kind, pk, clients[owner_id], excerpt(text, needle)))
        if len(found) == PAGE:
            break
    return found
