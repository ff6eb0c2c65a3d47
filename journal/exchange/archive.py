"""Opens an untrusted ZIP.

`opened` first checks the archive's own list: the number of files, their sizes, compression ratios
and names. The importer never unpacks files onto the disk; it reads only those it needs, in pieces.
"""

import stat
import struct
import zlib
from typing import IO, TYPE_CHECKING, Any, TypeAlias
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from journal.exchange.exceptions import ImportRefused, quoted

if TYPE_CHECKING:
    from pyzipper import AESZipFile

MOST_FILES = 100_000
MOST_BYTES = 1024**3  # unpacked, in total
TIGHTEST = 100  # the highest compression ratio; that of text is five to ten
SMALL = 1024 * 1024  # bytes unpacked, below which the ratio does not matter
LONGEST_LIST = 32 * 1024**2  # bytes of the archive's own list of files
LOCKED = 1  # the flag bit of an encrypted file
Archive: TypeAlias = "ZipFile | AESZipFile"
END, ENTRY, END_64 = b"PK\x05\x06", b"PK\x01\x02", b"PK\x06\x06"


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
    count_entries(file, size)
    try:
        archive: Archive = ZipFile(file)
        locked = [info for info in archive.infolist() if info.flag_bits & LOCKED]
        if locked:
            file.seek(0)
            archive = unlocked(file, locked, passphrase)
    except damage(OverflowError) as error:
        raise ImportRefused(_("This file is not a ZIP, or it is damaged.")) from error
    total = 0
    for info in archive.infolist():
        look_at(info)
        total += info.file_size
    if total > MOST_BYTES:
        raise ImportRefused(_("Unpacked, this file would be larger than a journal can be."))
    names = [info.filename for info in archive.infolist()]
    if len(set(names)) != len(names):
        raise ImportRefused(_("There are two files of the same name in it."))
    return archive


def unlocked(file: IO[bytes], locked: list[ZipInfo], passphrase: str) -> "AESZipFile":
    """Opens a ZIP encrypted with AES; the older ZIP encryption is weak, and slow in Python."""
    from pyzipper import AESZipFile
    from pyzipper.zipfile_aes import WZ_AES_COMPRESS_TYPE

    if not passphrase:
        raise ImportRefused(_("It is locked with a passphrase. Please send it again with that."))
    if any(info.compress_type != WZ_AES_COMPRESS_TYPE for info in locked):
        raise ImportRefused(_("It is locked in an old way. Please unpack and pack it again."))
    archive = AESZipFile(file)
    archive.setpassword(passphrase.encode())
    return archive


def count_entries(file: IO[bytes], size: int) -> None:
    """Checks the size of the list in bytes, before Python reads all of it into objects."""
    tail_size = min(size, 65_557 + 76)
    file.seek(size - tail_size)
    tail = file.read(tail_size)
    at = tail.rfind(END)
    if at < 0 or len(tail) - at < 22:
        raise ImportRefused(_("This file is not a ZIP, or it is damaged."))
    length = int.from_bytes(tail[at + 12 : at + 16], "little")
    end = size - tail_size + at
    wide = tail.rfind(END_64, 0, at)
    if length == 0xFFFFFFFF or wide >= 0:
        length = int.from_bytes(tail[wide + 40 : wide + 48], "little")
        end = size - tail_size + wide
    if (wide < 0 and length == 0xFFFFFFFF) or length > end:
        raise ImportRefused(_("This file is not a ZIP, or it is damaged."))
    too_many = ImportRefused(_("There are more than 100,000 files in it."))
    if length > LONGEST_LIST:
        raise too_many
    file.seek(end - length)
    if file.read(length).count(ENTRY) > MOST_FILES:
        raise too_many
    file.seek(0)


def look_at(info: Any) -> None:
    name = info.orig_filename
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or "\0" in name or ":" in parts[0]:
        raise ImportRefused(_("A file in it wants to lie outside of it: %s") % quoted(name))
    if stat.S_ISLNK(info.external_attr >> 16):
        raise ImportRefused(
            _("There is a link in it, which could lead anywhere: %s") % quoted(name)
        )
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise ImportRefused(_("It is packed in a way that is not read here: %s") % quoted(name))
    if info.file_size > SMALL and info.file_size > TIGHTEST * max(1, info.compress_size):
        raise ImportRefused(_("A file in it is packed too tightly to be text: %s") % quoted(name))


def text_of(archive: Archive, name: str, most: int) -> str | None:
    """A small file as text; None where it is larger, or not UTF-8."""
    if archive.getinfo(name).file_size > most:
        return None
    with member(archive, name) as file:
        data = piece_of(file, most + 1)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def member(archive: Archive, name: str) -> IO[bytes]:
    try:
        return archive.open(name)
    except RuntimeError as error:
        raise ImportRefused(_("This passphrase does not open it.")) from error
    except damage() as error:
        raise ImportRefused(_("This file is damaged.")) from error


def piece_of(file: IO[bytes], size: int) -> bytes:
    """Up to `size` bytes; fewer at the end."""
    try:
        return file.read(size)
    except damage() as error:
        raise ImportRefused(_("This file is damaged.")) from error
