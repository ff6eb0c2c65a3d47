"""The progress of a background task: two numbers in a small file.

An import is one transaction, so other requests would not see a count in the database, and could not
write a stop request into the locked row. Therefore the stop request is a file too.
"""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from journal.exchange.exceptions import ImportRefused

EVERY = 100


@dataclass(frozen=True)
class Progress:
    path: Path

    def say(self, done: int, total: int) -> None:
        """Writes the file at intervals, and at the end."""
        if done % EVERY == 0 or done == total:
            part = self.path.with_suffix(".writing")
            part.write_text(f"{done} {total}")
            part.chmod(0o600)
            part.replace(self.path)

    def read(self) -> tuple[int, int]:
        """The number done and the total; 0 and 0 before the start."""
        with suppress(OSError, ValueError):
            done, total = self.path.read_text().split()
            return int(done), int(total)
        return 0, 0

    def ask_to_stop(self) -> None:
        self._stop.touch(mode=0o600)

    def stop_if_asked(self) -> None:
        if self._stop.exists():
            raise Stopped

    def forget(self) -> None:
        self.path.unlink(missing_ok=True)
        self._stop.unlink(missing_ok=True)

    @property
    def _stop(self) -> Path:
        return self.path.with_suffix(".stop")


class Stopped(ImportRefused):
    """The person pressed Stop."""

    def __init__(self) -> None:
        super().__init__(_("You stopped this import."))
