"""Makes an export: one ZIP, sealed as it is written, a few rows at a time.

It runs in one transaction, as the person, and locks the row of the export, so a second worker skips
it. After a crash the row is unchanged, and the next run starts again.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain
from typing import IO, TYPE_CHECKING, Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import override

from journal.exchange import calendar_file, tables
from journal.exchange.csv_files import BOM, CSV_FILES
from journal.exchange.export_filters import Rows
from journal.exchange.models import ENDINGS, EXPORT_KEPT_FOR, Export
from journal.exchange.photos_out import PhotosOut
from journal.exchange.readable.book import Book
from journal.exchange.readable.epub import Epub
from journal.exchange.readable.pages import Pages
from journal.exchange.readable.pdf import pdf
from journal.exchange.readable.plain import plain
from journal.exchange.renderers import markdown_pages
from journal.people.models import User
from journal.photos.models import Photo
from journal.privacy.ownership import OwnedModel
from journal.privacy.rls import acting_as
from journal.privacy.sealed_files import SealedWriter

if TYPE_CHECKING:
    from pyzipper import AESZipFile


def make(export_id: UUID, owner_id: UUID) -> None:
    """Writes the file of an export that is waiting; a second call does nothing."""
    with one_moment(), acting_as(owner_id):
        export = (
            Export.objects.waiting()
            .select_for_update(skip_locked=True, of=("self",))
            .filter(pk=export_id)
            .first()
        )
        if export is None:
            return
        with override(export.owner.language or settings.LANGUAGE_CODE):
            write(export)
        os.replace(export.path_of_part, export.path)  # noqa: PTH105
        export.progress.forget()
        export.ready_at = timezone.now()
        if export.passphrase:
            export.locked_at, export.passphrase = export.ready_at, ""
        export.expires_at = export.ready_at + EXPORT_KEPT_FOR
        export.save()


@contextmanager
def one_moment() -> Iterator[None]:
    """A transaction in which every statement reads the same snapshot."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("set transaction isolation level repeatable read")
        yield


def write(export: Export) -> None:
    writing = Writing(export)
    sealed = export.written()
    if export.format in ENDINGS and not export.passphrase:
        ((_name, pieces),) = writing.files()
        for piece in pieces:
            sealed.write(piece.encode() if isinstance(piece, str) else piece)
    else:
        with packed(sealed, export.passphrase) as archive:
            for name, pieces in writing.files():
                add(archive, name, pieces)
    sealed.finish()
    export.size, export.items = sealed.size, writing.done


def packed(sealed: SealedWriter, passphrase: str) -> "ZipFile | AESZipFile":
    """The ZIP to write to. With a passphrase it encrypts each file with AES-256, which WinZip and
    7-Zip can read."""
    file: Any = sealed
    if not passphrase:
        return ZipFile(file, "w", ZIP_DEFLATED, compresslevel=6)
    from pyzipper import WZ_AES, AESZipFile  # two megabytes that a web process seldom needs

    archive = AESZipFile(file, "w", ZIP_DEFLATED, compresslevel=6, encryption=WZ_AES)
    archive.setpassword(passphrase.encode())
    return archive


def add(archive: "ZipFile | AESZipFile", name: str, pieces: Iterator[str | bytes]) -> None:
    # Every file is dated 1980, so that equal journals give equal files.
    info = ZipInfo(name) if isinstance(archive, ZipFile) else archive.zipinfo_cls(name)
    info.compress_type = ZIP_STORED if name.endswith(".jpg") else ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    file: IO[bytes]
    with archive.open(info, "w", force_zip64=True) as file:
        for piece in pieces:
            file.write(piece.encode() if isinstance(piece, str) else piece)


