"""The file that a person sent, as importers see it: a ZIP, a ZIP of ZIPs, a TAR, or a single file.

A single file looks like an archive with one member. Everything is bounded, and nothing is unpacked
onto the disk.
"""

import codecs
import csv
import io
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from fnmatch import fnmatch
from typing import IO, TYPE_CHECKING, Any, NoReturn

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _

from journal.exchange import archive
from journal.exchange.archive import Opens, names_in
from journal.exchange.exceptions import Damaged, ImportRefused
from journal.exchange.foreign.inner_zips import InnerZips
from journal.exchange.foreign.tar_files import TarArchive, is_tar
from journal.exchange.json_stream import JsonPieces
from journal.privacy import json_input

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

HEAD = 8 * 1024  # bytes, by which a format is recognised
LONGEST_TEXT = 16 * 1024**2  # bytes of a file that is read whole
LARGEST_DATABASE = 100 * 1024**2
LONGEST_CELL = 1024**2  # characters
MOST_TAGS = 400_000  # of an XML file, which is held in memory
SQLITE = b"SQLite format 3\0"
NO_DATABASE = (sqlite3.Error, UnicodeDecodeError)  # whose messages quote the damaged file
STEP, MOST_STEPS = 10_000, 20_000  # of the instructions of a query: some seconds
SQLITE_READS = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}
# Where the text is too short to tell, the first of these that fits.
ENCODINGS = [
    *("utf_8", "utf_16", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256"),
    *("shift_jis", "gb18030", "big5", "euc_kr", "koi8_r", "mac_roman"),
]
SHORT = 64  # bytes
GZIP = b"\x1f\x8b"
AGE = (b"age-encryption.org/v1\n", b"-----BEGIN AGE ENCRYPTED FILE-----")
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
NOT_IN_CP1252 = {0x81, 0x8D, 0x8F, 0x90, 0x9D}


class Unreadable(Exception):
    """One file cannot be read; carries the reason."""


class Files:
    def __init__(
        self, members: Mapping[str, Opens], single: tuple[str, IO[bytes], int] | None = None
    ) -> None:
        self._where, self._single = members, single
        self.is_single = single is not None
        self.names = [single[0]] if single else list(members)
        self.encodings: dict[str, str] = {}  # by name, of what is not UTF-8

    def find(self, *patterns: str) -> list[str]:
        """The names that match one of the patterns, in whatever case; * matches / too."""
        return [
            name
            for name in self.names
            if any(fnmatch(name.lower(), pattern.lower()) for pattern in patterns)
        ]

    def size_of(self, name: str) -> int | None:
        if self._single:
            return self._single[2] if name == self._single[0] else None
        found = self._where.get(name)
        return None if found is None else found.getinfo(name).file_size

    def changed_on(self, name: str) -> date | None:
        """The day that the ZIP says."""
        with suppress(ValueError):
            if name in self._where:
                return date(*self._where[name].getinfo(name).date_time[:3])
        return None

    def opened(self, name: str) -> IO[bytes]:
        if self._single:
            held: Any = _Kept(self._single[1])
            return held
        return archive.member(self._where[name], name)

    def head(self, name: str, size: int = HEAD) -> bytes:
        """The beginning of a file; empty where it is damaged."""
        try:
            with self.opened(name) as file:
                return archive.piece_of(file, size)
        except Damaged:
            return b""

    def data(self, name: str, most: int = LONGEST_TEXT) -> bytes:
        if (self.size_of(name) or 0) > most:
            raise Unreadable(_("It’s too large."))
        with self.opened(name) as file:
            return archive.piece_of(file, most + 1)

    def text(self, name: str, most: int = LONGEST_TEXT) -> str:
        """The text in whatever encoding, with \\n between lines."""
        data = self.data(name, most)
        text = data.decode(self._encoding(data, name), "replace")
        if "\0" in text:
            raise Unreadable(_("It contains a character that isn’t allowed in text."))
        return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")

    def json(self, name: str, most: int = LONGEST_TEXT) -> Any:
        try:
            return json_input.parse(self.text(name, most), longest=most)
        except ValueError as error:
            raise Unreadable(_("It isn’t JSON.")) from error

    def json_items(self, name: str, key: str = "") -> Iterator[Any]:
        """Each value of the list under a key of the outer object, or of the outer list: one at a
        time, however long the file is."""
        with self.opened(name) as file:
            yield from _JsonItems(file).items(key)

    def xml(self, name: str) -> "Element":
        """The outermost element. XML with definitions of its own is refused: they can refer to
        other files, or grow without end."""
        from defusedxml.ElementTree import ParseError, fromstring

        data = self.data(name)
        if len(data) > LONGEST_TEXT or data.count(b"<") > MOST_TAGS:
            raise Unreadable(_("It’s too large."))
        try:
            root: Element = fromstring(data, forbid_dtd=True)
        except (ParseError, ValueError, LookupError) as error:
            raise Unreadable(_("It isn’t XML.")) from error
        return root

    def csv_rows(self, name: str) -> Iterator[dict[str, str]]:
        """Each row by the names of its columns, in lower case."""
        encoding = self._encoding(self.head(name, 256 * 1024), name, whole=False)
        csv.field_size_limit(LONGEST_CELL)
        with self.opened(name) as file:
            lines = io.TextIOWrapper(file, encoding, newline="")
            try:
                rows = csv.reader(lines, delimiter=self._delimiter(name))
                head = [tidy_key(cell) for cell in next(rows, [])]
                for row in rows:
                    if any(row):
                        yield dict(zip(head, row, strict=False))
            except (csv.Error, UnicodeDecodeError) as error:
                raise Unreadable(_("It isn’t a table as CSV.")) from error
            except archive.damage() as error:
                raise Damaged from error

    def csv_columns(self, name: str) -> list[str]:
        """The names of the columns, in lower case."""
        first = self.head(name).split(b"\n")[0].rstrip(b"\r").decode("utf-8-sig", "replace")
        reader = csv.reader([first], delimiter=self._delimiter(name))
        try:
            return [tidy_key(cell) for cell in next(reader, [])]
        except csv.Error:
            return []

    def table(self, columns: set[str]) -> str:
        """The first table with all of these columns, whatever its name; empty if there is none."""
        names = self.names if self.is_single else self.find("*.csv")
        return next((name for name in names if columns <= set(self.csv_columns(name))), "")

    def _delimiter(self, name: str) -> str:
        first = self.head(name).split(b"\n")[0].decode("utf-8", "replace")
        return max(",;\t", key=first.count)

    def database(self, name: str) -> sqlite3.Connection:
        """A copy in memory, of which nothing but the rows of its tables can be read; with bounds
        for what a query may take."""
        data = bytearray(self.data(name, LARGEST_DATABASE))
        data[18:20] = b"\1\1"  # without a log beside it, which a copy in memory cannot have
        found = sqlite3.connect(":memory:")
        try:
            found.deserialize(data)
            found.execute("pragma query_only = on")
            found.execute("pragma temp_store = memory")  # what it sorts goes to no disk either
            found.execute("pragma trusted_schema = off")
            found.execute("select count(*) from sqlite_master").fetchone()
        except NO_DATABASE as error:
            raise Unreadable(_("It’s damaged.")) from error
        found.row_factory = sqlite3.Row
        found.text_factory = lambda text: text.decode("utf-8", "replace")
        found.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_CELL)
        left = [MOST_STEPS]

        def too_long() -> bool:
            left[0] -= 1
            return left[0] < 0

        def allowed(action: int, _one: Any, _other: Any, _database: Any, view: Any) -> int:
            return sqlite3.SQLITE_OK if action in SQLITE_READS and not view else sqlite3.SQLITE_DENY

        found.set_progress_handler(too_long, STEP)
        found.set_authorizer(allowed)
        return found

    def _encoding(self, data: bytes, name: str, *, whole: bool = True) -> str:
        """The encoding of the text; whatever is not UTF-8 is remembered for the preview."""
        with suppress(UnicodeDecodeError):
            codecs.getincrementaldecoder("utf-8")().decode(data, whole)
            return "utf-8-sig"
        found = "utf_16" if data.startswith(UTF_16) else ""
        if not found and len(data) > SHORT:
            best = from_bytes(data, cp_isolation=ENCODINGS).best()
            found = best.encoding if best else ""
        if found and not set(data) & NOT_IN_CP1252 and data.decode(found) == data.decode("cp1252"):
            found = "cp1252"  # the name that more people know
        if not found:
            found = "cp1252" if not set(data) & NOT_IN_CP1252 else "latin_1"
        self.encodings[name] = found
        return found


