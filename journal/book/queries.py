"""What a book is made of. A chapter takes one or two statements, however much it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Generic, TypeVar

from django.db.models import Case, Count, F, Func, IntegerField, Prefetch, Q, QuerySet, Sum, When

from journal.book.forms import Chapter, Contents
from journal.boundaries.models import Crossing
from journal.decisions.models import Decision, DecisionReview
from journal.decisions.queries import DecisionRow, with_related_rows
from journal.insights.measures import arithmetic
from journal.lessons.models import HELPED, Lesson
from journal.people.models import User
from journal.photos.models import Photo
from journal.promises.day_codes import RecordedDays, tally_together
from journal.promises.history_query import read_histories, with_answers_between
from journal.promises.models import Promise
from journal.promises.tallies import ENOUGH, Tally
from journal.reflections.compassion.models import SelfCompassion
from journal.reflections.entries.day_counts import count_days
from journal.reflections.entries.models import Entry, EntryQuerySet
from journal.reflections.entries.print_views import Sheets, sheets_of
from journal.reflections.entries.timeline import EVERYTHING
from journal.reflections.entries.year import YearMonth, build_month
from journal.reflections.mistakes.models import Mistake

MOST_LINES, MOST_ROWS, MOST_PHOTOS = 200, 100, 60
PACKED_TO = 2  # a long text is stored compressed, to about half
REST_OF_A_WEEK = timedelta(days=6)

Row = TypeVar("Row")
Histories = Sequence[tuple[Promise, RecordedDays]]


@dataclass(frozen=True)
class Rows(Generic[Row]):
    """As many rows as a chapter shows."""

    rows: list[Row]
    goes_on: bool = False

    @property
    def number(self) -> int:
        return len(self.rows)


def first_rows(rows: QuerySet[Any], most: int = MOST_ROWS) -> Rows[Any]:
    found = list(rows[: most + 1])
    return Rows(found[:most], len(found) > most)


@dataclass(frozen=True)
class Amount:
    """Entries of the time, and the characters of their texts, roughly."""

    entries: int
    characters: int
    favourites: int
    favourite_characters: int


@dataclass(frozen=True)
class Favourite:
    """A favourite in its own words: its title, or the beginning of its text."""

    entry: Entry
    cover_address: str  # of the book with this line on its cover

    @property
    def text(self) -> str:
        return self.entry.title or self.entry.opening


@dataclass(frozen=True)
class Figures:
    """Those that have enough records; the others are left out."""

    promises: Tally | None
    returns: arithmetic.Returns | None
    boundaries: arithmetic.FollowThrough | None

    def __bool__(self) -> bool:
        return bool(self.promises or self.returns or self.boundaries)


@dataclass(frozen=True)
class Book:
    contents: Contents
    months: list[YearMonth]
    favourites: list[tuple[date, list[Favourite]]]  # by the first day of their month
    more_favourites: int  # how many are shown, if there are more
    photos: Rows[Photo]  # of favourites
    kept: list[tuple[Promise, Tally]]
    lessons: Rows[Lesson]
    decisions: Rows[DecisionRow]
    figures: Figures | None
    moments: Rows[SelfCompassion]
    mistakes: Rows[Mistake]
    sheets: Sheets | None

    @property
    def cover(self) -> Favourite | None:
        of_months = (one for _month, rows in self.favourites for one in rows)
        return next((one for one in of_months if one.entry.pk == self.contents.cover), None)

    @property
    def without_cover(self) -> str:
        return self.contents.address(cover=None)

    @property
    def is_first_part(self) -> bool:
        return self.contents.start is None

    @property
    def first_part(self) -> str:
        return self.contents.address()

    @property
    def next_part(self) -> str:
        return self.contents.address(start=self.sheets and self.sheets.goes_on_from)

    @property
    def is_empty(self) -> bool:
        chapters = (self.months, self.favourites, self.kept, self.figures, self.sheets)
        rows = (self.photos, self.lessons, self.decisions, self.moments, self.mistakes)
        has_entries = self.sheets is not None and bool(self.sheets.entries)
        return not (any(chapters[:-1]) or any(one.rows for one in rows) or has_entries)


def build_book(person: User, contents: Contents, today: date) -> Book:
    is_first = contents.start is None
    shown = frozenset(contents.chapters) if is_first else frozenset()
    time = (contents.since, contents.until)
    favourites: Rows[Entry] = Rows([])
    if Chapter.FAVOURITES in shown:
        favourites = first_rows(_favourites(person, *time).oldest_first(), MOST_LINES)
    histories: Histories = ()
    if {Chapter.PRACTICES, Chapter.FIGURES} & shown:
        histories = _histories(person, *time, today)
    practices, hard = Chapter.PRACTICES in shown, Chapter.HARD in shown
    return Book(
        contents,
        months=_months(person, *time) if Chapter.MONTHS in shown else [],
        favourites=_by_month(favourites.rows, contents),
        more_favourites=MOST_LINES if favourites.goes_on else 0,
        photos=_photos(person, *time) if Chapter.PHOTOS in shown else Rows([]),
        kept=_kept(histories, *time) if practices else [],
        lessons=first_rows(_lessons(person, *time)) if practices else Rows([]),
        decisions=_decisions(person, *time, today) if practices else Rows([]),
        figures=_figures(person, histories, *time) if Chapter.FIGURES in shown else None,
        moments=first_rows(_moments(person, *time)) if hard else Rows([]),
        mistakes=first_rows(_mistakes(person, *time)) if hard else Rows([]),
        sheets=_sheets(person, contents) if contents.has_whole_entries else None,
    )


def amount_of(person: User, contents: Contents) -> Amount:
    """Reads no text: the stored length of a text says roughly how long it is."""
    stored = Func(F("body"), function="octet_length", output_field=IntegerField())
    kind = Func(F("body"), function="get_byte", template="get_byte(%(expressions)s, 0)")
    kind.output_field = IntegerField()
    favourite = Q(favourite=True, quiet=False)
    rows = person.entries.live().narrowed(contents.since, contents.until).order_by()
    rows = rows.annotate(stored=stored, kind=kind)
    size = Case(When(kind=PACKED_TO, then=F("stored") * PACKED_TO), default=F("stored"))
    found = rows.aggregate(
        entries=Count("pk"),
        characters=Sum(size),
        favourites=Count("pk", filter=favourite),
        favourite_characters=Sum(size, filter=favourite),
    )
    return Amount(**{name: value or 0 for name, value in found.items()})


def _months(person: User, since: date, until: date) -> list[YearMonth]:
    """Those in which something was recorded."""
    found = count_days(person, since, until, EVERYTHING)
    months = sorted({(day.year, day.month) for day in found.days})
    return [build_month(date(*month, 1), found) for month in months]


def _favourites(person: User, since: date, until: date) -> EntryQuerySet:
    return person.entries.live().without_quiet().narrowed(since, until, favourite=True)


def _photos(person: User, since: date, until: date) -> Rows[Photo]:
    """Of favourites, in the order of their days."""
    photos = person.photos.of_entries(_favourites(person, since, until).values("pk"))
    rows = photos.select_related("entry").order_by("entry__written_on", "entry_id", "position")
    return first_rows(rows, MOST_PHOTOS)


def _by_month(entries: list[Entry], contents: Contents) -> list[tuple[date, list[Favourite]]]:
    lines = [Favourite(entry, contents.address(cover=entry.pk)) for entry in entries]
    months = groupby(lines, key=lambda line: line.entry.written_on.replace(day=1))
    return [(month, list(group)) for month, group in months]


def _sheets(person: User, contents: Contents) -> Sheets:
    since = max(contents.since, contents.start or contents.since)
    if Chapter.ENTRIES in contents:
        entries = person.entries.live().narrowed(since, None)
    else:
        entries = _favourites(person, since, contents.until)
    return sheets_of(entries, contents.until)


def _histories(person: User, since: date, until: date, today: date) -> Histories:
    """With the time before, as long, in which a run of misses may have begun; and the days after
    that belong to the last week."""
    before = since - (until - since) - timedelta(days=1)
    last = min(today - REST_OF_A_WEEK, until) + REST_OF_A_WEEK
    return read_histories(with_answers_between(person, before, last), before, today)


def _kept(histories: Histories, since: date, until: date) -> list[tuple[Promise, Tally]]:
    tallies = [(promise, history.tally(since, until)) for promise, history in histories]
    return [(promise, tally) for promise, tally in tallies if tally.kept]


def _figures(person: User, histories: Histories, since: date, until: date) -> Figures:
    days = [history for _promise, history in histories]
    kept = tally_together(days, since, until)
    before = since - (until - since) - timedelta(days=1)
    returns = arithmetic.returns(
        (one.recorded(before, since - timedelta(days=1)), one.recorded(since, until))
        for one in days
    )
    held = _held(person, since, until)
    return Figures(
        promises=kept if kept.n >= ENOUGH else None,
        returns=returns if returns.is_enough else None,
        boundaries=held if held.is_enough else None,
    )


def _held(person: User, since: date, until: date) -> arithmetic.FollowThrough:
    rows = person.crossings.live().filter(occurred_on__gte=since, occurred_on__lte=until)
    times = dict(rows.order_by().values_list("result").annotate(n=Count("pk")))
    Result = Crossing.Result
    return arithmetic.FollowThrough(
        held=times.get(Result.HELD, 0),
        held_later=times.get(Result.HELD_LATER, 0),
        partly=times.get(Result.PARTLY, 0),
        not_held=times.get(Result.NOT_HELD, 0),
    )


def _lessons(person: User, since: date, until: date) -> QuerySet[Lesson]:
    """Lessons used in the time, the most used first, then those made in it."""
    in_time = Q(uses__deleted_at=None, uses__used_on__gte=since, uses__used_on__lte=until)
    used = Count("uses", filter=in_time)
    helped = Count("uses", filter=in_time & Q(uses__result__in=HELPED))
    made = Q(created_at__date__gte=since, created_at__date__lte=until)
    lessons = person.lessons.live().annotate(used=used, helped=helped)
    return lessons.filter(Q(used__gt=0) | made).order_by("-used", "id")


def _decisions(person: User, since: date, until: date, today: date) -> Rows[DecisionRow]:
    decisions = person.decisions.finished().filter(decided_on__gte=since, decided_on__lte=until)
    reviews = Prefetch("reviews", DecisionReview.objects.finished(), to_attr="finished_reviews")
    rows: QuerySet[Decision] = with_related_rows(decisions).select_related("chosen_option")
    found = first_rows(rows.prefetch_related(reviews).order_by("decided_on", "id"))
    return Rows([DecisionRow(row, today) for row in found.rows], found.goes_on)


def _moments(person: User, since: date, until: date) -> QuerySet[SelfCompassion]:
    rows = person.selfcompassions.finished()
    rows = rows.filter(occurred_on__gte=since, occurred_on__lte=until)
    return rows.order_by("occurred_on", "id")


def _mistakes(person: User, since: date, until: date) -> QuerySet[Mistake]:
    """By the day it happened or, if nobody gave one, the day it was finished."""
    happened = Q(occurred_on__gte=since, occurred_on__lte=until)
    noted = Q(finished_at__date__gte=since, finished_at__date__lte=until)
    rows = person.mistakes.finished().filter(happened | Q(occurred_on=None) & noted)
    return rows.order_by("occurred_on", "id")