class Writing:
    """The files of each export format, and the progress of writing them."""

    def __init__(self, export: Export) -> None:
        self.person: User = export.owner
        self.now = datetime.now(UTC).replace(microsecond=0)
        self.export, self.progress = export, export.progress
        self.kept = Rows(self.person, export.left_out, export.portion)
        # File names stay readable in an encrypted ZIP, so there they are numbers.
        self.by_number = bool(export.passphrase)
        self.photos = PhotosOut(self.kept, by_number=self.by_number)
        self.done = self.total = 0

    def files(self) -> Iterator[tuple[str, Iterator[Any]]]:
        if self.export.format in ENDINGS:
            yield f"journal.{ENDINGS[self.export.format]}", self.alone()
        elif self.export.format in (Export.Format.FIGURES, Export.Format.TABLES):
            words = self.export.format == Export.Format.TABLES
            for name, csv_file in CSV_FILES.items():
                yield f"{name}.csv", self.lines(csv_file(self.kept, words=words))
        else:
            yield from self.photos.files()  # first, so that the rest names those that are there
            if not self.kept.portion:  # a part is for reading
                yield "selftrust.json", self.rows()
            if any(self.kept.rows(model).exists() for model in tables.with_others()):
                yield "coaching.json", self.with_others()
                book = self.book(tables.with_others())
                yield "coaching.html", Pages(book, self.photos.names).whole()
            for name, csv_file in CSV_FILES.items():
                yield f"figures/{name}.csv", chain([BOM], csv_file(self.kept, words=True))
            if calendar_file.has_promises(self.kept):
                yield calendar_file.NAME, calendar_file.calendar_of(self.kept)
            pages = Pages(self.book(tables.tables()), self.photos.names)
            yield from pages.files(by_number=self.by_number)
            self.done = self.done or pages.written
            yield from markdown_pages(self.kept, self.photos, by_number=self.by_number)

    def alone(self) -> Iterator[str | bytes]:
        """All that there is to read as a single file."""
        book = self.book([*tables.tables(), *tables.with_others()])
        if self.export.format == Export.Format.EPUB:
            yield from Epub(book, self.export.pk).pieces()
        elif self.export.format == Export.Format.TEXT:
            yield from plain(book)
        elif self.export.format == Export.Format.PDF:
            yield from pdf(book)
        else:
            yield from Pages(book).whole()
        self.done = book.written

    def book(self, models: list[type[OwnedModel]]) -> Book:
        only = self.export.only
        return Book(self.person, self.kept, self.now, self.export.left_out, models, only)

    def lines(self, table: Iterator[str]) -> Iterator[str]:
        yield BOM + next(table)
        for piece in table:
            yield piece
            self.done += 1

    def rows(self) -> Iterator[str]:
        """Writes one row on each line, so that programs can read the file in pieces and diff it."""
        models = tables.tables()
        self.total = sum(self.kept.rows(model).count() for model in models)
        head: dict[str, Any] = {
            "format": "selftrust",
            "version": tables.VERSION,
            "exported_at": tables.plain(self.now),
            "left_out": self.export.left_out,
            "person": tables.preferences(self.person),
        }
        yield from self.json(head, models)

    def with_others(self) -> Iterator[str]:
        """The same for the tables between this person and a coach or client."""
        models = tables.with_others()
        self.total += sum(self.kept.rows(model).count() for model in models)
        head = {"format": "selftrust-coaching", "version": tables.VERSION}
        yield from self.json({**head, "exported_at": tables.plain(self.now)}, models)

    def json(self, head: dict[str, Any], models: list[type[OwnedModel]]) -> Iterator[str]:
        yield "{\n" + "".join(f"{line(key)}: {line(value)},\n" for key, value in head.items())
        yield '"tables": {'
        writer = tables.Writer()
        for place, model in enumerate(models):
            yield ("," if place else "") + f"\n{line(model.export_name)}: ["
            # No name may refer to the iterator, or it would outlive the transaction.
            for number, row in enumerate(
                self.kept.rows(model).order_by("pk").iterator(chunk_size=500)
            ):
                written = writer.row(self.kept.written(row))
                if isinstance(row, Photo):
                    written[tables.PHOTO_FILE] = self.photos.names.get(row.pk)
                yield (",\n" if number else "\n") + line(written)
                self.done += 1
                self.progress.say(self.done, self.total)
            yield "]"
        yield "\n}\n}\n"


def line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
