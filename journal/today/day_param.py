"""The day that an answer is about.

Today and the three days before it accept answers; there is no older backlog. A page sends the day
it shows as `date` and the day of its rendering as `seen`. A page left open past the start of a new
day still shows the old day as today: only the person knows which day they mean, so the view asks.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

BACK = 3
AHEAD = timedelta(days=2)  # the farthest that a journey takes a calendar back
HasAnswers = Callable[[date], bool]


@dataclass(frozen=True)
class Meant:
    day: date | None  # None: the view has to ask
    asked: date | None = None  # the day that the page sent, if valid
    overslept: bool = False  # the page is from before today started


def open_days(today: date) -> list[date]:
    return [today - timedelta(days=back) for back in range(BACK + 1)]


def is_open(day: date, today: date) -> bool:
    return today - timedelta(days=BACK) <= day <= today


def parse(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def asked(text: str | None, today: date, has_answers: HasAnswers) -> date | None:
    """The day in an address: today by default, None if that day accepts no answers.

    A day to come that has answers, from before a journey west, accepts more of them.
    """
    day = parse(text) if text else today
    if not day:
        return None
    is_ahead = today < day <= today + AHEAD
    return day if is_open(day, today) or (is_ahead and has_answers(day)) else None


def meant(posted: Mapping[str, str], today: date, has_answers: HasAnswers) -> Meant:
    """`which` answers the question of an earlier response; otherwise the page's own day counts."""
    if posted.get("which"):
        return Meant(asked(posted["which"], today, has_answers), parse(posted["which"]))
    day, seen = parse(posted.get("date")), parse(posted.get("seen"))
    if day and day == seen and seen < today:
        return Meant(None, day, overslept=True)
    return Meant(asked(posted.get("date"), today, has_answers), day)
