"""The server on a cluster that it recovers from the archive, beside the usual one.

It holds the data folder's lock from the first moment, so that nothing else starts there meanwhile,
and waits as long as PostgreSQL works. Until the recovered cluster has taken the place of the other,
nothing of it is archived: PostgreSQL keeps it, and a recovery that is given up leaves no trace.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from journal.embedded import paths
from journal.embedded.backup_settings import WalArchive
from journal.embedded.errors import CannotStart
from journal.embedded.server import EmbeddedServer
from journal.embedded.wal_archive import ArchiveOf

RECOVERING = "postgres.recovering"
ENDED_BEFORE = "recovery ended before configured recovery target was reached"
FETCHED = re.compile(r'restored log file "([0-9A-F]{24})" from archive')
LAST_CHANGE = re.compile(r"last completed transaction was at log time ([\d-]+ [\d:.]+)\+00")


class TargetNotReached(CannotStart):
    """The archive has nothing from after that time, or lacks a piece."""


class RecoveringServer(EmbeddedServer):
    def __init__(self, data_dir: Path, archive: WalArchive) -> None:
        super().__init__(data_dir, archive=archive)
        self.usual = paths.cluster(self.data_dir)
        self.draft = self.usual.with_name(RECOVERING)
        self._ours: ArchiveOf | None = None
        self._recovery: dict[str, str] = {}

    def place(self) -> Path:
        return self.draft if self._ours else self.usual

    @contextmanager
    def on_the_usual(self) -> Iterator[None]:
        """Raises CannotStart, as `serve` would."""
        self._ours, self.patience, self.grace = None, 60, 60
        with self._running():
            yield

    @contextmanager
    def on_the_draft(self, ours: ArchiveOf, timeline: int, to: datetime | None) -> Iterator[None]:
        """Recovers up to that time, or up to the end. Raises TargetNotReached, or CannotStart."""
        self._ours, self._recovery = (
            ours,
            {
                "restore_command": ours.fetch_command(),
                "recovery_target_timeline": str(timeline),
                "recovery_target_action": "promote",
                "hot_standby": "off",
                **({"recovery_target_time": to.astimezone(UTC).isoformat(" ")} if to else {}),
            },
        )
        self.patience, self.grace = float("inf"), float("inf")
        (self.draft / "recovery.signal").touch(mode=0o600)
        try:
            with self._running():
                yield
        except CannotStart as error:
            if ENDED_BEFORE in self.said():
                raise TargetNotReached(str(error)) from error
            raise

    def last_change(self) -> datetime | None:
        """Of the last transaction that was recovered."""
        found = LAST_CHANGE.findall(self.said())
        return datetime.fromisoformat(found[-1]).replace(tzinfo=UTC) if found else None

    def has_fetched(self, name: str) -> bool:
        """Whether PostgreSQL has read this piece of the archive."""
        return name in FETCHED.findall(self.said())

    @contextmanager
    def _running(self) -> Iterator[None]:
        try:
            self.process = self._launch()
            self._wait_until_ready(self.process)
            yield
        finally:
            self.end_process()

    def _archiving(self) -> dict[str, str]:
        if self._ours is None:
            return super()._archiving()
        self._ours.make_folders(self.user)
        return {"archive_mode": "on", "archive_command": "", **self._recovery}
