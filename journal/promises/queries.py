"""The promises for Today and for the waiting list, as querysets.

The Today page itself reads by today_query.py, which has the same queries in
one statement of raw SQL.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from journal.guide.steps import Text
from journal.guide.todo_items import TodoItem, TodoSource, draft_item
from journal.people.models import User
from journal.promises import wording
from journal.promises.history import (
    PromiseHistory,
    histories,
    history_on,
    history_since,
    in_force,
    with_history,
)
from journal.promises.models import LINE, CheckIn, Experiment, Promise
from journal.promises.occurrences import Week, is_by_week, week_of
from journal.promises.schedule_fields import Cadence
from journal.promises.steps import FLOW

EXPERIMENT = ("id", "starts_on", "allocation", "way_a", "way_b")  # what Today needs of it


@dataclass
class DueToday:
    """A promise on a day that can be answered, as "promises/_row.html" renders it."""

    record: PromiseHistory
    day: date
    checkin: CheckIn

    @property
    def promise(self) -> Promise:
        return self.record.promise

    @property
    def choices(self) -> list[tuple[str, Text, str]]:
        """Value, label and icon of each answer that the day takes. A promise by the week has no
        missed days, and "Kept small" needs a bad-day version (or is the answer already)."""
        drawings = ("kept", "small", "missed", "excused")
        rows = [
            (value, label, drawing)
            for (value, label), drawing in zip(CheckIn.Status.choices, drawings, strict=True)
        ]
        taken = self.record.statuses_on(self.day)
        left_out = {"missed"} if self.week else set()
        if not (self.promise.has_small_version or self.checkin.status == CheckIn.Status.KEPT_SMALL):
            left_out.add("small")
        return [row for row in rows if row[0] in taken and row[2] not in left_out]

    @property
    def is_ahead(self) -> bool:
        return self.day > self.record.today

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
        following = self.record.next_chance(self.day)
        return wording.near(following, self.record.today) if following else ""

    @cached_property
    def way(self) -> str:
        """How to keep it in this day's week, while two ways are compared."""
        experiment = open_experiment(self.promise)
        return experiment.way_on(self.day) if experiment else ""

    @property
    def is_of_this_week(self) -> bool:
        plan, today = self.record.plan, self.record.today
        return plan.week_start(self.day) == plan.week_start(today)

    @cached_property
    def week(self) -> Week | None:
        return (
            week_of(self.record.plan, self.day) if is_by_week(self.record.plan, self.day) else None
        )

    @property
    def week_text(self) -> str:
        """The week's progress of a promise by the week: "1 of 3 this week"."""
        if not self.week:
            return ""
        amount = self.record.week_tally(self.week)
        target = self.week.target - amount.excused
        return _("%(kept)s of %(target)s this week") % {"kept": amount.kept, "target": target}


def due_today(record: PromiseHistory, day: date) -> DueToday:
    """Includes the day's own answer if the queryset read it (`with_answer_of`)."""
    promise = record.promise
    row = CheckIn(owner_id=promise.owner_id, promise_id=promise.pk, due_on=day)
    if getattr(promise, "answer_id", None):
        row.pk, row.version = promise.answer_id, promise.answer_version
        row.status, row.excuse = promise.answer_status, promise.answer_excuse
        row.note = promise.answer_note  # still sealed
        row._state.adding = False
    return DueToday(record, day, row)


def with_answer_of(promises: QuerySet[Promise], day: date) -> QuerySet[Promise]:
    answer = CheckIn.objects.filter(promise=OuterRef("pk"), due_on=day)
    fields = ("id", "status", "excuse", "note", "version")
    return with_experiment(promises).annotate(
        **{f"answer_{name}": Subquery(answer.values(name)[:1]) for name in fields}
    )


def with_experiment(promises: QuerySet[Promise]) -> QuerySet[Promise]:
    """Adds the open experiment, of which a promise has one at most."""
    is_open = FilteredRelation("experiments", condition=Q(experiments__ended_on=None))
    return promises.annotate(open_experiment=is_open).annotate(
        **{f"experiment_{name}": F(f"open_experiment__{name}") for name in EXPERIMENT}
    )


def open_experiment(promise: Promise) -> Experiment | None:
    """As the queryset read it; its words are still sealed."""
    if not getattr(promise, "experiment_id", None):
        return None
    row = Experiment(owner_id=promise.owner_id, promise_id=promise.pk)
    for name in EXPERIMENT:
        setattr(row, name, getattr(promise, f"experiment_{name}"))
    row._state.adding = False
    return row


def due_among(records: list[PromiseHistory], day: date) -> list[DueToday]:
    """The promises to answer on a day, of those that today_query.py read."""
    return [due_today(record, day) for record in records if record.is_asked_on(day)]


def due_on(person: User, day: date) -> list[DueToday]:
    """The promises to answer on a day, read in one statement."""
    promises = in_force(person, day, day).order_by("id")
    return due_among(histories(person, with_answer_of(promises, day)), day)


def todo_items(person: User, day: date) -> list[TodoItem]:
    """Drafts (never a line of the list), pauses with a reminder, and weeks to confirm: one
    statement."""
    rows = person.promises.live().exclude(finished_at=None, step=LINE)
    rows = rows.filter(
        Q(finished_at=None)
        | Q(state=Promise.State.PAUSED, resume_on__lte=day)
        | Q(state=Promise.State.ACTIVE, cadence=Cadence.TIMES_PER_WEEK)
    )
    found: list[TodoItem] = []
    for promise in with_history(rows.order_by("-updated_at"), history_since(person, day)):
        found += todo_items_of(promise, person, day)
    return found


def todo_items_of(promise: Promise, person: User, day: date) -> list[TodoItem]:
    """The items of a draft, of a pause with a reminder, or of a promise by the week."""
    if not promise.finished_at:
        return [draft_item(FLOW.draft(promise))]
    if promise.state == Promise.State.PAUSED:
        return days_of(promise, day)
    record = history_on(person, day, promise)
    if record.weeks_to_confirm:
        on = record.weeks_to_confirm[0].ends_on
        return [_day_item(promise, _("Last week is over. Anything to add?"), on)]
    return []


def _day_item(promise: Promise, text: str, on: date | None) -> TodoItem:
    return TodoItem(promise.statement, text, promise.get_absolute_url(), on=on)


def with_day(person: User, day: date) -> QuerySet[Promise]:
    """Promises for one day, those with a last day, and pauses with a reminder."""
    once, lasts = Q(cadence=Cadence.ONCE, due_on__lte=day), Q(ends_on__lte=day)
    paused = Q(state=Promise.State.PAUSED, resume_on__lte=day)
    rows = person.promises.finished()
    return rows.filter(paused | Q(state=Promise.State.ACTIVE) & (once | lasts)).order_by("id")


def days_of(promise: Promise, _day: date) -> list[TodoItem]:
    if promise.state == Promise.State.PAUSED:
        return [_day_item(promise, _("You asked to be reminded: start again?"), promise.resume_on)]
    if promise.cadence == Cadence.ONCE:
        return [_day_item(promise, _("You promised it for this day."), promise.due_on)]
    return [_day_item(promise, _("The last day of this promise."), promise.ends_on)]


dated = TodoSource("prom", with_day, days_of)
