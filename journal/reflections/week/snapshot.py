"""A week's record as plain values: read once, frozen as JSON, shown unchanged.

`WeekSnapshot.text()` returns the JSON that a reflection stores (sealed), `read()` parses it. The
JSON has its own version: a change to a section raises it and teaches `read` the old one, since a
frozen week stays unchanged for good.
"""

import json
from collections.abc import Container, Iterator
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from itertools import pairwise
from typing import Any, Self

from journal.privacy import json_input
from journal.promises import tallies
from journal.promises.tallies import KEPT, MISSED, SMALL, Tally

VERSION, KNOWN = 3, (1, 2, 3)  # 1 has no plan, 2 only the plan's promises that were due
LONGEST = 500_000  # characters, as many as the column holds
Key = tuple[str, ...]


@dataclass(frozen=True)
class _SnapshotRow:
    """A row of a section. `key` identifies it, so that `added_in` can count later rows."""

    id: str
    day: date

    @property
    def key(self) -> Key:
        return (type(self).__name__, self.id)

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> Self:
        dates = {one.name for one in fields(cls) if one.type in (date, date | None)}
        given: dict[str, Any] = {k: _day(v) if k in dates else v for k, v in row.items()}
        return cls(**given)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True)
class Promise:
    """A promise with something due or answered: a mark for each of the seven days ("" for a day on
    which nothing was due), and the week's tally."""

    id: str
    statement: str
    marks: tuple[str, ...]
    tally: Tally
    by_week: bool = False  # due so many times a week, on no single day
    to_confirm: bool = False  # such a week that is over and not confirmed yet

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> Self:
        return cls(**{**row, "marks": tuple(row["marks"]), "tally": Tally(**row["tally"])})

    def keys(self, days: list[date]) -> Iterator[Key]:
        for day, mark in zip(days, self.marks, strict=True):
            if mark in tallies.ANSWERS:
                yield ("Promise", self.id, day.isoformat(), mark)


@dataclass(frozen=True)
class Miss(_SnapshotRow):
    """`id` is the promise's id."""

    statement: str
    note: str

    @property
    def key(self) -> Key:
        return ("Miss", self.id, self.day.isoformat(), self.note)


@dataclass(frozen=True)
class Crossing(_SnapshotRow):
    limit: str
    happened: str
    result: str  # a value of Crossing.Result


@dataclass(frozen=True)
class FollowUp(_SnapshotRow):
    """`day` is its due day."""

    text: str
    done: bool


@dataclass(frozen=True)
class Moment(_SnapshotRow):
    trigger: str
    kinder: str
    before: int | None
    after: int | None

    @property
    def is_heavier(self) -> bool:
        return self.before is not None and self.after is not None and self.after > self.before


@dataclass(frozen=True)
class Decision(_SnapshotRow):
    """`what` is made or reviewed; in older records also "due", for review."""

    question: str
    what: str
    chosen: str

    @property
    def key(self) -> Key:
        return ("Decision", self.id, self.what)


@dataclass(frozen=True)
class Lesson(_SnapshotRow):
    """`result` is a value of LessonUse.Result, or "new" for a new lesson."""

    sentence: str
    result: str


@dataclass(frozen=True)
class Credit(_SnapshotRow):
    """`id` is empty: there is one per day."""

    text: str

    @property
    def key(self) -> Key:
        return ("Credit", self.day.isoformat())


@dataclass(frozen=True)
class NotDue:
    """A promise of the plan with nothing due or answered in the week; `state` is that of then."""

    id: str
    statement: str
    state: str


@dataclass(frozen=True)
class LastPlan:
    """What the reflection of the week before planned for this week. `promises` are the ids of the
    ones it made, made smaller or moved; `not_due` tells what the record doesn't of them."""

    easier: str = ""
    promises: tuple[str, ...] = ()
    not_due: tuple[NotDue, ...] = ()

    @classmethod
    def from_json(cls, given: dict[str, Any]) -> Self:
        not_due = tuple(NotDue(**row) for row in given.get("not_due", ()))
        return cls(given["easier"], tuple(given["promises"]), not_due)

    @property
    def is_there(self) -> bool:
        return bool(self.easier or self.promises)

    def without(self, ids: Container[str]) -> "LastPlan":
        return replace(
            self,
            promises=tuple(one for one in self.promises if one not in ids),
            not_due=tuple(one for one in self.not_due if one.id not in ids),
        )


