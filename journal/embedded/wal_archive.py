"""The archive of the embedded server's write-ahead log, by setting: what a base backup and the log
since then hold can be recovered up to any moment.

    ARCHIVE/deleted.txt               a copy of the register of deleted accounts
    ARCHIVE/7431…/wal/0000….gz        each finished piece of the log (16 MB before gzip)
    ARCHIVE/7431…/base/20261130T…Z/   base backups (journal/operation/backups/base.py)

The number is PostgreSQL's own of a database, so that a new one never mixes with an old one's. A
piece has its final name only when it is on the disk, and none is ever overwritten: the same one
again is well, and another one of that name an error, which doctor and the metrics show. PostgreSQL
tries again what failed, and keeps it meanwhile.
"""

import gzip
import os
import re
import shlex
import struct
import zlib
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from journal.embedded import paths

SEGMENT = 16 * 1024 * 1024  # bytes of a piece
PIECE = re.compile(r"[0-9A-F]{24}")
# PostgreSQL puts in %p, the path of the piece, and %f, its name.
ARCHIVE = (
    'd={folder}; g="$d/%f.gz"; h="$d/.%f"; if test -e "$g"; then gzip -dc "$g" | cmp -s - %p; '
    'else gzip -1c %p > "$h" && sync "$h" && mv -n "$h" "$g" && test ! -e "$h" && sync "$d"; fi'
)
FETCH = 'g={folder}/%f.gz; test -e "$g" && gzip -dc "$g" > %p'


class ArchiveOf(NamedTuple):
    """The part of an archive that is one database's."""

    folder: Path

    @property
    def wal(self) -> Path:
        return self.folder / "wal"

    @property
    def base(self) -> Path:
        return self.folder / "base"

    def make_folders(self, owner: paths.SystemUser) -> None:
        """Does nothing while the archive's own folder is away, such as a disk that is not mounted:
        the server then starts, and archives as soon as it is back."""
        if not self.folder.parent.is_dir():
            return
        paths.refuse_unreachable(self.folder.parent, owner)
        self.folder.mkdir(mode=0o711, exist_ok=True)
        for folder in (self.wal, self.base):
            if folder.exists():
                paths.hand_over(folder, owner)  # root may have copied it here
            paths.closed_folder(folder, owner)

    def server_settings(self, within: timedelta) -> dict[str, str]:
        return {
            "archive_mode": "on",
            "archive_timeout": f"{int(within.total_seconds())}s",
            "archive_command": ARCHIVE.format(folder=_quoted(self.wal)),
        }

    def pieces(self) -> set[str]:
        names = {path.name.removesuffix(".gz") for path in self.wal.glob("*.gz")}
        return {name for name in names if PIECE.fullmatch(name)}

    def last_of(self, history: "History") -> int:
        """The number of its last piece; 0 without any."""
        numbers = ((name, number(name)) for name in self.pieces())
        return max((each for name, each in numbers if history.name(each) == name), default=0)

    def can_be_read(self, name: str) -> bool:
        try:
            with gzip.open(self.wal / f"{name}.gz") as file:
                return sum(len(part) for part in iter(lambda: file.read(1024**2), b"")) == SEGMENT
        except (OSError, EOFError, zlib.error):
            return False

    def timelines(self) -> list[int]:
        found = [int(path.name[:8], 16) for path in self.wal.glob("????????.history.gz")]
        return [1, *sorted(found)]

    def history(self, timeline: int) -> "History":
        """Raises OSError without its file."""
        if timeline == 1:
            return History(1, ())
        with gzip.open(self.wal / f"{timeline:08X}.history.gz", "rt") as lines:
            parents = [line.split() for line in lines if line.strip()]
        left = tuple((int(number), position(where)) for number, where, *_why in parents)
        return History(timeline, left)

    def fetch_command(self) -> str:
        return FETCH.format(folder=_quoted(self.wal))


def of_cluster(folder: Path, cluster: Path) -> ArchiveOf:
    return ArchiveOf(folder / str(system_identifier(cluster)))


def system_identifier(cluster: Path) -> int:
    """PostgreSQL's number of this database: the beginning of its control file."""
    with (cluster / "global" / "pg_control").open("rb") as file:
        return struct.unpack("=Q", file.read(8))[0]


def _quoted(path: Path) -> str:
    """For the shell, in a setting in which % stands for something else."""
    return shlex.quote(os.fspath(path)).replace("%", "%%")


class History(NamedTuple):
    """A timeline, and those it began from. PostgreSQL begins another with each recovery, so that
    what was written before is not written over."""

    timeline: int
    parents: tuple[tuple[int, int], ...]  # the older first; and the position at which each was left

    def holds(self, timeline: int, position: int) -> bool:
        """Whether what was written up to there is a part of it."""
        return timeline == self.timeline or any(
            timeline == parent and position <= left for parent, left in self.parents
        )

    def name(self, number: int) -> str:
        """The name of the piece of that number."""
        within = [parent for parent, left in self.parents if number < left // SEGMENT]
        high, low = divmod(number, 2**32 // SEGMENT)
        return f"{(within or [self.timeline])[0]:08X}{high:08X}{low:08X}"


def position(text: str) -> int:
    """Of PostgreSQL's way of writing it, such as 1/2A000028."""
    high, low = text.split("/")
    return int(high, 16) << 32 | int(low, 16)


def number(name: str) -> int:
    """Of a piece, by its name without the timeline."""
    return int(name[8:16], 16) * (2**32 // SEGMENT) + int(name[16:24], 16)
