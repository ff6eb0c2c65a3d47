"""Promises to oneself, from the draft to the day they end."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from journal.guide.models import Guided
from journal.lessons import threads
from journal.lessons.models import Lesson
from journal.people import clock
from journal.people.day_fields import DayToComeField
from journal.people.row_urls import row_url
from journal.people.values.models import Value
from journal.privacy.fields import WordsField
from journal.promises.models.annotations import Annotated
from journal.promises.models.check_in import CheckIn
from journal.promises.models.experiment import Experiment
from journal.promises.models.parts import Parts, Sure, sure_fits
from journal.promises.models.schedule import PromiseRevision
from journal.promises.models.unpromised import Unpromised, UnpromisedQuerySet
from journal.promises.schedule_fields import Cadence, Rhythm, rhythm_fits

EDITABLE_DAYS = 7
PLENTY = 4  # the fourth active promise brings one gentle word of caution


class PromiseQuerySet(UnpromisedQuerySet):
    def active(self) -> Self:
        return self.finished().filter(state=Promise.State.ACTIVE)

    def count_by_state(self) -> dict[str, int]:
        rows = self.finished().values_list("state").annotate(models.Count("pk")).order_by()
        return dict(rows)


class Promise(Annotated, Rhythm, Sure, Parts, Unpromised, Guided):
    export_name = "promises.Promise"
    TITLE_FIELD = "statement"
    RENEGOTIABLE = ("statement", "smallest_version", "cue", "action", *Rhythm.RHYTHM, "sure")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ACTIVE = "active", _("Active")
        PAUSED = "paused", _("Paused")
        COMPLETED = "completed", _("Completed")
        RETIRED = "retired", pgettext_lazy("state of a promise", "Let go")

    class RetireReason(models.TextChoices):
        OUTGROWN = "outgrown", _("I have outgrown it")
        NOT_MINE = "not_mine", _("It was not mine")
        TOO_BIG = "too_big", _("It was too big")
        SEASON_CHANGED = "season_changed", _("The season changed")
        OTHER = "other", _("Something else")

    statement = WordsField(_("What will you do?"), max_length=140)
    value = models.ForeignKey(
        Value, on_delete=models.SET_NULL, null=True, blank=True, db_index=False, related_name="+"
    )
    why = WordsField(_("Why does it matter to you?"), max_length=500, blank=True)
    lesson = models.ForeignKey(
        Lesson,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="+",
    )
    starts_on = DayToComeField(_("From which day?"), null=True)
    ends_on = DayToComeField(
        _("Until when?"), null=True, blank=True, help_text=_("Leave it empty for no end.")
    )
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT, editable=False)
    pause_reason = WordsField(
        _("Why pause?"), max_length=200, blank=True, help_text=_("A note to yourself.")
    )
    resume_on = DayToComeField(
        _("When would you like to be asked?"),
        after=1,
        null=True,
        blank=True,
        help_text=_("Nothing restarts by itself."),
    )
    retire_reason = models.CharField(
        _("Why are you letting it go?"), max_length=14, choices=RetireReason, blank=True
    )
    # Nothing is due from this day on, but an answer of this day still counts. For a line of the
    # list: the day it was marked done.
    ended_on = models.DateField(null=True, blank=True, editable=False)
    # The person's first day of the week at the time of the promise: its weeks begin on this day.
    week_starts_on = models.PositiveSmallIntegerField(default=0, editable=False)
    # The person chose to keep it unchanged; only later misses bring the question back.
    looked_at_on = models.DateField(null=True, blank=True, editable=False)

    came_from: threads.Tied | None = None  # the row whose page led here, for the first save

    objects: ClassVar = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = _("promise")
        constraints = [
            models.UniqueConstraint(fields=["id", "owner"], name="promise_and_owner"),
            models.CheckConstraint(
                condition=Q(finished_at=None)
                | Q(statement__isnull=False, starts_on__isnull=False) & ~Q(cadence=""),
                name="promise_is_whole",
                violation_error_message=_("Something is still missing."),
            ),
            rhythm_fits("promise_rhythm_fits"),
            sure_fits("promise_sure_at_most_ten"),
            models.CheckConstraint(
                condition=Q(state="draft", finished_at=None)
                | ~Q(state="draft") & Q(finished_at__isnull=False),
                name="promise_draft_until_finished",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None)
                | Q(starts_on=None)
                | Q(ends_on__gte=models.F("starts_on")),
                name="promise_ends_after_start",
                violation_error_message=_("It ends before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(reserve_per_month__lte=6), name="promise_reserve_at_most_six"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["completed", "retired"], ended_on__isnull=False)
                | Q(state__in=["active", "paused"], ended_on=None)
                | Q(state="draft"),
                name="promise_ended_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state="retired") & ~Q(retire_reason="")
                | ~Q(state="retired") & Q(retire_reason=""),
                name="promise_let_go_with_a_reason",
                violation_error_message=_("Choose a reason."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "state"], condition=Q(deleted_at=None), name="promise_by_state"
            )
        ]

    @classmethod
    def new_for(cls, person: Any, lesson: Lesson | None = None) -> "Promise":
        """Builds a new, unsaved promise. A lesson fills in its if and its then."""
        promise = cls(owner=person, starts_on=clock.today(person), lesson=lesson)
        if lesson:
            promise.cue, promise.action = lesson.if_situation, lesson.then_action
        return promise

    def get_absolute_url(self) -> str:
        return row_url("promises:detail", self.pk)

    def insert_once(self) -> Self | None:
        kept = super().insert_once()
        if kept and self.came_from:
            threads.tie(self.owner, self.came_from.row, kept)
        return kept

    def finish(self) -> None:
        """Activates the promise from `starts_on` and stores its first terms."""
        self.starts_on = self.first_day()
        if self.starts_on < clock.today(self.owner) - timedelta(days=EDITABLE_DAYS):
            name = "due_on" if self.cadence == Cadence.ONCE else "ends_on"
            raise ValidationError({name: _("That day has passed. Choose another.")})
        self.state, self.week_starts_on = self.State.ACTIVE, self.owner.week_starts_on
        try:
            super().finish()
        except Exception:
            self.state = self.State.DRAFT
            raise
        self.revisions.create(owner=self.owner, effective_on=self.starts_on, **self._terms())
        if self.lesson:
            threads.tie(self.owner, self.lesson, self)

    def first_day(self) -> date:
        """The first day of a draft: never before today, unless its only or last day went by while
        it waited; that day can be recorded for a while."""
        first = min(day for day in (clock.today(self.owner), self.due_on, self.ends_on) if day)
        return max(self.starts_on or first, first)

    def _terms(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.RENEGOTIABLE}

    # --- verbs; the caller holds the row lock where two requests could run at once

    def changes_from(self, *, answered: bool | None = None) -> date:
        """The day a change takes effect: today, or tomorrow if today has its answer already.

        A caller that has read the answers passes `answered`, which saves a statement.
        """
        today = clock.today(self.owner)
        if answered is None:
            answered = self.checkins.filter(due_on=today).exists()
        from_day = max(self.starts_on or today, today + timedelta(days=answered))
        return max(from_day, *self._days_of_changes())

    def _days_of_changes(self) -> list[date]:
        """The days from which terms hold. After a journey west the latest can be to come, and new
        terms would not replace it from an earlier day on."""
        if "terms_rows" in self.__dict__:
            return [date.fromisoformat(row["effective_on"]) for row in self.terms_rows]
        return list(self.revisions.values_list("effective_on", flat=True))

    def renegotiate(self, reason: str = "", not_before: date = date.min) -> "PromiseRevision":
        """Stores the new terms of this instance, never for a day that is over."""
        today, from_day = clock.today(self.owner), max(self.changes_from(), not_before)
        revision, _made = self.revisions.get_or_create(
            effective_on=from_day, defaults={"owner": self.owner, **self._terms()}
        )
        for name, value in self._terms().items():
            setattr(revision, name, value)
        revision.reason = reason or revision.reason
        revision.save()
        self.experiments.stop(from_day, Experiment.StopReason.CHANGED)
        self.looked_at_on = today
        if self.state == self.State.COMPLETED and self.cadence != Cadence.ONCE:
            self.state, self.ended_on = self.State.ACTIVE, None
        self.save()
        return revision

    def pause(
        self, reason: str = "", resume_on: date | None = None, not_before: date = date.min
    ) -> None:
        if self.state == self.State.ACTIVE:
            self.pauses.end_rests(clock.today(self.owner))
            from_day = max(self.changes_from(), not_before)
            self.pauses.create(owner=self.owner, from_on=from_day)
        self.state, self.pause_reason, self.resume_on = self.State.PAUSED, reason, resume_on
        self.save()

    def resume(self) -> None:
        """Resumes the promise from today. Calling it twice changes nothing."""
        today = clock.today(self.owner)
        self.pauses.end_rests(today)
        if self.state != self.State.PAUSED:
            return
        self.pauses.filter(until_on=None, from_on__gt=today).delete()
        self.pauses.filter(until_on=None).update(until_on=today)
        self.state, self.pause_reason, self.resume_on = self.State.ACTIVE, "", None
        self.save()

    def retire(self, reason: str) -> None:
        """Ends the promise; its records stay."""
        self.experiments.stop(self.changes_from(), Experiment.StopReason.LET_GO)
        self.state, self.retire_reason = self.State.RETIRED, reason
        self.ended_on = clock.today(self.owner)
        self.save()

    def renew(self) -> None:
        """Takes up from today what was let go; the days between count as paused, so nothing is due
        on them. Calling it twice changes nothing."""
        if self.state != self.State.RETIRED or self.ended_on is None:
            return
        answered = self.checkins.filter(due_on=self.ended_on).exists()
        if not self.pauses.filter(until_on=None).exists():
            self.pauses.create(
                owner=self.owner, from_on=self.ended_on + timedelta(days=1 if answered else 0)
            )
        self.state, self.retire_reason, self.ended_on = self.State.PAUSED, "", None
        self.resume()

    def leave_unchanged(self) -> None:
        self.looked_at_on = clock.today(self.owner)
        self.save(update_fields=["looked_at_on"])

    def record(
        self,
        due_on: date,
        status: str,
        excuse: str = "",
        note: str | None = None,
        row: CheckIn | None = None,
    ) -> Any:
        """Stores one row per day; the last answer replaces any earlier one.

        The caller holds the lock on the promise, and may have read the day's `row` under it. `note`
        None leaves the note unchanged.
        """
        row = row or self.checkins.filter(due_on=due_on).first()
        row = row or CheckIn(owner=self.owner, promise=self, due_on=due_on)
        row.status, row.excuse = status, excuse if status == CheckIn.Status.EXCUSED else ""
        changed = ["status", "excuse"]
        if note is not None:
            row.note = note
            changed.append("note")
        row.save(update_fields=None if row._state.adding else changed)
        self._end_once(status, due_on)
        return row

    def excuse(self, days: Iterable[date], reason: str, note: str | None = None) -> None:
        """Excuses each of these days in the same few statements, even months ahead."""
        days = list(days)
        recorded = set(self.checkins.filter(due_on__in=days).values_list("due_on", flat=True))
        for day in recorded:
            self.record(day, CheckIn.Status.EXCUSED, reason, note)
        given = {"status": CheckIn.Status.EXCUSED, "excuse": reason, "note": note or ""}
        CheckIn.objects.bulk_create(
            CheckIn(owner=self.owner, promise=self, due_on=day, **given)
            for day in days
            if day not in recorded
        )

    def take_back(self, days: Iterable[date]) -> int:
        """Removes the answers of excused days. Returns how many there were."""
        rows = self.checkins.filter(due_on__in=days, status=CheckIn.Status.EXCUSED)
        return rows.delete()[0]

    def clear(self, due_on: date) -> None:
        """Removes the answer of a day."""
        self.checkins.filter(due_on=due_on).delete()
        self._end_once("", due_on)

    def _end_once(self, status: str, due_on: date) -> None:
        """Completes a promise for one day once it is kept, and reopens it if that is undone."""
        if self.cadence != Cadence.ONCE or self.state == self.State.RETIRED:
            return
        kept = status in (CheckIn.Status.KEPT, CheckIn.Status.KEPT_SMALL)
        if kept and self.state == self.State.ACTIVE:
            self.state, self.ended_on = self.State.COMPLETED, due_on
        elif not kept and self.state == self.State.COMPLETED:
            self.state, self.ended_on = self.State.ACTIVE, None
        else:
            return
        self.save(update_fields=["state", "ended_on"])

    def confirm_week(self, week_start: date) -> None:
        self.confirmations.get_or_create(week_start=week_start, defaults={"owner": self.owner})

    def reopen_week(self, week_start: date) -> bool:
        """Takes a confirmation of the last 7 days back. A second call changes nothing."""
        recent = self.confirmations.filter(created_at__gte=timezone.now() - timedelta(days=7))
        deleted, _by_model = recent.filter(week_start=week_start).delete()
        return bool(deleted) or not self.confirmations.filter(week_start=week_start).exists()

    def spare_days_left(self, day: date, *, without: frozenset[date] = frozenset()) -> int:
        """Spare days left in the month of `day`, ignoring the answers of the days in `without`."""
        used = self.checkins.filter(
            excuse=CheckIn.Excuse.SPARE_DAY, due_on__year=day.year, due_on__month=day.month
        ).exclude(due_on__in=without)
        return self.days_off - used.count()
