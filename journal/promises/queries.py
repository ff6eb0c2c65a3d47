"""A person's promises with what their arithmetic needs, read in one statement however many.

`with_history` adds each promise's terms, pauses, answers and confirmed weeks as plain values (no
words); `Record` turns them into a Plan and asks it. Today reads by today_query.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from journal.guide.steps import Text
from journal.guide.todo_items import TodoItem, draft_item
from journal.people import clock
from journal.people.models import User
from journal.promises import strip_svg, tallies, wording
from journal.promises.models import (
    EDITABLE_DAYS,
    CheckIn,
    Promise,
    PromisePause,
    PromiseRevision,
    WeekConfirmation,
)
from journal.promises.occurrences import (
    Plan,
    Week,
    can_be_answered,
    is_by_week,
    is_due,
    next_due,
    week_of,
    weeks,
)
from journal.promises.plans import plan_of
from journal.promises.schedule_fields import Cadence
from journal.promises.steps import FLOW
from journal.promises.tallies import AHEAD, status_of


def with_history(promises: QuerySet[Promise], since: date) -> QuerySet[Promise]:
    answers = CheckIn.objects.filter(promise=OuterRef("pk"), due_on__gte=since).order_by("due_on")
    json = JSONObject(day="due_on", status="status")
    return with_terms(promises, since).annotate(  # type: ignore[no-redef]  # declared on the model
        answer_rows=ArraySubquery(answers.values(json=json))
    )


def with_terms(promises: QuerySet[Promise], since: date) -> QuerySet[Promise]:
    """Without the answers."""
    mine = {"promise": OuterRef("pk")}
    terms = ("effective_on", "cadence", "weekdays", "times_per_week", "due_on")
    return promises.annotate(  # type: ignore[no-redef]  # declared on the model
        terms_rows=ArraySubquery(
            PromiseRevision.objects.filter(**mine)
            .order_by("effective_on")
            .values(json=JSONObject(**{name: name for name in terms}))
        ),
        pause_rows=ArraySubquery(
            PromisePause.objects.filter(**mine)
            .order_by("from_on")
            .values(json=JSONObject(first="from_on", back="until_on"))
        ),
        confirmed_rows=ArraySubquery(
            WeekConfirmation.objects.filter(**mine, week_start__gte=since).values("week_start")
        ),
    )


def tally_start(person: User, today: date) -> date:
    """The first of the four calendar weeks that are shown, this week included."""
    return clock.week_start(person, today) - timedelta(weeks=strip_svg.TALLY_WEEKS - 1)


def history_since(person: User, today: date) -> date:
    """Far enough back for whole weeks of any promise in the window."""
    return tally_start(person, today) - timedelta(days=6)


@dataclass
class PromiseHistory:
    """A promise, read `with_history`, on a day of its owner's."""

    promise: Promise
    today: date
    first: date  # of the window

    @cached_property
    def plan(self) -> Plan:
        return plan_of(self.promise)

    @cached_property
    def answers(self) -> Mapping[date, str]:
        rows = self.promise.answer_rows
        return {date.fromisoformat(row["day"]): row["status"] for row in rows}

    @property
    def confirmed(self) -> list[date]:
        return self.promise.confirmed_rows

    @cached_property
    def tally(self) -> tallies.Tally:
        return tallies.tally(self.plan, self.answers, self.confirmed, self.today, self.first)

    @cached_property
    def next_due(self) -> date | None:
        """The next day still to be answered: today, if it is one."""
        waiting_today = self.today not in self.answers and self.is_asked_on(self.today)
        return self.today if waiting_today else next_due(self.plan, self.today)

    @property
    def next_due_text(self) -> str:
        return wording.near(self.next_due, self.today) if self.next_due else ""

    @property
    def tally_text(self) -> SafeString:
        return wording.tally(self.tally)

    @property
    def range_text(self) -> str:
        return wording.rough_range(self.tally)

    @property
    def address(self) -> str:
        return f"/promises/{self.promise.pk}/"

    @cached_property
    def strip(self) -> SafeString:
        return strip_svg.draw_strip(self)

    @property
    def is_over(self) -> bool:
        """Active, but past its last day: nobody has to end it by hand."""
        ends_on = self.promise.ends_on
        return self.promise.state == Promise.State.ACTIVE and bool(ends_on and ends_on < self.today)

    def week_tally(self, week: Week) -> tallies.Tally:
        confirmed = week.starts_on in self.confirmed
        return tallies.tally_week(week, self.answers, self.today, confirmed=confirmed)

    def mark_on(self, day: date) -> str:
        """What a calendar shows: the answer, how a due day stands, or nothing. By the week,
        answers only."""
        if day in self.answers:
            return self.answers[day]
        if not is_due(self.plan, day):
            return ""
        return AHEAD if day > self.today else status_of(day, self.answers, self.today)

    def is_asked_on(self, day: date) -> bool:
        """Whether the day has something to answer: by the week, until the week's units are told."""
        if is_due(self.plan, day) or day in self.answers:
            return can_be_answered(self.plan, day) or day in self.answers
        week = week_of(self.plan, day) if is_by_week(self.plan, day) else None
        return bool(week and self.week_tally(week).open and week.starts_on not in self.confirmed)

    @cached_property
    def offers_renegotiation(self) -> bool:
        """Three misses in five due, since the terms were last looked at."""
        looked_at = self.promise.looked_at_on
        first = max(self.first, looked_at + timedelta(days=1)) if looked_at else self.first
        results = tallies.outcomes(self.plan, self.answers, self.confirmed, self.today, first)
        return self.promise.state == Promise.State.ACTIVE and tallies.offers_renegotiation(results)

    @property
    def told_weeks(self) -> list[tuple[Week, str]]:
        """Weeks to confirm, each with what was told of it so far: "2 of 3 kept"."""
        found = []
        for week in self.weeks_to_confirm:
            amount = self.week_tally(week)
            target = week.target - amount.excused
            text = _("%(kept)s of %(target)s kept") % {"kept": amount.kept, "target": target}
            found.append((week, text))
        return found

    @cached_property
    def weeks_to_confirm(self) -> list[Week]:
        """Weeks that are over, whose units are not all told."""
        return [
            week
            for week in weeks(self.plan, self.first, self.today)
            if week.ends_on < self.today
            and week.starts_on not in self.confirmed
            and (self.week_tally(week).open or self.week_tally(week).unrecorded)
        ]

    @property
    def paused_on(self) -> date | None:
        """The first day of the pause that still holds."""
        open_pauses = [first for first, back in self.plan.pauses if back is None]
        return open_pauses[-1] if open_pauses else None

    @property
    def ended_text(self) -> str:
        """When and why it ended: "Let go 2 October, the season changed"."""
        promise = self.promise
        if promise.state == Promise.State.RETIRED:
            reason = promise.get_retire_reason_display()
            day = wording.day(promise.ended_on)  # type: ignore[arg-type]  # it ended
            return _("Let go on %(day)s: %(reason)s") % {"day": day, "reason": reason}
        last = promise.ends_on if self.is_over else promise.ended_on
        return _("Completed on %(day)s") % {"day": wording.day(last)}  # type: ignore[arg-type]  # it ended

    @property
    def open_days(self) -> list[date]:
        """The last seven days and today, as far as they can be answered, newest first."""
        back = (self.today - timedelta(days=n) for n in range(EDITABLE_DAYS + 1))
        return [day for day in back if can_be_answered(self.plan, day) or day in self.answers]