SECTIONS: dict[str, Any] = {
    "promises": Promise,
    "misses": Miss,
    "crossings": Crossing,
    "follow_ups": FollowUp,
    "moments": Moment,
    "decisions": Decision,
    "lessons": Lesson,
    "credits": Credit,
}


@dataclass(frozen=True)
class WeekSnapshot:
    days: tuple[date, ...]  # the seven days
    promises: tuple[Promise, ...] = ()
    misses: tuple[Miss, ...] = ()
    came_back: int = 0  # runs of misses that ended with a kept day in this week
    crossings: tuple[Crossing, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    moments: tuple[Moment, ...] = ()
    decisions: tuple[Decision, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    credits: tuple[Credit, ...] = ()
    plan: LastPlan = LastPlan()

    # --- JSON

    def text(self) -> str:
        return json.dumps({"version": VERSION, **asdict(self)}, default=date.isoformat)

    @classmethod
    def read(cls, text: str) -> "WeekSnapshot":
        """Raises ValueError for a version that this program does not know."""
        given = json_input.parse(text, longest=LONGEST)
        if given["version"] not in KNOWN:
            raise ValueError(f"Snapshots of version {given['version']} are not known here.")
        rows = {name: tuple(map(kind.from_json, given[name])) for name, kind in SECTIONS.items()}
        days = tuple(map(date.fromisoformat, given["days"]))
        plan = LastPlan.from_json(given["plan"]) if given["version"] > 1 else LastPlan()
        return cls(days=days, came_back=given["came_back"], plan=plan, **rows)

    def without(self, ids: Container[str]) -> "WeekSnapshot":
        """The record without the rows that these ids identify."""
        kept: dict[str, Any] = {
            name: tuple(row for row in getattr(self, name) if row.id not in ids)
            for name in SECTIONS
        }
        return replace(self, plan=self.plan.without(ids), **kept)

    def with_promises(self, promises: tuple[Promise, ...]) -> "WeekSnapshot":
        return replace(self, promises=promises)

    # --- totals

    @property
    def tally(self) -> Tally:
        return sum((one.tally for one in self.promises), start=Tally())

    @property
    def missed(self) -> list[Promise]:
        """The promises that were missed, most missed first."""
        rows = [one for one in self.promises if one.tally.missed]
        return sorted(rows, key=lambda one: -one.tally.missed)

    @property
    def is_hard(self) -> bool:
        """Whether nothing was kept, and more than one thing was missed."""
        return not self.tally.kept and self.tally.missed > 1

    @property
    def has_more(self) -> bool:
        """Whether anything but promises happened."""
        return bool(
            self.crossings
            or self.moments
            or self.lessons
            or self.credits
            or self.decisions_made
            or any(one.done for one in self.follow_ups)
        )

    @property
    def decisions_made(self) -> tuple[Decision, ...]:
        return tuple(one for one in self.decisions if one.what != "due")

    @property
    def has_grown_heavier(self) -> bool:
        """Whether a hard moment was stronger afterwards than before."""
        return any(one.is_heavier for one in self.moments)

    def keys(self) -> set[Key]:
        """The keys of all its rows."""
        days = list(self.days)
        found = {key for one in self.promises for key in one.keys(days)}
        for name in SECTIONS:
            if name != "promises":
                found |= {one.key for one in getattr(self, name)}
        return found

    def added_in(self, later: "WeekSnapshot") -> int:
        """How many rows the later record adds: answers, moments and so on. A note on a miss
        counts with its answer."""
        new = later.keys() - self.keys()
        return sum(key[0] != "Miss" for key in new)


def came_back(outcomes: list[tuple[date, str]], first: date) -> int:
    """How often a miss was followed by a kept chance at the next recorded due day, from `first` on.

    `outcomes` are the recorded due days of one promise, in order.
    """
    kept = (KEPT, SMALL)
    return sum(
        before == MISSED and after in kept and day >= first
        for (_day, before), (day, after) in pairwise(outcomes)
    )
