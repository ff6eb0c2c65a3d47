"""Makes an export: one ZIP, sealed as it is written, a few rows at a time.

In one transaction, as the person, with the row of the export held: a second worker passes it by,
and one that was killed leaves what was there before; the next run begins again.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import IO, Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.db import connection, transaction
from django.utils import timezone

from journal.exchange import tables
from journal.exchange.figures import FIGURES
from journal.exchange.models import EXPORT_KEPT_FOR, Export
from journal.exchange.pages import markdown_pages, readable
from journal.people.models import User
from journal.privacy.wall import acting_as


def make(export_id: UUID, owner_id: UUID) -> None:
    """Doing it twice does it once."""
    with one_moment(), acting_as(owner_id):
        export = (
            Export.objects.waiting()
            .select_for_update(skip_locked=True, of=("self",))
            .filter(pk=export_id)
            .first()
        )
        if export is None:
            return
        write(export)
        os.replace(export.path_of_part, export.path)  # noqa: PTH105
        export.progress.path.unlink(missing_ok=True)
        export.ready_at = timezone.now()
        export.expires_at = export.ready_at + EXPORT_KEPT_FOR
        export.save()


@contextmanager
def one_moment() -> Iterator[None]:
    """A transaction in which every statement sees the same moment, whoever writes meanwhile."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("set transaction isolation level repeatable read")
        yield


def write(export: Export) -> None:
    person = export.owner
    writing = Writing(person, export)
    sealed = export.written()
    with ZipFile(sealed, "w", ZIP_DEFLATED, compresslevel=6) as archive:  # type: ignore[arg-type]
        for name, pieces in (
            ("selftrust.json", writing.rows()),
            *((f"figures/{name}.csv", figure(person)) for name, figure in FIGURES.items()),
            ("index.html", readable(person, writing.now)),
        ):
            add(archive, name, pieces)
        for name, pieces in markdown_pages(person):
            add(archive, name, pieces)
    sealed.finish()
    export.size, export.items = sealed.size, writing.done


def add(archive: ZipFile, name: str, pieces: Iterator[str]) -> None:
    info = ZipInfo(name)  # dated 1980 like every other, so that equal journals give equal files
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    file: IO[bytes]
    with archive.open(info, "w", force_zip64=True) as file:
        for piece in pieces:
            file.write(piece.encode())


class Writing:
    def __init__(self, person: User, export: Export) -> None:
        self.person = person
        self.now = datetime.now(UTC).replace(microsecond=0)
        self.progress = export.progress
        self.total = sum(
            model._base_manager.filter(owner=person).count() for model in tables.tables()
        )
        self.done = 0

    def rows(self) -> Iterator[str]:
        """One row to a line, so that the file can be read in pieces, and compared."""
        head: dict[str, Any] = {
            "format": "selftrust",
            "version": tables.VERSION,
            "exported_at": tables.plain(self.now),
            "person": tables.preferences(self.person),
        }
        yield "{\n" + "".join(f"{line(key)}: {line(value)},\n" for key, value in head.items())
        yield '"tables": {'
        writer = tables.Writer()
        for place, model in enumerate(tables.tables()):
            yield ("," if place else "") + f"\n{line(model._meta.label)}: ["
            for number, row in enumerate(tables.rows_of(self.person, model)):
                yield (",\n" if number else "\n") + line(writer.row(row))
                self.done += 1
                self.progress.say(self.done, self.total)
            yield "]"
        yield "\n}\n}\n"


def line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
