"""Makes an export: one ZIP, sealed as it is written, a few rows at a time.

It runs in one transaction, as the person, and locks the row of the export, so a second worker skips
it. After a crash the row is unchanged, and the next run starts again.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from typing import IO, TYPE_CHECKING, Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import override

from journal.exchange import calendar_file, tables, turns
from journal.exchange.csv_files import BOM, CSV_FILES
from journal.exchange.export_filters import Rows
from journal.exchange.models import ENDINGS, EXPORT_KEPT_FOR, Export
from journal.exchange.photos_out import PhotosOut
from journal.exchange.progress import Phase, Steps
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
from journal.reflections.entries.models import Entry

if TYPE_CHECKING:
    from pyzipper import AESZipFile

COST_OF_PHOTO = 40  # as many rows take as long


def make(export_id: UUID, owner_id: UUID) -> None:
    """Writes the file of an export that is waiting; a second call does nothing."""
    with one_moment(), acting_as(owner_id):
        export = (
            Export.objects.waiting()
            .select_for_update(skip_locked=True, of=("self",))
            .filter(pk=export_id)
            .first()
        )
        if export is None or not turns.begin(owner_id):
            return
        with override(export.owner.reads_in), export.written() as sealed:
            write(export, sealed)
        export.ready_at = timezone.now()
        if export.passphrase:
            export.locked_at, export.passphrase = export.ready_at, ""
        export.expires_at = export.ready_at + EXPORT_KEPT_FOR
        export.save()
    export.progress.forget()


@contextmanager
def one_moment() -> Iterator[None]:
    """A transaction in which every statement reads the same snapshot."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("set transaction isolation level repeatable read")
        yield


def write(export: Export, sealed: SealedWriter) -> None:
    writing = Writing(export)
    if export.format in ENDINGS and not export.passphrase:
        ((_name, pieces),) = writing.files()
        for piece in pieces:
            sealed.write(piece.encode() if isinstance(piece, str) else piece)
        writing.steps.begin(Phase.PACKING)
    else:
        with packed(sealed, export.passphrase) as archive:
            for _piece in zipped(archive, writing.files()):
                pass
            writing.steps.begin(Phase.PACKING)
    writing.steps.end()
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


def zipped(
    archive: "ZipFile | AESZipFile", files: Iterator[tuple[str, Iterator[str | bytes]]]
) -> Iterator[None]:
    """Writes the files into the archive, and lets the caller in after each piece."""
    for name, pieces in files:
        # Every file is dated 1980, so that equal journals give equal files.
        info = ZipInfo(name) if isinstance(archive, ZipFile) else archive.zipinfo_cls(name)
        info.compress_type = ZIP_STORED if name.endswith(".jpg") else ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        file: IO[bytes]
        with archive.open(info, "w", force_zip64=True) as file:
            for piece in pieces:
                file.write(piece.encode() if isinstance(piece, str) else piece)
                yield


class Writing:
    """The files of each export format, and the progress of writing them."""

    def __init__(self, export: Export) -> None:
        self.person: User = export.owner
        self.now = datetime.now(UTC).replace(microsecond=0)
        self.export = export
        self.kept = Rows(self.person, export.left_out, export.portion)
        # File names stay readable in an encrypted ZIP, so there they are numbers.
        self.by_number = bool(export.passphrase)
        self.photos = PhotosOut(self.kept, by_number=self.by_number)
        self.done = 0
        self.steps = Steps(export.progress, self._shares())

    def _shares(self) -> dict[Phase, float]:
        """The phases of this format, with what each costs beside the others."""
        if self.export.format in ENDINGS:
            return {Phase.PAGES: 9, Phase.PACKING: 9 if self.export.format == "pdf" else 1}
        if self.export.format != Export.Format.EVERYTHING:
            return {Phase.FIGURES: 9, Phase.PACKING: 1}
        self._rows = sum(self.kept.rows(model).count() for model in tables.tables())
        self._photos = self.kept.rows(Photo).count()
        return {
            Phase.PHOTOS: self._photos * COST_OF_PHOTO,
            Phase.DATA: 0 if self.kept.portion else self._rows,
            Phase.FIGURES: self._rows / 2,
            Phase.PAGES: self._rows * 3,
            Phase.PACKING: 1 + self._rows / 50,
        }

    def files(self) -> Iterator[tuple[str, Iterator[Any]]]:
        if self.export.format in ENDINGS:
            yield f"journal.{ENDINGS[self.export.format]}", self.alone()
        elif self.export.format in (Export.Format.FIGURES, Export.Format.TABLES):
            words = self.export.format == Export.Format.TABLES
            for place, (name, csv_file) in enumerate(CSV_FILES.items()):
                self.steps.advance(place, len(CSV_FILES))
                yield f"{name}.csv", self.lines(csv_file(self.kept, words=words))
        else:
            for place, photo in enumerate(self.photos.files()):  # first, so that the rest
                self.steps.advance(place, self._photos)  # names those that are there
                yield photo
            self.steps.begin(Phase.DATA)
            if not self.kept.portion:  # a part is for reading
                yield "selftrust.json", self.rows()
            if any(self.kept.rows(model).exists() for model in tables.with_others()):
                yield "coaching.json", self.with_others()
                book = self.book(tables.with_others())
                yield "coaching.html", Pages(book, self.photos.names).whole()
            self.steps.begin(Phase.FIGURES)
            for place, (name, csv_file) in enumerate(CSV_FILES.items()):
                self.steps.advance(place, len(CSV_FILES))
                yield f"figures/{name}.csv", chain([BOM], csv_file(self.kept, words=True))
            if calendar_file.has_promises(self.kept):
                yield calendar_file.NAME, calendar_file.calendar_of(self.kept)
            yield from self.pages()

    def pages(self) -> Iterator[tuple[str, Iterator[Any]]]:
        """The journal as HTML, and its entries as Markdown."""
        self.steps.begin(Phase.PAGES)
        book, entries = self.book(tables.tables()), self.kept.rows(Entry).count()
        items = book.size + entries
        for name, pieces in Pages(book, self.photos.names).files(by_number=self.by_number):
            yield name, self.followed(pieces, book, items)
        self.done = self.done or book.written
        pages = markdown_pages(self.kept, self.photos, by_number=self.by_number)
        for place, page in enumerate(pages):
            self.steps.advance(book.size + place, items)
            yield page

    def alone(self) -> Iterator[str | bytes]:
        """All that there is to read as a single file."""
        book = self.book([*tables.tables(), *tables.with_others()])
        if self.export.format == Export.Format.EPUB:
            pieces: Iterator[str | bytes] = Epub(book, self.export.pk).pieces()
        elif self.export.format == Export.Format.TEXT:
            pieces = plain(book)
        elif self.export.format == Export.Format.PDF:
            pieces = pdf(book, partial(self.steps.begin, Phase.PACKING))
        else:
            pieces = Pages(book).whole()
        yield from self.followed(pieces, book, book.size)
        self.done = book.written

    def followed(self, pieces: Iterator[Any], book: Book, items: int) -> Iterator[Any]:
        for piece in pieces:
            yield piece
            self.steps.advance(book.written, items)

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
                self.steps.advance(self.done, self._rows)
            yield "]"
        yield "\n}\n}\n"


def line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
