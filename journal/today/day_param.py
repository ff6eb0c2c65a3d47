"""The day that an answer is about.

Today and the three days before it accept answers, from joining on; there is no older backlog. A
page sends the day it shows as `date` and the day of its rendering as `seen`. A page left open past
the start of a new day still shows the old day as today: only the person knows which day they mean,
so the view asks.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

BACK = 3
AHEAD = timedelta(days=2)  # the farthest that a journey takes a calendar back


@dataclass(frozen=True)
class Meant:
    day: date | None  # None: the view has to ask
    asked: date | None = None  # the day that the page sent, if valid
    overslept: bool = False  # the page is from before today started


@dataclass(frozen=True)
class OpenDays:
    """The days that take answers: today, and up to three before it on which the person had joined.

    Days around them that have answers take more of them: those to come are from before a journey
    west, those before joining from an import.
    """

    today: date
    joined_on: date
    has_answers: Callable[[date], bool]

    def __iter__(self) -> Iterator[date]:
        """Newest first."""
        back = (self.today - timedelta(days=n) for n in range(BACK + 1))
        return (day for day in back if day >= min(self.joined_on, self.today))

    def __contains__(self, day: date) -> bool:
        is_near = -timedelta(days=BACK) <= day - self.today <= AHEAD
        return day in iter(self) or (is_near and self.has_answers(day))


def parse(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def asked(text: str | None, open_days: OpenDays) -> date | None:
    """The day in an address: today by default, None if that day accepts no answers."""
    day = parse(text) if text else open_days.today
    return day if day and day in open_days else None


def meant(posted: Mapping[str, str], open_days: OpenDays) -> Meant:
    """`which` answers the question of an earlier response; otherwise the page's own day counts."""
    if posted.get("which"):
        return Meant(asked(posted["which"], open_days), parse(posted["which"]))
    day, seen = parse(posted.get("date")), parse(posted.get("seen"))
    if day and day == seen and seen < open_days.today:
        return Meant(None, day, overslept=True)
    return Meant(asked(posted.get("date"), open_days), day)
