"""When a lesson comes back: pure arithmetic.

A lesson waits in one of five boxes, each with a longer interval than the one before. "Useful" moves
it to the next box, "forgot" moves it back to the first, "it came up" leaves it in its box. After
"useful" in the last box it rests. The interval starts on the day of the answer, so a lesson that
nobody answered for a month does not come back twice.
"""

from dataclasses import dataclass
from datetime import date, timedelta

DISTANCES = (3, 7, 21, 60, 120)  # days to wait in each box
USEFUL, FORGOT, CAME_UP = "useful", "forgot", "came_up"


@dataclass(frozen=True)
class Place:
    box: int
    next_due: date | None  # None: it rests


def waiting_in(box: int, day: date) -> Place:
    return Place(box, day + timedelta(days=DISTANCES[box]))


def first_place(day: date) -> Place:
    return waiting_in(0, day)


def after(box: int, answer: str, day: date) -> Place:
    """The next place of a lesson in `box`, after `answer` on `day`."""
    if answer == FORGOT:
        return first_place(day)
    if answer == CAME_UP:
        return waiting_in(box, day)
    if answer != USEFUL:
        raise ValueError(f"{answer} is no answer.")
    last = len(DISTANCES) - 1
    return waiting_in(box + 1, day) if box < last else Place(last, None)