def history_of(promises: QuerySet[Promise], person: User, pk: Any) -> PromiseHistory | None:
    today = clock.today(person)
    promise = with_history(promises, history_since(person, today)).filter(pk=pk).first()
    return PromiseHistory(promise, today, tally_start(person, today)) if promise else None


def histories(person: User, promises: QuerySet[Promise]) -> list[PromiseHistory]:
    """One statement, however many promises."""
    today = clock.today(person)
    rows = with_history(promises, history_since(person, today))
    return [PromiseHistory(promise, today, tally_start(person, today)) for promise in rows]


# --- for Today


@dataclass
class DueToday:
    """A promise on a day that can be answered, as "promises/_row.html" shows it."""

    record: PromiseHistory
    day: date
    checkin: CheckIn

    @property
    def promise(self) -> Promise:
        return self.record.promise

    @property
    def choices(self) -> list[tuple[str, Text, str]]:
        """Value, label and drawing of each answer. By the week no single day is missed."""
        drawings = ("kept", "small", "missed", "excused")
        rows = [
            (value, label, drawing)
            for (value, label), drawing in zip(CheckIn.Status.choices, drawings, strict=True)
        ]
        return [row for row in rows if not (self.week and row[2] == "missed")]

    @property
    def excuses(self) -> Sequence[tuple[str, Text]]:
        return CheckIn.Excuse.choices

    @property
    def day_text(self) -> str:
        return wording.near(self.day, self.record.today)

    @property
    def address(self) -> str:
        return self.record.address

    @property
    def target(self) -> str:
        return f"due-{self.promise.pk}-{self.day.isoformat()}"

    @property
    def next_chance(self) -> str:
        following = next_due(self.record.plan, self.day)
        return wording.near(following, self.record.today) if following else ""

    @cached_property
    def week(self) -> Week | None:
        return (
            week_of(self.record.plan, self.day) if is_by_week(self.record.plan, self.day) else None
        )

    @property
    def week_text(self) -> str:
        """How far a promise by the week has come: "1 of 3 this week"."""
        if not self.week:
            return ""
        amount = self.record.week_tally(self.week)
        target = self.week.target - amount.excused
        return _("%(kept)s of %(target)s this week") % {"kept": amount.kept, "target": target}


