"""The ZIPs in a ZIP, as one archive: how a large export comes in parts.

The parts share their folders, so that a page in one finds its photo in another. Where two parts
have different files of the same name, the later one stands in a folder named like its part.
"""

import io
from typing import IO, Any

from django.utils.translation import gettext as _

from journal.exchange import archive
from journal.exchange.archive import Archive, names_in
from journal.exchange.exceptions import ImportRefused

LARGEST = 100 * 1024**2  # bytes of all parts, which are held in memory


class InnerZips:
    def __init__(self, outer: Archive, parts: list[str]) -> None:
        """Raises ImportRefused where more is in them than a file may hold."""
        if sum(outer.getinfo(part).file_size for part in parts) > LARGEST:
            raise ImportRefused(
                _(
                    "The ZIPs in this ZIP are too large together. Unpack it and send them one by "
                    "one."
                )
            )
        self._members: dict[str, tuple[Archive, str]] = {}
        unpacked = 0
        for part in parts:
            with archive.member(outer, part) as file:
                data = archive.piece_of(file, LARGEST + 1)
            found = archive.opened(io.BytesIO(data), len(data))
            unpacked += sum(info.file_size for info in found.infolist())
            if unpacked > archive.MOST_BYTES or len(self._members) > archive.MOST_FILES:
                raise ImportRefused(
                    _("This file is larger than a journal can be once it’s unpacked.")
                )
            for name in names_in(found.infolist()):
                self._add(part, found, name)

    def _add(self, part: str, found: Archive, name: str) -> None:
        shown, info = name, found.getinfo(name)
        while shown in self._members:
            there = self.getinfo(shown)
            if (there.CRC, there.file_size) == (info.CRC, info.file_size):
                return  # the same file, in both parts
            shown = f"{part[: -len('.zip')]}/{shown}"
        self._members[shown] = found, name

    @property
    def names(self) -> list[str]:
        return list(self._members)

    def getinfo(self, name: str) -> Any:
        found, own_name = self._members[name]
        return found.getinfo(own_name)

    def open(self, name: str) -> IO[bytes]:
        found, own_name = self._members[name]
        return found.open(own_name)
