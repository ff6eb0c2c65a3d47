"""A book as EPUB 3, for e-book readers: a ZIP of XHTML, a file for each month.

The same templates as the pages, made XML (xhtml.py). It is written piece by piece: no program seeks
in it, so its pieces can be sealed, or put into a locked ZIP, as they come.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zlib import crc32

from django.template.loader import get_template
from django.utils.translation import get_language, get_language_bidi

from journal.exchange.photos_out import read
from journal.exchange.readable import pages
from journal.exchange.readable.book import Book, rendered
from journal.exchange.readable.contents import Year, month_anchor
from journal.exchange.readable.items import Item
from journal.exchange.readable.plain import title_of
from journal.exchange.readable.xhtml import FORBIDDEN, xhtml
from journal.photos.models import Photo

FOLDER = "book/"
TITLE, NAV, BESIDES = "title.xhtml", "nav.xhtml", "besides.xhtml"
PACKAGE, STYLE = "package.opf", "style.css"
KINDS = {"xhtml": "application/xhtml+xml", "jpg": "image/jpeg", "css": "text/css"}


class Held:
    """What a ZipFile wrote since the last look."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._held.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        pass

    def take(self) -> bytes:
        taken, self._held = b"".join(self._held), []
        return taken


class Epub:
    def __init__(self, book: Book, identifier: UUID) -> None:
        self._book, self._identifier = book, identifier
        self._photos: dict[UUID, str] = {}
        self._listed: list[dict[str, Any]] = []  # of the package, in order of reading

    def pieces(self) -> Iterator[bytes]:
        held: Any = Held()
        archive = ZipFile(held, "w", ZIP_DEFLATED)
        stored(archive, "mimetype", b"application/epub+zip")
        for name, pieces in self._files():
            info = ZipInfo(name)
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o600 << 16
            with archive.open(info, "w") as file:
                for piece in pieces:
                    file.write(piece if isinstance(piece, bytes) else piece.encode())
                    yield held.take()
        archive.close()
        yield held.take()

    def _files(self) -> Iterator[tuple[str, Iterator[str | bytes]]]:
        yield "META-INF/container.xml", iter([self._xml("container")])
        yield from self._photo_files()
        yield self._listing(STYLE), iter([pages.style()])
        for name, parts in self._chapters():
            yield self._listing(name), self._chapter(parts)
        yield self._listing(NAV, properties="nav"), iter([self._nav()])
        yield FOLDER + PACKAGE, iter([self._package()])

    def _photo_files(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Those of entries in the book, in a size for a screen."""
        rows = self._book.kept.rows(Photo).filter(deleted_at=None, entry__deleted_at=None)
        rows = rows.only("owner_id", "stored_as").order_by("pk")
        for place, photo in enumerate(rows.iterator(chunk_size=200), start=1):
            data = read(photo, "medium")
            if data is not None:
                self._photos[photo.pk] = f"photos/{place:05}.jpg"
                yield self._listing(self._photos[photo.pk]), iter([data])

    def _listing(self, name: str, properties: str = "") -> str:
        kind = KINDS[name.rpartition(".")[2]]
        one = {"id": f"f{len(self._listed)}", "name": name, "kind": kind, "properties": properties}
        self._listed.append(one)
        return FOLDER + name

    def _chapters(self) -> Iterator[tuple[str, Iterator[str]]]:
        yield TITLE, self._title()
        for year in self._book.years:
            for month in year.months:
                yield file_of(month), self._month(year, month)
        besides = self._book.appendix()
        if (first := next(besides, None)) is not None:
            yield BESIDES, self._besides(chain([first], besides))

    def _chapter(self, parts: Iterator[str]) -> Iterator[str]:
        """A file; a drawing in it is a property that the package has to name."""
        listed = self._listed[-1]
        yield self._xml("chapter")
        for part in parts:
            if "<svg" in part:
                listed["properties"] = "svg"
            yield xhtml(part)
        yield "</body>\n</html>\n"

    def _title(self) -> Iterator[str]:
        yield rendered("cover", **self._book.about())
        yield from pages.contents(self._book, file_of)

    def _month(self, year: Year, month: date) -> Iterator[str]:
        if month == year.months[0]:
            yield rendered("year", year=year)
        yield rendered("month", month=month, anchor=month_anchor(month))
        last = date(month.year + month.month // 12, month.month % 12 + 1, 1) - date.resolution
        day = None
        for at, item in self._book.days(month, last):
            yield self._book.html_of(item, self._photo, file_of, at if at != day else None)
            day = at

    def _besides(self, items: Iterable[Item]) -> Iterator[str]:
        yield rendered("appendix")
        for item in items:
            yield self._book.html_of(item, self._photo, file_of)

    def _photo(self, photo: Photo) -> str:
        return self._photos.get(photo.pk, "")

    def _nav(self) -> str:
        years = [
            (year.number, [(month, file_of(month)) for month in year.months])
            for year in self._book.years
        ]
        besides = BESIDES if any(one["name"] == BESIDES for one in self._listed) else ""
        return self._xml("nav", years=years, title_file=TITLE, besides=besides)

    def _package(self) -> str:
        return self._xml(
            "package",
            identifier=self._identifier,
            modified=f"{self._book.now:%Y-%m-%dT%H:%M:%SZ}",
            listed=self._listed,
            spine=[one for one in self._listed if one["name"].endswith(".xhtml")],
        )

    def _xml(self, part: str, **context: Any) -> str:
        """Escaped as HTML is, which XML reads too."""
        context |= {"language": get_language(), "rtl": get_language_bidi()}
        context |= {"title": title_of(self._book), "called": self._book.person.called}
        made = get_template(f"exchange/readable/epub.xml#{part}").render(context)
        return FORBIDDEN.sub("\ufffd", made).lstrip()


def file_of(day: date) -> str:
    return f"{day:%Y-%m}.xhtml"


def stored(archive: ZipFile, name: str, data: bytes) -> None:
    """Writes a file as EPUB wants its first: not compressed, and with its size before it, which
    ZipFile writes behind where it cannot seek."""
    file: Any = archive.fp
    info = ZipInfo(name)
    info.CRC, info.file_size, info.compress_size = crc32(data), len(data), len(data)
    info.header_offset = file.tell()
    file.write(info.FileHeader(zip64=False) + data)
    archive.filelist.append(info)
    archive.NameToInfo[name] = info
    archive.start_dir = file.tell()