def files_of(file: IO[bytes], size: int, name: str, passphrase: str = "") -> Files:
    """Raises ImportRefused for a ZIP that archive.py refuses, and a TAR that tar_files.py does."""
    head = file.read(HEAD)
    file.seek(0)
    if head.startswith(AGE):
        raise ImportRefused(
            _(
                "This file is encrypted with age, as a scheduled export is. Open it on your device "
                "first: age -d -i key.txt FILE > export.zip. Then send export.zip."
            )
        )
    if head.startswith(SQLITE) or (not head.startswith(b"PK") and is_text(head)):
        return Files({}, single=(name, file, size))
    if is_tar(head):
        tar = TarArchive(file, size)
        return Files(dict.fromkeys(names_in(tar.infolist()), tar))
    if head.startswith(GZIP):
        raise ImportRefused(
            _("It’s packed as .tgz or .gz. Export it as a ZIP, or unpack it and pack it as a ZIP.")
        )
    found = archive.opened(file, size, passphrase)
    inner = [one for one in found.namelist() if one.lower().endswith(".zip")]
    others = [one for one in found.infolist() if not one.is_dir() and one.filename not in inner]
    if not inner or others:
        return Files(dict.fromkeys(names_in(found.infolist()), found))
    parts = InnerZips(found, inner)
    return Files(dict.fromkeys(parts.names, parts))