def due_today(record: PromiseHistory, day: date) -> DueToday:
    """With the day's own answer, if the promise was read with it (`_with_answer_of`)."""
    promise = record.promise
    row = CheckIn(owner_id=promise.owner_id, promise_id=promise.pk, due_on=day)
    if getattr(promise, "answer_id", None):
        row.pk, row.status, row.excuse = (
            promise.answer_id,
            promise.answer_status,
            promise.answer_excuse,
        )
        row.note = promise.answer_note  # still sealed
        row._state.adding = False
    return DueToday(record, day, row)


def with_answer_of(promises: QuerySet[Promise], day: date) -> QuerySet[Promise]:
    answer = CheckIn.objects.filter(promise=OuterRef("pk"), due_on=day)
    fields = ("id", "status", "excuse", "note")
    return promises.annotate(
        **{f"answer_{name}": Subquery(answer.values(name)[:1]) for name in fields}
    )


def due_among(records: list[PromiseHistory], day: date) -> list[DueToday]:
    """What is asked on a day, of promises read by today_query.py."""
    return [due_today(record, day) for record in records if record.is_asked_on(day)]


def in_force(person: User, first: date, last: date) -> QuerySet[Promise]:
    """Finished ones that had begun and had not ended on some day from `first` to `last`."""
    rows = person.promises.finished().filter(Q(ended_on=None) | Q(ended_on__gte=first))
    return rows.filter(Q(ends_on=None) | Q(ends_on__gte=first), starts_on__lte=last)


def due_on(person: User, day: date) -> list[DueToday]:
    """Every promise that is asked about on a day: one statement, however many."""
    promises = in_force(person, day, day).order_by("id")
    return due_among(histories(person, with_answer_of(promises, day)), day)


def locked(person: User, keys: Iterable[UUID], day: date) -> dict[UUID, DueToday]:
    """Those of the person's promises that are there, locked in one order, to be answered."""
    rows = person.promises.finished().filter(pk__in=keys).order_by("id")
    list(rows.select_for_update())
    found = histories(person, with_answer_of(rows, day))
    return {record.promise.pk: due_today(record, day) for record in found}


def todo_items(person: User, day: date) -> list[TodoItem]:
    """Drafts, pauses that asked to be asked, and weeks to confirm: one statement."""
    rows = person.promises.live().filter(
        Q(finished_at=None)
        | Q(state=Promise.State.PAUSED, resume_on__lte=day)
        | Q(state=Promise.State.ACTIVE, cadence=Cadence.TIMES_PER_WEEK)
    )
    found: list[TodoItem] = []
    for promise in with_history(rows.order_by("-updated_at"), history_since(person, day)):
        found += todo_items_of(promise, person, day)
    return found


def todo_items_of(promise: Promise, person: User, day: date) -> list[TodoItem]:
    """Of a draft, a pause that asked to be asked about, or a promise by the week."""
    if not promise.finished_at:
        return [draft_item(FLOW.draft(promise))]
    address = promise.get_absolute_url()
    if promise.state == Promise.State.PAUSED:
        text = _("You asked us to ask: take it up again?")
        return [TodoItem(promise.statement, text, address)]
    record = PromiseHistory(promise, day, tally_start(person, day))
    if record.weeks_to_confirm:
        return [TodoItem(promise.statement, _("A week is over. Is it told?"), address)]
    return []


def recent_days(
    record: PromiseHistory, answered: QuerySet[CheckIn]
) -> list[tuple[date, CheckIn | None]]:
    """The days that can still be answered or changed, newest first, each with its answer."""
    since = record.today - timedelta(days=EDITABLE_DAYS)
    given = {row.due_on: row for row in answered.filter(due_on__gte=since)}
    return [(day, given.get(day)) for day in record.open_days]
