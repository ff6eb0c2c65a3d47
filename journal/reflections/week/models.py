"""The weekly reflection: one row per person and week, with a snapshot of the week's record."""

import datetime
from functools import cached_property
from typing import Any, ClassVar, Self
from uuid import uuid5

from django.core.exceptions import ValidationError
from django.db import models
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
from journal.promises.models import Promise
from journal.reflections.week import calendar, snapshot_builder
from journal.reflections.week.presenters import Shown, span
from journal.reflections.week.snapshot import WeekSnapshot

ANSWER = {"max_length": 1000, "blank": True}


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

    class Next(models.TextChoices):
        PROMISE = "promise", gettext_lazy("One small promise")
        KEEP = "keep", gettext_lazy("Keep current ones")
        REST = "rest", gettext_lazy("Rest week")

    week_start = models.DateField(editable=False)
    written_zone = models.CharField(max_length=64, editable=False)
    snapshot = WordsField(max_length=500_000, blank=True, editable=False)
    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)
    skipped_at = models.DateTimeField(null=True, blank=True, editable=False)
    sentence_of_week = WordsField(gettext_lazy("In a sentence"), max_length=300, blank=True)
    kept_days = WordsField(gettext_lazy("What helped"), **ANSWER)
    easier = WordsField(gettext_lazy("What would make it easier"), **ANSWER)
    protected = WordsField(gettext_lazy("What I protected"), **ANSWER)
    kinder_words = WordsField(gettext_lazy("The kinder words"), **ANSWER)
    process = WordsField(gettext_lazy("The process that pleased me"), **ANSWER)
    lesson_helped = WordsField(gettext_lazy("Where a lesson helped, or could have"), **ANSWER)
    rely_on = WordsField(gettext_lazy("What I can rely on in myself"), **ANSWER)
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
                condition=Q(next_choice__in=["", "promise", "keep", "rest"]),
                name="week_next_is_known",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None) | ~Q(next_choice=""),
                name="week_is_whole",
                violation_error_message=gettext_lazy("Something is still to be answered."),
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None)
                | ~Q(next_choice="promise")
                | Q(next_statement__isnull=False),
                name="week_promises_in_words",
                violation_error_message=gettext_lazy("Say what the promise is."),
            ),
            models.CheckConstraint(
                condition=Q(next_promise=None) | Q(next_choice="promise"),
                name="week_promise_was_chosen",
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
        return self.record.added_in(self.live_record) if self.snapshot else 0

    @property
    def week_end(self) -> datetime.date:
        return calendar.end_of(self.week_start)

    @property
    def text(self) -> str:
        return span(self.week_start, self.week_end)

    @property
    def line(self) -> str:
        """The reflection's line in the list of weeks."""
        if self.sentence_of_week:
            return self.sentence_of_week
        if self.skipped_at:
            return _("Skipped")
        return _("Looked back on") if self.finished_at else _("Begun")

    def get_absolute_url(self) -> str:
        return reverse("week:detail", args=[self.week_start])

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

    def finish(self) -> None:
        """Completes it; a small promise becomes a draft. The caller holds the row lock."""
        if self.next_choice == self.Next.PROMISE and not self.next_statement:
            raise ValidationError({"next_statement": _("Say what the promise is.")})
        super().finish()
        self.settle_next()

    def settle_next(self) -> None:
        """Makes the chosen promise once; another choice unlinks it."""
        if self.next_choice != self.Next.PROMISE:
            self.next_promise = None
        elif self.next_promise is None:
            self.next_promise = self._small_promise()
        self.save(update_fields=["next_promise"])

    def _small_promise(self) -> Promise:
        """Lasts seven days: next week's, or those from today on if next week has started."""
        today = clock.today(self.owner)
        draft = Promise.new_for(self.owner)
        draft.statement, draft.step = self.next_statement, "why"
        draft.starts_on = max(self.week_end + datetime.timedelta(days=1), today)
        draft.ends_on = calendar.end_of(draft.starts_on)
        draft.smallest_version = self.next_statement
        draft.save(force_insert=True)
        return draft
