"""What an importer finds in a file of another app, in plain form; rows.py makes rows of it.

`own_id` is the other app's id, the same in every later export. `name` is what the preview calls the
item if it stays out.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass
class Attachment:
    """A photo: the name of its file in the archive."""

    file: str
    description: str = ""
    taken_on: date | None = None


@dataclass
class PlainEntry:
    """`when`: a day; a moment with a zone; or a clock time without one, whose zone the person is
    asked for. `zone` is the zone where it was written, if the other app says."""

    own_id: str
    when: date | datetime
    text: str
    day: date | None = None  # where the other app says it beside a moment of another day
    name: str = ""
    title: str = ""
    zone: str = ""
    tags: list[str] = field(default_factory=list)
    photos: list[Attachment] = field(default_factory=list)
    # Mood, place, weather, people …: the person chooses what becomes of each (questions.py).
    extras: dict[str, str] = field(default_factory=dict)
    favourite: bool = False
    prompt: str = ""  # the question that it answers
    # A key of questions.ALSO: such entries come in only if the person ticks the box.
    only_if: str = ""
    # Further columns of an entry, from our own Markdown only.
    columns: dict[str, Any] = field(default_factory=dict)


@dataclass
class PlainAnswer:
    """`unsure`: it may mean that nothing was entered; `automatic`: the other app filled it in. Both
    stay out unless the person counts them."""

    day: date | datetime  # a moment is moved to the person's zone
    status: str  # of promises.CheckIn
    note: str = ""
    unsure: bool = False
    automatic: bool = False


@dataclass
class PlainHabit:
    own_id: str
    statement: str
    answers: list[PlainAnswer] = field(default_factory=list)
    cadence: str = "daily"  # of promises.Rhythm
    weekdays: list[int] = field(default_factory=list)  # Monday is 0
    times_per_week: int | None = None
    starts_on: date | None = None  # otherwise the day of the first answer
    is_over: bool = False
    why: str = ""


@dataclass
class PlainForecast:
    """A question and how likely its yes is. `chance` is the first one that the person gave, in
    percent; `later` counts the ones after it."""

    own_id: str
    question: str
    chance: float
    made_at: date | datetime
    look_back_on: date | datetime | None = None
    result: str = ""  # of decisions.Forecast: yes, no, unclear; empty while nobody knows
    resolved_on: date | datetime | None = None
    later: int = 0
    notes: str = ""
    tags: list[str] = field(default_factory=list)


Item = PlainEntry | PlainHabit | PlainForecast


def name_of(item: Item) -> str:
    """What the preview calls it."""
    if isinstance(item, PlainEntry):
        return item.name
    return item.statement if isinstance(item, PlainHabit) else item.question
