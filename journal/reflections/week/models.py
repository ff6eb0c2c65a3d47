"""The weekly reflection: one row per person and week, with a snapshot of the week's record."""

import datetime
from functools import cached_property
from typing import Any, ClassVar, Self
from uuid import uuid5

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.guide.models import Guided, GuidedQuerySet
from journal.people import clock
from journal.people.date_validators import FIRST_DAY
from journal.people.models import User
from journal.privacy.fields import WordsField
from journal.privacy.ownership import field_of
from journal.promises.models import Promise
from journal.promises.schedule_fields import Cadence
from journal.reflections.week import calendar, promise_changes, snapshot_builder
from journal.reflections.week.presenters import Shown, span
from journal.reflections.week.snapshot import WeekSnapshot

ANSWER = {"max_length": 1000, "blank": True}
OLDER = ("protected", "kinder_words", "process", "lesson_helped")
WORKDAYS = [0, 1, 2, 3, 4]


class WeeklyReflectionQuerySet(GuidedQuerySet):
    def newest_first(self) -> Self:
        return self.live().order_by("-week_start")

    def of_week(self, start: datetime.date) -> Self:
        return self.live().filter(week_start=start)

    def removed_of(self, start: datetime.date) -> Self:
        return self.trashed().filter(week_start=start)

    def near(self, day: datetime.date) -> Self:
        """Rows of weeks that can be open on a day; calendar.py decides which one is."""
        first = day - calendar.CLOSED_AFTER
        return self.live().filter(week_start__gt=first, week_start__lte=day - calendar.LAST_DAY)


