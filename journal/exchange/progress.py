"""How far something in the background has come: two numbers in a small file.

Not in the database: what is brought in is one transaction, in which nobody else sees a count. Nor
could anyone write into its row meanwhile that it shall stop: that is a file too.
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
        """Writes every hundredth, and the last."""
        if done % EVERY == 0 or done == total:
            part = self.path.with_suffix(".writing")
            part.write_text(f"{done} {total}")
            part.chmod(0o600)
            part.replace(self.path)

    def read(self) -> tuple[int, int]:
        """Done, and of how many; 0 of 0 before it began."""
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
    """Whose journal it is pressed Stop."""

    def __init__(self) -> None:
        super().__init__(_("You stopped it."))
