"""When something keeps coming back without growing lighter: pure arithmetic over ratings.

No text is read, here or anywhere: the rule knows days and numbers from 0 to 10.

- An item is something a person rated: an entry, a hard moment, a mistake. What has no rating is
  no item.
- Items count for seven days, the day of asking included.
- It eased where a rating is lower than the one of the item before it, or where an item ended
  lower than it began. Three or more items of which none eased are reason to offer something else.
- For seven days after an answer nothing is offered. What was set aside is back after two weeks,
  and said to be for three days, unless it is left to lie.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

WEEK = timedelta(days=7)
ASIDE = timedelta(days=14)
BACK_FOR = timedelta(days=3)
ENOUGH = 3


@dataclass(frozen=True)
class Item:
    """How strong it was; `after` where it was asked again at the end."""

    day: date
    before: int
    after: int | None = None

    @property
    def eased(self) -> bool:
        return self.after is not None and self.after < self.before


@dataclass(frozen=True)
class Answer:
    """To an offer; `until` is the day on which what was set aside is back, `lies` the day on which
    it was left to lie."""

    day: date
    until: date | None = None
    lies: date | None = None

    def is_fresh(self, day: date) -> bool:
        return day - self.day < WEEK

    def is_back(self, day: date) -> bool:
        return (
            self.until is not None and not self.lies and self.until <= day < self.until + BACK_FOR
        )

    def rests(self, day: date) -> bool:
        """Not to be offered: it is set aside, or Today says already that it is back."""
        return (self.until is not None and day < self.until) or self.is_back(day)


def first_day(day: date) -> date:
    """Of the seven days that end with `day`."""
    return day - WEEK + timedelta(days=1)


def keeps_returning(items: Sequence[Item], day: date) -> int:
    """How many there are, if they are reason enough; otherwise 0. In the order they were made."""
    recent = [item for item in items if first_day(day) <= item.day <= day]
    if len(recent) < ENOUGH or any(item.eased for item in recent):
        return 0
    if any(later.before < earlier.before for earlier, later in pairwise(recent)):
        return 0
    return len(recent)
