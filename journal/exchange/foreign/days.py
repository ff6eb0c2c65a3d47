"""Days as other apps write them: in front matter, in the name of a file, in its folders."""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache

from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import override

# Those in which people have named months in the files they send.
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "tr")
LONGEST = 80  # characters of a date
YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([-/._])(\d{1,2})\2(\d{1,2})(?!\d)")
COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([-/._])(\d{1,2})\2(\d{4})(?!\d)")
CJK = re.compile(r"(\d{4}) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일]")
YEAR = re.compile(r"\d{4}")
WORDS = re.compile(r"[^\W\d_]+|\d+")
CLOCK = re.compile(
    r"(?:^|[T\s,])(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*([AaPp]\.?[Mm]\.?)?(?![\d:])"
)
ZONE = re.compile(r"\d\s*(Z|[+-]\d\d:?\d\d)$")
HEADING = re.compile(r"^#{1,6}[ \t]+([^\n]{1,80}?)[ \t#]*$", re.MULTILINE)
A_DAY = re.compile(r"(\d{1,2})(?!\d)(?![-./]\d)")


@dataclass(frozen=True)
class FoundDay:
    """A day, and whether day and month could be the other way round."""

    day: date
    ambiguous: bool = False


@cache
def month_names() -> dict[str, int]:
    names: dict[str, int] = {}
    for language in LANGUAGES:
        with override(language):
            for table in (MONTHS, MONTHS_3):
                for number, name in table.items():
                    names.setdefault(str(name).lower().strip(". "), number)
    return names


def find(text: str, *, day_first: bool) -> FoundDay | None:
    """The first day that the text says, wherever it stands."""
    text = text[:LONGEST]
    for pattern in (YEAR_FIRST, COMPACT, CJK):
        if said := pattern.search(text):
            numbers = [int(one) for one in said.groups() if one.isdecimal()]
            if day := day_or_none(*numbers):
                return FoundDay(day)
    if said := YEAR_LAST.search(text):
        one, other, year = int(said[1]), int(said[3]), int(said[4])
        if said[2] == ".":
            day_first = True  # nobody writes the month first with dots
        first, second = (one, other) if day_first else (other, one)
        ambiguous = one != other and one <= 12 and other <= 12 and said[2] != "."
        if day := day_or_none(year, second, first) or day_or_none(year, first, second):
            return FoundDay(day, ambiguous)
    return in_words(text)


def order_in(texts: Iterable[str]) -> bool | None:
    """Whether the day comes first in dates such as 13/4/2024, as one of the texts shows; None if
    none does, or if they contradict each other."""
    shown = set()
    for text in texts:
        said = YEAR_LAST.search(text[:LONGEST])
        if said and said[2] != "." and (int(said[1]) > 12) != (int(said[3]) > 12):
            shown.add(int(said[1]) > 12)
    return shown.pop() if len(shown) == 1 else None


# What may stand between a day, its month and the year.
BETWEEN = ("de", "of", "th", "st", "nd", "rd", "er")


def in_words(text: str) -> FoundDay | None:
    """March 7, 2024; 7 March 2024; Thursday, 7. März 2024."""
    words = [one for one in WORDS.findall(text.lower()) if one not in BETWEEN]
    for place, word in enumerate(words):
        month = month_names().get(word)
        if month is None:
            continue
        before, after = words[max(0, place - 1) : place], words[place + 1 : place + 3]
        for day, year in ((before, after[:1]), (after[:1], after[1:])):
            if not (day and year and A_DAY.fullmatch(day[0]) and YEAR.fullmatch(year[0])):
                continue
            if found := day_or_none(int(year[0]), month, int(day[0])):
                return FoundDay(found)
    return None