def columns_of(database: sqlite3.Connection, table: str) -> set[str]:
    """The columns of a plain table; none if there is no such table, or it is made by code."""
    found = database.execute(
        "select sql from sqlite_master where type = 'table' and name = ?", (table,)
    ).fetchone()
    if not found or "virtual" in str(found["sql"]).lower():
        return set()
    nothing = database.execute(f'select * from "{table}" limit 0')  # noqa: S608 - a name of ours
    return {column[0] for column in nothing.description}


def is_text(head: bytes) -> bool:
    return bool(head) and (head.startswith(UTF_16) or b"\0" not in head)


def tidy_key(cell: str) -> str:
    return cell.strip().lstrip("\ufeff").lower()


class _JsonItems(JsonPieces):
    longest_value = LONGEST_TEXT  # a note may hold its photos

    def items(self, key: str) -> Iterator[Any]:
        if not key:
            yield from self._list()
            return
        self._expect("{")
        while True:
            if self._key() == key:
                yield from self._list()
            else:
                self._value()
            if self._either(",", "}") == "}":
                return

    def _list(self) -> Iterator[Any]:
        self._expect("[")
        if self._next_char() == "]":
            self._at += 1
            return
        while True:
            yield self._value()
            if self._either(",", "]") == "]":
                return

    def _broken(self) -> NoReturn:
        raise Damaged


class _Kept(io.RawIOBase):
    """A single file, read from a place of its own, which a reader must not close."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._at = file, 0

    def read(self, size: int = -1) -> bytes:
        self._file.seek(self._at)
        data = self._file.read(size)
        self._at += len(data)
        return data

    def readable(self) -> bool:
        return True