class WeeklyReflection(Guided):
    """A started one has a frozen record; a skipped one may have none. Its id derives from person
    and week, so starting it twice makes one row."""

    export_name = "reflections.WeeklyReflection"

    TITLE_FIELD = "sentence_of_week"

    class Helped(models.TextChoices):
        YES = "yes", gettext_lazy("Yes")
        A_BIT = "bit", gettext_lazy("A bit")
        NO = "no", gettext_lazy("Not really")
        FORGOT = "forgot", gettext_lazy("I forgot about it")

    class Next(models.TextChoices):
        PROMISE = "promise", gettext_lazy("One small promise")
        SMALLER = "smaller", gettext_lazy("A smaller version")
        KEEP = "keep", gettext_lazy("The ones you have")
        REST = "rest", gettext_lazy("A rest week")

    week_start = models.DateField(editable=False)
    written_zone = models.CharField(max_length=64, editable=False)
    snapshot = WordsField(max_length=500_000, blank=True, editable=False)
    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)
    skipped_at = models.DateTimeField(null=True, blank=True, editable=False)
    plan_helped = models.CharField(
        gettext_lazy("Did that make it easier?"), max_length=6, choices=Helped, blank=True
    )
    sentence_of_week = WordsField(
        gettext_lazy("The week in a sentence"), max_length=300, blank=True
    )
    kept_days = WordsField(gettext_lazy("What helped"), **ANSWER)
    easier = WordsField(gettext_lazy("What would make it easier"), **ANSWER)
    changes = WordsField(max_length=promise_changes.LONGEST, blank=True, editable=False)
    rely_on = WordsField(gettext_lazy("What you can rely on in yourself"), **ANSWER)
    # Questions of older reflections, which still show their answers.
    protected = WordsField(gettext_lazy("What you protected"), editable=False, **ANSWER)
    kinder_words = WordsField(gettext_lazy("The kinder words"), editable=False, **ANSWER)
    process = WordsField(
        gettext_lazy("A decision you made the way you wanted to"), editable=False, **ANSWER
    )
    lesson_helped = WordsField(
        gettext_lazy("Where a lesson helped, or could have"), editable=False, **ANSWER
    )
    next_choice = models.CharField(gettext_lazy("Next week"), max_length=7, choices=Next)
    next_statement = WordsField(gettext_lazy("The promise"), max_length=140, blank=True)
    next_promise = models.ForeignKey(
        Promise,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="+",
    )

    objects: ClassVar = WeeklyReflectionQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("weekly reflection")
        constraints = [
            models.UniqueConstraint(fields=["id", "owner"], name="week_and_owner"),
            models.UniqueConstraint(fields=["owner", "week_start"], name="one_reflection_a_week"),
            models.CheckConstraint(
                condition=Q(snapshot__isnull=False, frozen_at__isnull=False)
                | Q(skipped_at__isnull=False, snapshot__isnull=True, frozen_at=None),
                name="week_frozen_once_started",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(skipped_at=None), name="week_finished_or_skipped"
            ),
            models.CheckConstraint(
                condition=Q(next_choice__in=["", "promise", "smaller", "keep", "rest"]),
                name="week_next_is_known",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None) | ~Q(next_choice=""),
                name="week_is_whole",
                violation_error_message=gettext_lazy("Something is still to be answered."),
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None)
                | ~Q(next_choice__in=["promise", "smaller"])
                | Q(next_statement__isnull=False),
                name="week_promises_in_words",
                violation_error_message=gettext_lazy("Say what the promise is."),
            ),
            models.CheckConstraint(
                condition=Q(next_promise=None) | Q(next_choice__in=["promise", "smaller"]),
                name="week_promise_was_chosen",
            ),
            models.CheckConstraint(
                condition=Q(plan_helped__in=["", "yes", "bit", "no", "forgot"]),
                name="week_plan_helped_is_known",
            ),
            models.CheckConstraint(
                condition=Q(week_start__gte=FIRST_DAY), name="week_in_living_memory"
            ),
        ]

    @classmethod
    def for_week(cls, person: User, start: datetime.date) -> "WeeklyReflection":
        """The person's reflection on a week, or an unsaved one."""
        row = person.weeklyreflections.of_week(start).first()
        return row or cls.new(person, start)

    @classmethod
    def new(cls, person: User, start: datetime.date) -> "WeeklyReflection":
        pk, zone = uuid5(person.pk, f"week {start.isoformat()}"), str(clock.zone_of(person))
        return cls(id=pk, owner=person, week_start=start, written_zone=zone)

    # --- the record

    @cached_property
    def record(self) -> WeekSnapshot:
        """The snapshot from the start of the reflection; the live record before that."""
        return WeekSnapshot.read(self.snapshot) if self.snapshot else self.live_record

    @cached_property
    def live_record(self) -> WeekSnapshot:
        return snapshot_builder.build_snapshot(self.owner, self.week_start)

    @property
    def shown(self) -> Shown:
        return Shown(self.record)

    @property
    def added(self) -> int:
        """How much the person recorded since the snapshot."""
        if not self.snapshot:
            return 0
        return self.record.added_in(snapshot_builder.build_answers(self.owner, self.week_start))

    @property
    def decided(self) -> promise_changes.Changes:
        return promise_changes.Changes.read(self.changes)

    @property
    def is_first(self) -> bool:
        """Whether the person joined in this week, so that there is little to look back on."""
        joined = clock.joined_on(self.owner)
        return self.week_start <= joined <= self.week_end and not self.record.plan.is_there

    @property
    def week_end(self) -> datetime.date:
        return calendar.end_of(self.week_start)

    @property
    def text(self) -> str:
        return span(self.week_start, self.week_end)

    @property
    def summary(self) -> str:
        """The reflection in the list of weeks."""
        if self.sentence_of_week:
            return self.sentence_of_week
        if self.skipped_at:
            return _("Skipped")
        return _("Finished") if self.finished_at else _("Not finished")

    def get_absolute_url(self) -> str:
        return reverse("week:detail", args=[self.week_start])

    @property
    def done_address(self) -> str:
        return reverse("week:done", args=[self.week_start])

    @property
    def is_started(self) -> bool:
        return self.frozen_at is not None

    @property
    def is_going_on(self) -> bool:
        return self.is_started and not self.finished_at and not self.skipped_at

    def is_open_on(self, day: datetime.date) -> bool:
        """Whether it can be begun, or continued. A begun one stays open where a journey west takes
        the person back behind the last day of the week; one of before they joined never is."""
        if self.is_started:
            return day < self.week_start + calendar.CLOSED_AFTER
        lived = clock.joined_on(self.owner) <= self.week_end
        return lived and calendar.is_open(self.week_start, day)

    # --- verbs

    def insert_once(self) -> Self | None:
        """Starts it: freezes the record. Replaces one that was in the trash."""
        self.owner.weeklyreflections.removed_of(self.week_start).delete()
        self.freeze()
        return super().insert_once()

    def freeze(self) -> None:
        self.snapshot, self.frozen_at = self.live_record.text(), timezone.now()

    def skip(self) -> None:
        """Skips this week. Written answers stay. Doing it twice changes nothing."""
        self.skipped_at = self.skipped_at or timezone.now()
        if self._state.adding:
            self.owner.weeklyreflections.removed_of(self.week_start).delete()
            super().insert_once()
        else:
            self.save(update_fields=["skipped_at"])

    def take_up(self) -> None:
        """Undoes a skip; deletes a row that was never started."""
        if self._state.adding or not self.skipped_at:
            return
        if not self.is_started:
            self.delete()
            return
        self.skipped_at = None
        self.save(update_fields=["skipped_at"])

    def confirm_promise(self, promise: Any, weeks: list[datetime.date]) -> None:
        """Confirms weeks of a promise and updates them in the snapshot: its only later change."""
        for start in weeks:
            promise.confirm_week(start)
        if self.is_started:
            fresh = {one.id: one for one in self.live_record.promises}
            pk = str(promise.pk)
            updated = tuple(
                fresh.get(pk, one) if one.id == pk else one for one in self.record.promises
            )
            self.record = self.record.with_promises(updated)
            self.snapshot = self.record.text()
            self.save(update_fields=["snapshot"])

    @transaction.atomic
    def finish(self) -> None:
        """Completes it, and writes what it changes: all of it or nothing. The caller holds the lock
        on the row, so a second call comes after `finished_at` and changes nothing."""
        if self.finished_at:
            return
        self.skipped_at = None
        rests = self.next_choice == self.Next.REST
        promise_changes.apply(self.owner, self.decided, self.next_first, rests=rests)
        if self.next_choice == self.Next.PROMISE:  # after a rest of the others
            self.next_promise = self._make_promise()
        super().finish()

    @property
    def next_first(self) -> datetime.date:
        """The first day of what comes next: of the next week, or of the day of finishing where that
        week has begun."""
        ends = clock.day_of(self.owner, self.finished_at or timezone.now())
        return max(self.week_end + datetime.timedelta(days=1), ends)

    @property
    def rests_until(self) -> datetime.date | None:
        """The day on which the promises go on after a rest."""
        rests = self.next_choice == self.Next.REST or self.decided.rests
        return self.rest_end if rests else None

    @property
    def rest_end(self) -> datetime.date:
        return self.next_first + promise_changes.WEEK

    @property
    def closing_words(self) -> str:
        """The person's own sentence, to end the week with."""
        return self.rely_on or self.sentence_of_week

    @property
    def older_answers(self) -> list[tuple[Any, str]]:
        """The answers to questions that are no longer asked."""
        found = ((field_of(type(self), name), getattr(self, name)) for name in OLDER)
        return [(field.verbose_name, text) for field, text in found if text]

    def _make_promise(self) -> Promise:
        """The small promise for a week, on weekdays."""
        promise = Promise.new_for(self.owner)
        promise.statement, promise.starts_on = self.next_statement, self.next_first
        promise.ends_on = calendar.end_of(promise.starts_on)
        promise.cadence, promise.weekdays = Cadence.WEEKDAYS, WORKDAYS
        promise.finish()
        return promise
