"""Promises to oneself, what became of them day by day, and how their terms changed."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, ClassVar, Self
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from journal.guide.models import Guided, GuidedQuerySet
from journal.lessons import threads
from journal.lessons.models import Lesson
from journal.people import clock
from journal.people.values.models import Value
from journal.privacy.fields import Sealed, WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet, belongs_to
from journal.promises import tallies
from journal.promises.schedule_fields import Cadence, Rhythm, rhythm_fits

EDITABLE_DAYS = 7
PLENTY = 4  # from the fourth active promise on, one gentle word of caution


class PromiseQuerySet(GuidedQuerySet):
    def active(self) -> Self:
        return self.finished().filter(state=Promise.State.ACTIVE)

    def count_by_state(self) -> dict[str, int]:
        rows = self.finished().values_list("state").annotate(models.Count("pk")).order_by()
        return dict(rows)


class Promise(Rhythm, Guided):
    export_name = "promises.Promise"
    TITLE_FIELD = "statement"
    RENEGOTIABLE = ("statement", "smallest_version", "cue", "action", *Rhythm.RHYTHM)

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ACTIVE = "active", _("Active")
        PAUSED = "paused", _("Paused")
        COMPLETED = "completed", _("Completed")
        RETIRED = "retired", _("Let go")

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
    smallest_version = WordsField(_("What counts on your worst day?"), max_length=140)
    cue = WordsField(_("If this happens"), max_length=140)
    action = WordsField(_("then I will"), max_length=140)
    obstacle = WordsField(_("What might get in the way?"), max_length=140, blank=True)
    coping_response = WordsField(_("And then I will"), max_length=140, blank=True)
    starts_on = models.DateField(_("From which day?"), null=True)
    ends_on = models.DateField(
        _("Until when?"), null=True, blank=True, help_text=_("Blank means open-ended.")
    )
    reserve_per_month = models.PositiveSmallIntegerField(
        _("Spare days a month"), default=2, validators=[MaxValueValidator(6)]
    )
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT, editable=False)
    pause_reason = WordsField(
        _("Why pause?"), max_length=200, blank=True, help_text=_("A note for later you.")
    )
    resume_on = models.DateField(
        _("When may we ask?"),
        null=True,
        blank=True,
        help_text=_("We ask; nothing restarts by itself."),
    )
    retire_reason = models.CharField(
        _("What is it about?"), max_length=14, choices=RetireReason, blank=True
    )
    # From here on nothing is due, but what that day was told counts.
    ended_on = models.DateField(null=True, blank=True, editable=False)
    # The person's first day of the week when they promised: weeks of this promise begin on it.
    week_starts_on = models.PositiveSmallIntegerField(default=0, editable=False)
    # Asked whether to make it smaller, the person kept it as it is; asked again on later misses.
    looked_at_on = models.DateField(null=True, blank=True, editable=False)

    # What the querysets of queries.py, history_query.py and today_query.py annotate.
    terms_rows: list[dict[str, Any]]
    pause_rows: list[dict[str, Any]]
    answer_rows: list[dict[str, Any]]
    confirmed_rows: list[date]
    answers: tuple[list[int], str] | None
    last_answered_on: date | None
    answer_id: UUID | None
    answer_status: str
    answer_excuse: str
    answer_note: Sealed | None

    objects: ClassVar = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = _("promise")
        constraints = [
            models.UniqueConstraint(fields=["id", "owner"], name="promise_and_owner"),
            models.CheckConstraint(
                condition=Q(finished_at=None)
                | Q(
                    statement__isnull=False,
                    smallest_version__isnull=False,
                    cue__isnull=False,
                    action__isnull=False,
                    starts_on__isnull=False,
                )
                & ~Q(cadence=""),
                name="promise_is_whole",
                violation_error_message=_("Something is still to be answered."),
            ),
            rhythm_fits("promise_rhythm_fits"),
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
                | Q(state__in=["draft", "active", "paused"], ended_on=None),
                name="promise_ended_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state="retired") & ~Q(retire_reason="")
                | ~Q(state="retired") & Q(retire_reason=""),
                name="promise_let_go_with_a_reason",
                violation_error_message=_("Choose what it is about."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "state"], condition=Q(deleted_at=None), name="promise_by_state"
            )
        ]

    @classmethod
    def new_for(cls, person: Any, lesson: Lesson | None = None) -> "Promise":
        """A new promise, not stored yet. A lesson brings its if and its then."""
        promise = cls(owner=person, starts_on=clock.today(person), lesson=lesson)
        if lesson:
            promise.cue, promise.action = lesson.if_situation, lesson.then_action
        return promise

    def get_absolute_url(self) -> str:
        return f"/promises/{self.pk}/"

    def finish(self) -> None:
        """Makes the promise: active from `starts_on`, with its first terms written down."""
        today = clock.today(self.owner)
        self.starts_on = max(self.starts_on or today, today)
        if self.cadence == Cadence.ONCE and self.due_on and self.due_on < today:
            raise ValidationError({"due_on": _("That day is over. Choose another.")})
        self.state, self.week_starts_on = self.State.ACTIVE, self.owner.week_starts_on
        try:
            super().finish()
        except Exception:
            self.state = self.State.DRAFT
            raise
        self.revisions.create(owner=self.owner, effective_on=self.starts_on, **self._terms())
        if self.lesson:
            threads.tie(self.owner, self.lesson, self)

    def _terms(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.RENEGOTIABLE}

    # --- verbs; all expect the row locked where two could happen at once

    def changes_from(self, *, answered: bool | None = None) -> date:
        """A change holds from today on, or from tomorrow where today has its answer already.

        Whoever read the answers knows whether today is `answered`, and needs no statement."""
        today = clock.today(self.owner)
        if answered is None:
            answered = self.checkins.filter(due_on=today).exists()
        return max(self.starts_on or today, today + timedelta(days=answered))

    def renegotiate(self, reason: str = "") -> "PromiseRevision":
        """Writes down the new terms held by this instance, never for a day that is over."""
        today, from_day = clock.today(self.owner), self.changes_from()
        revision, _made = self.revisions.get_or_create(
            effective_on=from_day, defaults={"owner": self.owner, **self._terms()}
        )
        for name, value in self._terms().items():
            setattr(revision, name, value)
        revision.reason = reason or revision.reason
        revision.save()
        self.looked_at_on = today
        if self.state == self.State.COMPLETED and self.cadence != Cadence.ONCE:
            self.state, self.ended_on = self.State.ACTIVE, None
        self.save()
        return revision

    def pause(self, reason: str = "", resume_on: date | None = None) -> None:
        if self.state == self.State.ACTIVE:
            self.pauses.create(owner=self.owner, from_on=self.changes_from())
        self.state, self.pause_reason, self.resume_on = self.State.PAUSED, reason, resume_on
        self.save()

    def resume(self) -> None:
        """Takes it up again from today. Doing it twice changes nothing."""
        if self.state != self.State.PAUSED:
            return
        today = clock.today(self.owner)
        self.pauses.filter(until_on=None, from_on__gt=today).delete()
        self.pauses.filter(until_on=None).update(until_on=today)
        self.state, self.pause_reason, self.resume_on = self.State.ACTIVE, "", None
        self.save()

    def retire(self, reason: str) -> None:
        """Lets it go; what was recorded stays."""
        self.state, self.retire_reason = self.State.RETIRED, reason
        self.ended_on = clock.today(self.owner)
        self.save()

    def keep_as_it_is(self) -> None:
        self.looked_at_on = clock.today(self.owner)
        self.save(update_fields=["looked_at_on"])

    def record(self, due_on: date, status: str, excuse: str = "", note: str | None = None) -> Any:
        """One row for a day, whatever was said before: the last answer stands.

        The promise must be locked. `note` None leaves the note as it is.
        """
        row = self.checkins.filter(due_on=due_on).first()
        row = row or CheckIn(owner=self.owner, promise=self, due_on=due_on)
        row.status, row.excuse = status, excuse if status == CheckIn.Status.EXCUSED else ""
        if note is not None:
            row.note = note
        row.save()
        self._end_once(status, due_on)
        return row

    def excuse(self, days: Iterable[date], reason: str, note: str | None = None) -> None:
        """Life happened on each of these days: months ahead cost no more than a day does."""
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

    def clear(self, due_on: date) -> None:
        """Takes an answer back, as if nothing had been said of that day."""
        self.checkins.filter(due_on=due_on).delete()
        self._end_once("", due_on)

    def _end_once(self, status: str, due_on: date) -> None:
        """A promise for one day is complete once kept, and open again if that is taken back."""
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

    def tell_week(self, week_start: date) -> None:
        self.confirmations.get_or_create(week_start=week_start, defaults={"owner": self.owner})

    def spare_days_left(self, day: date, *, without: frozenset[date] = frozenset()) -> int:
        """In the month of `day`; the days in `without` are about to be answered anew."""
        used = self.checkins.filter(
            excuse=CheckIn.Excuse.SPARE_DAY, due_on__year=day.year, due_on__month=day.month
        ).exclude(due_on__in=without)
        return self.reserve_per_month - used.count()


class PromiseRevision(Rhythm, OwnedModel):
    """The terms of a promise from a day on. The first one is what was promised."""

    export_name = "promises.PromiseRevision"

    promise = models.ForeignKey(
        Promise, on_delete=models.CASCADE, related_name="revisions", db_index=False
    )
    effective_on = models.DateField()
    reason = WordsField(_("What changed?"), max_length=200, blank=True)
    statement = WordsField(max_length=140)
    smallest_version = WordsField(max_length=140)
    cue = WordsField(max_length=140)
    action = WordsField(max_length=140)

    class Meta:
        verbose_name = _("revision")
        ordering = ["effective_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "promise", "effective_on"], name="one_revision_per_day"
            ),
            rhythm_fits("revision_rhythm_fits"),
        ]


class PromisePause(OwnedModel):
    """From its first day on nothing is due, until the day of resuming, which is due again."""

    export_name = "promises.PromisePause"

    promise = models.ForeignKey(
        Promise, on_delete=models.CASCADE, related_name="pauses", db_index=False
    )
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("pause")
        ordering = ["from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "promise"], condition=Q(until_on=None), name="one_open_pause"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=models.F("from_on")),
                name="pause_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["owner", "promise", "from_on"], name="pause_by_promise")]


class CheckInQuerySet(OwnedQuerySet):
    def with_note(self) -> Self:
        return self.filter(note__isnull=False)


class CheckIn(OwnedModel):
    export_name = "promises.CheckIn"

    class Status(models.TextChoices):
        KEPT = tallies.KEPT, _("Kept")
        KEPT_SMALL = tallies.SMALL, _("Kept small")
        MISSED = tallies.MISSED, _("Missed")
        EXCUSED = tallies.EXCUSED, _("Life happened")

    class Excuse(models.TextChoices):
        ILL = "ill", _("Ill")
        EMERGENCY = "emergency", _("Emergency")
        TRAVEL = "travel", _("Travel")
        SPARE_DAY = "spare_day", _("A spare day")
        OTHER = "other", _("Something else")

    owner = belongs_to("checkins")
    promise = models.ForeignKey(
        Promise, on_delete=models.CASCADE, related_name="checkins", db_index=False
    )
    due_on = models.DateField()
    status = models.CharField(max_length=10, choices=Status)
    excuse = models.CharField(max_length=9, choices=Excuse, blank=True)
    note = WordsField(_("What was true that day?"), max_length=500, blank=True)

    objects: ClassVar = CheckInQuerySet.as_manager()

    class Meta:
        verbose_name = _("check-in")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "promise", "due_on"], name="one_answer_per_promise_and_day"
            ),
            models.CheckConstraint(
                condition=Q(status="excused") & ~Q(excuse="")
                | Q(status__in=["kept", "kept_small", "missed"], excuse=""),
                name="excused_with_a_reason",
                violation_error_message=_("Choose what it was."),
            ),
        ]
        indexes = [models.Index(fields=["owner", "due_on"], name="checkin_by_day")]


class WeekConfirmation(OwnedModel):
    """The person looked at a week and said that it is told: only now is its shortfall missed."""

    export_name = "promises.WeekConfirmation"

    promise = models.ForeignKey(
        Promise, on_delete=models.CASCADE, related_name="confirmations", db_index=False
    )
    week_start = models.DateField()

    class Meta:
        verbose_name = _("confirmed week")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "promise", "week_start"], name="one_confirmation_per_week"
            )
        ]
