"""The content of Today for one day. Each part runs its query on first access, and once; one batch
fetches what can wait. The daily check and the promises decide which of the pages it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from operator import itemgetter
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from journal.lessons import queries as lessons
from journal.people import clock
from journal.people.models import User
from journal.privacy.batched_queries import fetch_batched
from journal.promises import suggestions
from journal.promises.forms import CheckInForm
from journal.promises.history import PromiseHistory
from journal.promises.models import CheckIn, Part
from journal.promises.occurrences import is_by_week
from journal.promises.queries import DueToday
from journal.promises.suggestions import Suggestion
from journal.promises.today_query import TodayPromises, fetch_today_promises
from journal.reflections.daily import queries as daily
from journal.reflections.daily.forms import QUESTIONS
from journal.reflections.daily.models import DailyCheck
from journal.reflections.entries.prompts import selection
from journal.today import later, offers, promise_rows, waiting, week, welcome_back
from journal.today.day_param import BACK, OpenDays
from journal.today.saving import Kept, row_key

ALL = "all"
SUGGESTED = 3  # promises to tap where there is none yet
SHOWN = 20  # rows of a list; the rest is drawn when asked for
MANY = 5  # more promises than that, and the recorded ones are in a fold
# Tally marks: one to four lines, and the fifth across.
TALLIES = {
    1: ("M16 6c.4 7 -.4 13 0 20",),
    2: ("M13 6c.4 7 -.4 13 0 20", "M19 6c.4 7 -.4 13 0 20"),
    3: ("M10 6c.4 7 -.4 13 0 20", "M16 6c.4 7 -.4 13 0 20", "M22 6c.4 7 -.4 13 0 20"),
    4: (
        "M7 6c.4 7 -.4 13 0 20",
        "M13 6c-.4 7 -.4 13 0 20",
        "M19 6c.4 7 -.4 13 0 20",
        "M25 6c-.4 7 -.4 13 0 20",
    ),
}
TALLIES[5] = TALLIES[4]

# One batch fetches these, in this order.
BATCH = (
    lessons.coming_back,
    selection.first_of_day,
    lambda person, _day: person.entries.live().without_quiet().newest_first()[:1],
    *offers.FACTORIES,
    *waiting.FACTORIES,
)


@dataclass(frozen=True)
class Rows:
    """A list of promises to answer, of which a page draws the first."""

    drawn: list[SafeString]
    number: int

    def __bool__(self) -> bool:
        return bool(self.number)

    @property
    def left(self) -> int:
        return self.number - len(self.drawn)


@dataclass
class Day:
    person: User
    day: date
    open_days: OpenDays
    kept: Kept | None = None  # the result of a POST, if the person has to correct something
    is_third_visit: bool = False
    shows_all: bool = False
    offer: offers.Offer | None = field(default=None, init=False)  # once `later` is read

    @property
    def today(self) -> date:
        return self.open_days.today

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    @property
    def address(self) -> str:
        here = reverse("today:today")
        return here if self.is_today else f"{here}?day={self.day.isoformat()}"

    @property
    def address_of_all(self) -> str:
        """The same page, with every promise on it."""
        return f"{self.address}{'?' if self.is_today else '&'}{ALL}"

    @property
    def offers_to_install(self) -> bool:
        return bool(self.offer and self.offer.address == offers.address_of(User.Offer.INSTALL))

    @property
    def greeting(self) -> str:
        hour = clock.now(self.person).hour
        if 5 <= hour < 12:
            return _("Good morning")
        return _("Good afternoon") if 12 <= hour < 18 else _("Good evening")

    @property
    def zone_name(self) -> str:
        return self.person.zone.replace("_", " ")

    # --- the daily check

    @cached_property
    def checks(self) -> list[DailyCheck]:
        return daily.recent_checks(self.person, self.today)

    @cached_property
    def check(self) -> DailyCheck:
        return daily.on(self.checks, self.person, self.day)

    @property
    def shown(self) -> dict[str, Any]:
        """The answers for the page: posted ones that were refused, then stored ones."""
        stored = {name: getattr(self.check, name) for name in QUESTIONS}
        sent = self.kept.form.data if self.kept and self.kept.form.errors else {}
        return {name: str(sent.get(name, value) or "") for name, value in stored.items()}

    @property
    def trusts(self) -> list[tuple[str, Any, tuple[str, ...], bool]]:
        return [(str(n), label, TALLIES[n], n == 5) for n, label in DailyCheck.Trust.choices]

    @property
    def visits(self) -> list[tuple[str, Any]]:
        return DailyCheck.Visit.choices

    # --- promises

    @cached_property
    def week_start(self) -> date:
        return clock.week_start(self.person, self.today)

    @cached_property
    def promises(self) -> TodayPromises:
        first = min(self.week_start, self.day - timedelta(days=BACK))
        last = self.week_start + timedelta(days=6)
        return fetch_today_promises(self.person, self.day, first, last)

    @property
    def records(self) -> list[PromiseHistory]:
        return self.promises.records

    @property
    def due(self) -> list[DueToday]:
        return self.promises.due

    @property
    def refused(self) -> dict[str, CheckInForm]:
        return self.kept.refused if self.kept else {}

    def _row(self, due: DueToday) -> SafeString:
        key = row_key(due.promise.pk, due.day, self.day)
        return promise_rows.render_row(due, key, self.refused.get(key))

    def _is_open(self, due: DueToday) -> bool:
        return not due.checkin.status or str(due.promise.pk) in self.refused

    def _rows(self, dues: list[DueToday]) -> Rows:
        is_whole = self.shows_all or self.kept  # a row to correct is never left out
        drawn = dues if is_whole else dues[:SHOWN]
        return Rows([self._row(due) for due in drawn], len(dues))

    @cached_property
    def open_rows(self) -> Rows:
        return self._rows([due for due in self.due if self._is_open(due)])

    @cached_property
    def recorded_rows(self) -> Rows:
        return self._rows([due for due in self.due if not self._is_open(due)])

    @property
    def folds_recorded(self) -> bool:
        return len(self.due) > MANY

    @property
    def last_night(self) -> Rows:
        """The rows of yesterday that have no answer yet."""
        return self._still_open[1]

    @property
    def nights_before(self) -> list[tuple[date, Rows]]:
        """The rows without an answer of the days before yesterday that still take one."""
        before = (self.day - timedelta(days=back) for back in range(2, BACK + 1))
        found = zip(before, self._still_open[2:], strict=True)
        return [(day, rows) for day, rows in found if rows]

    @cached_property
    def _still_open(self) -> list[Rows]:
        """For each of the last days. None from before a return after a gap: it is not made up."""
        returns = [check.date for check in self.checks if check.days_away]
        first = max(returns, default=date.min) if self.is_today else date.max
        days = [self.day - timedelta(days=back) for back in range(BACK + 1)]
        return [
            self._rows([_unanswered(one, day) for one in self.records if _lacks(one, day)])
            if first <= day < self.day
            else Rows([], 0)
            for day in days
        ]

    @cached_property
    def week(self) -> list[week.WeekDay]:
        return week.week_of(self.records, self.week_start, self.today, list(self.open_days))

    @property
    def week_summary(self) -> str:
        return week.summary(self.week)

    @property
    def days_before_week(self) -> list[date]:
        """The open days that the week does not show."""
        return [day for day in self.open_days if day < self.week_start]

    # --- which of the pages it is

    @property
    def is_closed(self) -> bool:
        """Whether the person is done for today. A promise made since then opens the day again."""
        done_at = self.check.done_at
        if not self.is_today or done_at is None:
            return False
        open_still = (due.promise for due in self.due if not due.checkin.status)
        return not any(one.finished_at and one.finished_at > done_at for one in open_still)

    @cached_property
    def away(self) -> welcome_back.Away | None:
        if not self.is_today:
            return None
        return welcome_back.after_a_gap(self.person, self.records, self.checks, self.today)

    @property
    def is_first_promise(self) -> bool:
        """Whether the only promise was made today, and nothing was recorded on any day yet."""
        if not self.is_today or len(self.records) != 1:
            return False
        if any(check.is_answered for check in self.checks):
            return False
        promise = self.records[0].promise
        starts_on, made_at = promise.starts_on, promise.finished_at
        if not starts_on or not made_at or promise.last_answered_on:
            return False
        return starts_on >= self.today == clock.day_of(self.person, made_at)

    @property
    def first_days(self) -> list[tuple[str, str]]:
        """What comes up in the first week, for the page of the first promise."""
        tomorrow = self.today + timedelta(days=1)
        look_back = max(tomorrow, self.week_start + timedelta(days=6))
        planned = [
            *((on, str(one.title)) for on, one in offers.coming_offers(self.person, self.today)),
            (look_back, _("A first look back at the week")),
        ]
        found = [(_("Each day"), _("How far did you trust yourself?"))]
        found += [
            (_("Tomorrow") if on == tomorrow else date_format(on, "l"), what)
            for on, what in sorted(planned, key=itemgetter(0))
        ]
        if not self.records[0].promise.has_small_version:
            found.append((_("After a first miss"), str(Part.SMALLEST.label)))
        return found

    @property
    def is_without_promises(self) -> bool:
        return self.is_today and not self.records

    @property
    def suggestions(self) -> Sequence[Suggestion]:
        return suggestions.FIRST[:SUGGESTED]

    @property
    def offers_check_in(self) -> bool:
        """From the second day on, if there is no promise yet: the first evening asks nothing."""
        joined_today = clock.joined_on(self.person) >= self.today
        return bool(self.records or self.check.is_answered or not joined_today)

    # --- what can wait

    @cached_property
    def later(self) -> list[waiting.TodoRow]:
        """Nothing on the page of a day before."""
        if not self.is_today:
            return []
        lesson, prompt, entries, *found = fetch_batched(self.person, self.today, *BATCH)
        offered, found = found[: len(offers.FACTORIES)], found[len(offers.FACTORIES) :]
        self.offer = offers.offer_of_day(
            self.person, self.today, offered, is_third_visit=self.is_third_visit
        )
        rows = waiting.todo_rows(self.person, self.today, self.checks, self.promises.waiting, found)
        return later.later_rows(
            rows,
            lessons.lesson_of_day(lesson, self.today),
            self.offer,
            selection.read(self.person, prompt),
            next(iter(entries), None),
        )


def _lacks(record: PromiseHistory, day: date) -> bool:
    """Whether a single day lacks its answer; a promise by the week has no such days."""
    asks = record.is_asked_on(day) and not is_by_week(record.plan, day)
    return asks and record.lacks_answer(day)


def _unanswered(record: PromiseHistory, day: date) -> DueToday:
    promise = record.promise
    row = CheckIn(owner_id=promise.owner_id, promise_id=promise.pk, due_on=day)
    return DueToday(record, day, row)