def moment(text: str, *, day_first: bool) -> tuple[date | datetime | None, bool]:
    """The day or moment that a text says, and whether day and month could be the other way round.
    A moment has a zone only if the text says one."""
    text = text.strip().strip("[]\"' ")[:LONGEST]
    with suppress(ValueError):  # the common case, exactly; not a week, which is ISO too
        if YEAR_FIRST.match(text):
            exact = datetime.fromisoformat(text)
            return (exact if ":" in text else exact.date()), False
    found = find(text, day_first=day_first)
    if found is None:
        return None, False
    said = CLOCK.search(text)
    at = time_of(said) if said else None
    if at is None:
        return found.day, found.ambiguous
    made = datetime.combine(found.day, at)
    if zone := ZONE.search(text):
        with suppress(ValueError):
            made = datetime.fromisoformat(made.isoformat() + zone[1])
    return made, found.ambiguous


def time_of(said: re.Match[str]) -> time | None:
    hour, half = int(said[1]), (said[4] or "").lower()[:1]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    with suppress(ValueError):
        return time(hour, int(said[2]), int(said[3] or 0))
    return None


def clock_of(text: str) -> time | None:
    """A bare clock time: 20:15, 8:15 pm."""
    said = CLOCK.search(text.replace("\u202f", " ").strip())
    return time_of(said) if said else None


def in_path(path: str, *, day_first: bool) -> FoundDay | None:
    """The day in the name of a file, or else in its folders from the inside out. A folder counts
    only as a whole: year/month/day, or a name that is nothing but a date."""
    *folders, name = path.split("/")
    stem = name.rpartition(".")[0] or name
    if found := find(stem, day_first=day_first):
        return found
    if day := day_in_month(A_DAY.match(stem), folders):
        return FoundDay(day)
    for depth in range(len(folders), 0, -1):
        folder = folders[depth - 1]
        if (found := find(folder, day_first=day_first)) and nothing_but_a_date(folder):
            return found
        if day := day_in_month(A_DAY.fullmatch(folder), folders[: depth - 1]):
            return FoundDay(day)
    return None


def day_in_month(said: re.Match[str] | None, folders: list[str]) -> date | None:
    month = month_of_folders(folders) if said else None
    return day_or_none(*month, int(said[1])) if said and month else None


def month_of_folders(folders: list[str]) -> tuple[int, int] | None:
    """The year and month of the innermost folders: 2024/03, 2024/03-March, 2024/March, 2024-03."""
    if not folders:
        return None
    if whole := re.fullmatch(r"(\d{4})-(\d\d)", folders[-1]):
        return int(whole[1]), int(whole[2])
    if len(folders) < 2 or not re.fullmatch(r"\d{4}", folders[-2]):
        return None
    words = WORDS.findall(folders[-1].lower())
    numbers = [int(word) for word in words if word.isdecimal() and len(word) <= 2]
    months = [*numbers[:1], *(month_names()[word] for word in words if word in month_names())]
    return (int(folders[-2]), months[0]) if months else None


def nothing_but_a_date(text: str) -> bool:
    """Whether the text has no word beside the numbers and names of a date."""
    words = [word for word in WORDS.findall(text.lower()) if not word.isdecimal()]
    return len(words) <= 3 and all(
        word in month_names() or word in weekday_names() for word in words
    )


def sections(text: str) -> list[str]:
    """The text cut before each heading that is nothing but a date, if it has several. What stands
    before them is a part of its own if it says something."""
    starts = [
        said.start()
        for said in HEADING.finditer(text)
        if nothing_but_a_date(said[1]) and find(said[1], day_first=True)
    ]
    if len(starts) < 2:
        return [text]
    before = text[: starts[0]]
    parts = [text[one:other] for one, other in zip(starts, [*starts[1:], None], strict=True)]
    return [before, *parts] if HEADING.sub("", before).strip() else parts


@cache
def weekday_names() -> set[str]:
    found = {"of", "de", "th", "st", "nd", "rd"}
    for language in LANGUAGES:
        with override(language):
            names = (*WEEKDAYS.values(), *WEEKDAYS_ABBR.values())
            found |= {str(name).lower().strip(".") for name in names}
    return found


def day_or_none(year: int, month: int, day: int) -> date | None:
    with suppress(ValueError):
        return date(year, month, day)
    return None
