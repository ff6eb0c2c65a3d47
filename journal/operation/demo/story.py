"""What every room of the example needs: who it is, which day it is, the same chances each run."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from journal.people import clock
from journal.people.models import User
from journal.people.values.models import Value

SEED = 20
DAYS = 84


@dataclass
class Story:
    person: User
    today: date
    chance: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311 - made-up days
    values: dict[str, Value] = field(default_factory=dict)

    @classmethod
    def of(cls, person: User) -> "Story":
        return cls(person, clock.today(person))

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def at(self, day: date, hour: int = 20, minute: int = 0) -> datetime:
        """That time on the person's wall, but never in the future."""
        instant = datetime.combine(day, time(hour, minute), tzinfo=clock.zone_of(self.person))
        return min(instant, clock.now(self.person))
