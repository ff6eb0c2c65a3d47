"""Opens an untrusted ZIP.

`opened` first checks the archive's own list: the number of files, their sizes, compression ratios
and names. The importer never unpacks files onto the disk; it reads only those it needs, in pieces.
"""

import io
import stat
import struct
import zlib
from collections.abc import Iterable
from typing import IO, TYPE_CHECKING, Any, Protocol, TypeAlias
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from journal.exchange.exceptions import Damaged, ImportRefused, quoted

if TYPE_CHECKING:
    from pyzipper import AESZipFile

MOST_FILES = 100_000
MOST_BYTES = 1024**3  # by which unpacking may add to the file, whose photos are as they are
TIGHTEST = 100  # the highest compression ratio; that of text is five to ten
SMALL = 1024 * 1024  # bytes unpacked, below which the ratio does not matter
LONGEST_LIST = 32 * 1024**2  # bytes that a parser may read to list the files
LOCKED = 1  # the flag bit of an encrypted file
Archive: TypeAlias = "ZipFile | AESZipFile"
DAYLIO = ("/assets/", "/backup.daylio")  # how names begin in its backups; none becomes a path here
ENTRY = b"PK\x01\x02"  # begins each file's line in the list


def damage(*more: type[Exception]) -> tuple[type[Exception], ...]:
    """All exceptions that reading a damaged file may raise. A function, since Python evaluates an
    `except` clause only after an error, and few requests need pyzipper's two megabytes."""
    from pyzipper import BadZipFile as AESBadZipFile

    return (
        *(BadZipFile, AESBadZipFile, OSError, EOFError, ValueError, LookupError),
        *(NotImplementedError, RuntimeError, zlib.error, struct.error, *more),
    )


def opened(file: IO[bytes], size: int, passphrase: str = "") -> Archive:
    """The checked archive; `passphrase` opens an encrypted one. Raises ImportRefused."""
    try:
        archive = open_listing(ZipFile, file)
        locked = [info for info in archive.infolist() if info.flag_bits & LOCKED]
        if locked:
            archive = unlocked(file, locked, passphrase)
    except damage(OverflowError) as error:
        raise ImportRefused(_("This file isn’t a ZIP file, or it’s damaged.")) from error
    total = total_packed = 0
    for info in archive.infolist():
        look_at(info)
        total += info.file_size
        total_packed += info.compress_size
    if total_packed > size:  # files that lie on top of each other unpack the same bytes many times
        raise ImportRefused(_("This file isn’t a ZIP file, or it’s damaged."))
    if total - size > MOST_BYTES:
        raise ImportRefused(_("This file is larger than a journal can be once it’s unpacked."))
    names = [info.filename for info in archive.infolist()]
    if len(set(names)) != len(names):
        raise ImportRefused(_("The ZIP contains two files with the same name."))
    return archive


def unlocked(file: IO[bytes], locked: list[ZipInfo], passphrase: str) -> "AESZipFile":
    """Opens a ZIP encrypted with AES; the older ZIP encryption is weak, and slow in Python."""
    from pyzipper import AESZipFile
    from pyzipper.zipfile_aes import WZ_AES_COMPRESS_TYPE

    if not passphrase:
        raise ImportRefused(_("This file is encrypted. Send it again with its passphrase."))
    if any(info.compress_type != WZ_AES_COMPRESS_TYPE for info in locked):
        raise ImportRefused(
            _(
                "This file uses an old kind of encryption. Unpack it and send the contents as a new"
                " ZIP."
            )
        )
    archive: Any = open_listing(AESZipFile, file)
    archive.setpassword(passphrase.encode())
    return archive


class ListGuard(io.RawIOBase):
    """The file as a ZIP parser reads it, bounded until the parser has listed the files.

    The parser decides which bytes are the archive's own list: a record at the end of the file gives
    the list's place and size, another may overrule it, and the comment may hold false ones. So the
    guard finds no list of its own. It counts what the parser reads.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._left: int | None = LONGEST_LIST

    def opened(self) -> None:
        """Ends the bounds: from here on the importer reads the files themselves, in pieces."""
        self._left = None

    def read(self, size: int = -1) -> bytes:
        if self._left is None:
            return self._file.read(size)
        too_many = ImportRefused(_("The ZIP contains more than 100,000 files."))
        if size > self._left:
            raise too_many
        data = self._file.read(size if size >= 0 else self._left + 1)
        self._left -= len(data)
        if self._left < 0 or data.count(ENTRY) > MOST_FILES:
            raise too_many
        return data

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True


def open_listing(kind: "type[ZipFile] | type[AESZipFile]", file: IO[bytes]) -> Archive:
    """The archive as one parser sees it, with its files listed."""
    guard: Any = ListGuard(file)
    archive: Archive = kind(guard)
    guard.opened()
    return archive


def look_at(info: Any) -> None:
    name = info.orig_filename
    if is_unsafe(name):
        raise ImportRefused(_("A file in the ZIP has an unsafe path: %s") % quoted(name))
    if stat.S_ISLNK(info.external_attr >> 16):
        raise ImportRefused(
            _("The ZIP contains a link, which could lead anywhere: %s") % quoted(name)
        )
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise ImportRefused(_("The ZIP uses a compression method we can’t read: %s") % quoted(name))
    if info.file_size > SMALL and info.file_size > TIGHTEST * max(1, info.compress_size):
        raise ImportRefused(
            _("A file in the ZIP is compressed too far to be text: %s") % quoted(name)
        )


def is_unsafe(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    outside = name.startswith(("/", "\\")) and not name.startswith(DAYLIO)
    return outside or ".." in parts or "\0" in name or ":" in parts[0]


class Opens(Protocol):
    """A ZIP, or what is shaped like one."""

    def getinfo(self, name: str) -> Any: ...

    def open(self, name: str) -> IO[bytes]: ...


def names_in(members: Iterable[Any]) -> list[str]:
    """Without folders, and without what a Mac adds."""
    return [
        info.filename
        for info in members
        if not info.is_dir() and "__MACOSX" not in info.filename.split("/")
    ]


def member(archive: Opens, name: str) -> IO[bytes]:
    try:
        return archive.open(name)
    except RuntimeError as error:
        raise ImportRefused(_("The passphrase is wrong.")) from error
    except damage() as error:
        raise Damaged from error


def piece_of(file: IO[bytes], size: int) -> bytes:
    """Up to `size` bytes; fewer at the end."""
    try:
        return file.read(size)
    except damage() as error:
        raise Damaged from error
