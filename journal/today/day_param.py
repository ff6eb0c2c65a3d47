"""Which day an answer is about.

Today and the three days before it can be told; further back there is no backlog. A page says in
`date` which day it shows and in `seen` which day it was when it was made. A page that was left
open past the start of a new day still shows the old one as today: then nobody but the person can
know which of the two is meant, so it asks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

BACK = 3


@dataclass(frozen=True)
class Meant:
    day: date | None  # None: the person has to say
    asked: date | None = None  # what the page said, if it was a day
    overslept: bool = False  # the page is from before today began


def open_days(today: date) -> list[date]:
    return [today - timedelta(days=back) for back in range(BACK + 1)]


def is_open(day: date, today: date) -> bool:
    return today - timedelta(days=BACK) <= day <= today


def parse(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def asked(text: str | None, today: date) -> date | None:
    """The day an address asks for: today without one, None where that day is not open."""
    day = parse(text) if text else today
    return day if day and is_open(day, today) else None


def meant(posted: Mapping[str, str], today: date) -> Meant:
    """`which` is the answer to the question below; otherwise what the page says of itself."""
    if posted.get("which"):
        return Meant(asked(posted["which"], today), parse(posted["which"]))
    day, seen = parse(posted.get("date")), parse(posted.get("seen"))
    if day and day == seen and seen < today:
        return Meant(None, day, overslept=True)
    return Meant(asked(posted.get("date"), today), day)
