"""The content of Today for one day. Each part runs its query on first access, and once; one batch
fetches everything other than the daily check and the promises."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.lessons import queries as lessons
from journal.people import clock
from journal.people.models import User
from journal.privacy.batched_queries import fetch_batched
from journal.promises.history import PromiseHistory
from journal.promises.queries import DueToday
from journal.promises.today_query import TodayPromises, fetch_today_promises
from journal.reflections.daily import queries as daily
from journal.reflections.daily.models import DailyCheck
from journal.reflections.entries.models import Entry
from journal.reflections.entries.prompts import selection
from journal.reflections.rumination import queries as rumination
from journal.today import promise_rows, waiting, week, welcome_back
from journal.today.day_param import OpenDays
from journal.today.saving import Kept

LAST_ENTRIES = 5
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
    lambda person, _day: person.entries.live().without_quiet().newest_first()[:LAST_ENTRIES],
    *waiting.FACTORIES,
)


@dataclass
class Day:
    person: User
    day: date
    open_days: OpenDays
    kept: Kept | None = None  # the result of a POST, if the person has to correct something
    prompted: str = ""  # the prompt in the address; it replaces the day's

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
        stored = {"trust": self.check.trust, "visit": self.check.visit, "credit": self.check.credit}
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
        first, last = min(self.week_start, self.day), self.week_start + timedelta(days=6)
        return fetch_today_promises(self.person, self.day, first, last)

    @property
    def records(self) -> list[PromiseHistory]:
        return self.promises.records

    @property
    def due(self) -> list[DueToday]:
        return self.promises.due

    @cached_property
    def rows(self) -> list[SafeString]:
        refused = self.kept.refused if self.kept else {}
        return [promise_rows.render_row(due, refused.get(due.promise.pk)) for due in self.due]

    @cached_property
    def week(self) -> list[week.WeekDay]:
        return week.week_of(self.records, self.week_start, self.today, list(self.open_days))

    @property
    def week_summary(self) -> str:
        return week.summary(self.week)

    @property
    def week_has_misses(self) -> bool:
        return any("missed" in day.marks for day in self.week)

    @property
    def is_done(self) -> bool:
        """Whether the day has an answer, and every promise of the day has its own."""
        answered = all(due.checkin.status or due.week for due in self.due)
        return answered and (self.check.is_answered or any(due.checkin.status for due in self.due))

    @property
    def done_text(self) -> Any:
        return (
            gettext_lazy("Done for today.") if self.is_today else gettext_lazy("That day is told.")
        )

    # --- the rest of the page

    @cached_property
    def away(self) -> welcome_back.Away | None:
        if not self.is_today:
            return None
        return welcome_back.after_a_gap(self.records, self.due, self.checks, self.today)

    @cached_property
    def _batch(self) -> list[list[Any]]:
        return fetch_batched(self.person, self.today, *BATCH)

    @cached_property
    def _waiting(self) -> list[waiting.TodoRow]:
        found = self._batch[3:]
        return waiting.lines(self.person, self.today, self.checks, self.promises.waiting, found)

    @property
    def drafts(self) -> list[Any]:
        return [line.draft for line in self._waiting if line.draft]

    @property
    def waiting(self) -> list[waiting.TodoRow]:
        return [line for line in self._waiting if line.is_plain]

    @property
    def offer(self) -> rumination.Offer | None:
        """An offer to look at something another way: one at most, and none after a gap."""
        if not self.is_today or self.away:
            return None
        return next((line.offer for line in self._waiting if line.offer), None)

    @cached_property
    def lesson(self) -> lessons.Today | None:
        return lessons.lesson_of_day(self._batch[0], self.today) if self.is_today else None

    @cached_property
    def prompt(self) -> selection.AnyPrompt | None:
        asked = selection.find(self.person, self.prompted) if self.prompted else None
        return asked or selection.read(self.person, self._batch[1])

    @property
    def entries(self) -> list[Entry]:
        return self._batch[2]
