"""How far a background task is: its phase and one number from 0 to 100.

An import is one transaction, so other requests would not see a count in its row, and could not
write a stop request into the locked row. Both are in the shared cache, which writes on a connection
of its own (journal/people/database_cache.py): any machine may ask, and another one do the work.
"""

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from django.core.cache import cache
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.database import errors
from journal.exchange.exceptions import ImportRefused
from journal.people.percent import percent

SIGN_OF_LIFE = 5.0  # seconds after which it is written again, though nothing changed
KEPT = 24 * 60 * 60  # seconds
LAST_SIGN = "progress:any"


class Phase(TextChoices):
    READING = "reading", gettext_lazy("Reading the file")
    COMPARING = "comparing", gettext_lazy("Comparing it with your journal")
    SORTING = "sorting", gettext_lazy("Sorting what’s in it")
    BRINGING = "bringing", gettext_lazy("Bringing everything in")
    PHOTOS = "photos", gettext_lazy("Photos")
    DATA = "data", gettext_lazy("Data")
    FIGURES = "figures", gettext_lazy("Figures")
    PAGES = "pages", gettext_lazy("Pages to read")
    PACKING = "packing", gettext_lazy("Packing the file")


@dataclass(frozen=True)
class Step:
    phase: Phase
    percent: int

    @property
    def percent_text(self) -> str:
        return percent(self.percent)


@dataclass(frozen=True)
class Progress:
    row: str  # its kind and id

    def write(self, step: Step) -> None:
        """A job does not fail because nobody can be told how far it is."""
        now = time.time()
        with suppress(*errors.AWAY):
            cache.set(self._key, [step.phase.value, step.percent, now], KEPT)
            cache.set(LAST_SIGN, now, KEPT)

    def read(self) -> Step | None:
        """None before the start."""
        said = cache.get(self._key)
        return Step(Phase(said[0]), said[1]) if said else None

    def written_at(self) -> datetime | None:
        said = cache.get(self._key)
        return datetime.fromtimestamp(said[2], UTC) if said else None

    def ask_to_stop(self) -> None:
        cache.set(self._stop, True, KEPT)

    def stop_if_asked(self) -> None:
        with suppress(*errors.AWAY):
            if cache.get(self._stop):
                raise Stopped

    def forget(self) -> None:
        with suppress(*errors.AWAY):
            cache.delete(self._key)
            cache.delete(self._stop)

    @property
    def _key(self) -> str:
        return f"progress:{self.row}"

    @property
    def _stop(self) -> str:
        return f"stop:{self.row}"


def last_sign_of_life() -> datetime | None:
    """When a worker, wherever it is, last said how far a job is."""
    said = cache.get(LAST_SIGN)
    return datetime.fromtimestamp(said, UTC) if said else None


class Steps:
    """A task's way through its phases, each of which has a share of the number.

    The number only grows, and is 100 when the work is done, not before.
    """

    def __init__(self, progress: Progress, shares: Mapping[Phase, float]) -> None:
        self._progress, self._shares = progress, shares
        self._written: tuple[Step | None, float] = (None, 0.0)
        self._percent = 0
        self.begin(next(iter(shares)))

    def begin(self, phase: Phase) -> None:
        self._phase = phase
        self.advance(0, 1)

    def advance(self, done: float, total: float, shown: Phase | None = None) -> None:
        """So much of this phase is done. `shown` names what of it is done at present."""
        before = 0.0
        for phase, share in self._shares.items():
            if phase == self._phase:
                break
            before += share
        part = min(1.0, done / total) if total else 1.0
        whole = sum(self._shares.values()) or 1.0
        self._say(shown or self._phase, int(100 * (before + share * part) / whole), most=99)

    def end(self) -> None:
        self._say(self._phase, 100, most=100)

    def stop_if_asked(self) -> None:
        self._progress.stop_if_asked()

    def _say(self, phase: Phase, percent: int, *, most: int) -> None:
        self._percent = max(self._percent, min(percent, most))
        step, (written, at), now = Step(phase, self._percent), self._written, time.monotonic()
        if step != written or now - at > SIGN_OF_LIFE:
            self._progress.write(step)
            self._written = (step, now)


class Stopped(ImportRefused):
    """The person pressed Stop."""

    def __init__(self) -> None:
        super().__init__(_("You stopped this import."))
