"""An untrusted TAR without compression, as Joplin's JEX is one, in the shape of a ZIP.

`tarfile` only lists it, within bounds; the bytes of a member are read from its place in the file.
"""

import io
import tarfile
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any

from django.utils.translation import gettext as _

from journal.exchange.archive import MOST_FILES, ListGuard, damage, is_unsafe
from journal.exchange.exceptions import ImportRefused, quoted

MARK, MARK_AT = b"ustar", 257


@dataclass(frozen=True)
class TarMember:
    filename: str
    file_size: int
    date_time: tuple[int, int, int]
    starts_at: int

    def is_dir(self) -> bool:
        return False


class TarArchive:
    """Raises ImportRefused for what is no plain archive of plain files."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file = file
        self._members: dict[str, TarMember] = {}
        try:
            self._list(size)
        except damage(tarfile.TarError, OverflowError, MemoryError) as error:
            raise ImportRefused(_("This file isn’t a TAR file, or it’s damaged.")) from error

    def _list(self, size: int) -> None:
        guard: Any = ListGuard(self._file)
        listed: Any
        with tarfile.TarFile(fileobj=guard, encoding="utf-8", errors="replace") as listed:
            while found := listed.next():
                listed.members = []  # which it would keep
                if found.isdir():
                    continue
                if is_unsafe(found.name) or not found.isreg() or found.issparse():
                    raise ImportRefused(
                        _("A file in the TAR has an unsafe path or is no plain file: %s")
                        % quoted(found.name)
                    )
                if found.name in self._members or len(self._members) >= MOST_FILES:
                    raise ImportRefused(_("The TAR contains too many files, or one twice."))
                if found.offset_data + found.size > size:
                    raise tarfile.ReadError
                changed = datetime.fromtimestamp(found.mtime, UTC)
                day = (changed.year, changed.month, changed.day)
                place = found.offset_data
                self._members[found.name] = TarMember(found.name, found.size, day, place)

    def infolist(self) -> list[TarMember]:
        return list(self._members.values())

    def getinfo(self, name: str) -> TarMember:
        return self._members[name]

    def open(self, name: str) -> IO[bytes]:
        member: Any = _Member(self._file, self._members[name])
        return member


class _Member(io.RawIOBase):
    def __init__(self, file: IO[bytes], member: TarMember) -> None:
        self._file, self._at = file, member.starts_at
        self._end = member.starts_at + member.file_size

    def read(self, size: int = -1) -> bytes:
        left = self._end - self._at
        self._file.seek(self._at)
        data = self._file.read(left if size < 0 else min(size, left))
        self._at += len(data)
        return data

    def readable(self) -> bool:
        return True


def is_tar(head: bytes) -> bool:
    return head[MARK_AT : MARK_AT + len(MARK)] == MARK
