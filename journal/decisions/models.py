"""Decisions: a question, what could be done, what was chosen and why, and what came of it.

From the day it is decided a decision is locked in the database (migration 0002): whatever was
weighed and chosen stays as it was, whoever asks. What may still change is whether it was dropped,
when to look back, and the trash; later thoughts are rows of their own.
"""

from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self
from uuid import uuid5

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.decisions.parts import FEWEST_OPTIONS, OUT_OF_TEN, Option, out_of_ten
from journal.guide.models import Guided, GuidedQuerySet
from journal.lessons import threads
from journal.lessons.models import Lesson
from journal.people import clock
from journal.people.areas import Area
from journal.privacy.fields import WordsField

REVIEW_AFTER = timedelta(days=30)
STRONG = 7  # from this strength of feeling on, a night's sleep is suggested
WAIT = timedelta(hours=24)
CERTAIN = _("From 1 to 99: nothing is quite certain.")


class DecisionQuerySet(GuidedQuerySet):
    def open(self) -> Self:
        """Not decided and not dropped."""
        return self.drafts().exclude(state=Decision.State.DROPPED)

    def decided(self) -> Self:
        """Waiting for what comes of it."""
        return self.live().filter(state=Decision.State.DECIDED)

    def ended(self) -> Self:
        return self.live().filter(state__in=[Decision.State.REVIEWED, Decision.State.DROPPED])


class Decision(Guided):
    export_name = "decisions.Decision"
    TITLE_FIELD = "question"

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        EXPLORING = "exploring", _("Exploring")
        COOLING_OFF = "cooling_off", _("Cooling off")
        DECIDED = "decided", _("Decided")  # and, from `review_on` on, review due
        REVIEWED = "reviewed", _("Looked back on")
        DROPPED = "dropped", _("Dropped")

    question = WordsField(_("The question"), max_length=200)
    area = models.CharField(_("Area"), max_length=10, choices=Area)
    deadline = models.DateField(_("Answer needed by"), null=True, blank=True)
    feelings = WordsField(_("How do you feel?"), max_length=60, blank=True)
    feeling_intensity = models.PositiveSmallIntegerField(
        _("How strongly, 0 to 10?"), null=True, blank=True, validators=[OUT_OF_TEN]
    )
    info_have = WordsField(_("What do you know?"), max_length=1500, blank=True)
    info_missing = WordsField(_("What is missing?"), max_length=1500, blank=True)
    good_enough = WordsField(_("What would be enough to decide?"), max_length=300, blank=True)
    distance_note = WordsField(_("From further away"), max_length=1000, blank=True)
    premortem = WordsField(_("What went badly"), max_length=1000, blank=True)
    cooling_off_until = models.DateTimeField(_("Wait until"), null=True, blank=True)
    # The database looks after both ends of these (see migration 0001), also when all of it goes.
    chosen_option = models.ForeignKey(
        Option, on_delete=models.DO_NOTHING, null=True, db_index=False, related_name="+"
    )
    reasons = WordsField(_("Why?"), max_length=1500, blank=True)
    prediction = WordsField(_("What will happen, by when?"), max_length=300, blank=True)
    confidence = models.PositiveSmallIntegerField(
        _("How sure are you, in per cent?"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1, CERTAIN), MaxValueValidator(99, CERTAIN)],
    )
    process_sound_then = models.BooleanField(
        _("Is this process sound, whatever happens?"), null=True, blank=True
    )
    review_on = models.DateField(_("When will you look back?"), null=True)
    state = models.CharField(max_length=11, choices=State, default=State.DRAFT, editable=False)
    decided_on = models.DateField(null=True, blank=True, editable=False)
    dropped_on = models.DateField(null=True, blank=True, editable=False)
    # Lessons that stood beside it and were sent away.
    hidden_lessons = ArrayField(models.UUIDField(), default=list, blank=True, editable=False)

    # What the querysets of queries.py annotate.
    option_count: int
    weighed_count: int
    sound: bool | None
    quality: str | None

    objects: ClassVar = DecisionQuerySet.as_manager()

    # What a form was given and has not stored; the page of two versions shows it.
    options_given: list[Option] | None = None
    values_given: list[str] | None = None

    class Meta:
        verbose_name = _("decision")
        constraints = [
            models.UniqueConstraint(fields=["id", "owner"], name="decision_and_owner"),
            models.CheckConstraint(
                condition=Q(finished_at=None)
                | Q(
                    question__isnull=False,
                    chosen_option__isnull=False,
                    decided_on__isnull=False,
                    review_on__isnull=False,
                )
                & ~Q(area=""),
                name="decision_is_whole",
                violation_error_message=_("Something is still to be answered."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "exploring", "cooling_off"], finished_at=None)
                | Q(state__in=["decided", "reviewed"], finished_at__isnull=False)
                | Q(state="dropped"),
                name="decision_decided_once_finished",
            ),
            models.CheckConstraint(
                condition=Q(state="dropped", dropped_on__isnull=False)
                | ~Q(state="dropped") & Q(dropped_on=None),
                name="decision_dropped_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="cooling_off") | Q(cooling_off_until__isnull=False),
                name="decision_cools_off_until",
            ),
            models.CheckConstraint(
                condition=out_of_ten("feeling_intensity"), name="decision_feeling_out_of_ten"
            ),
            models.CheckConstraint(
                condition=Q(confidence=None) | Q(confidence__gte=1, confidence__lte=99),
                name="decision_confidence_1_to_99",
                violation_error_message=CERTAIN,
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None)
                | Q(prediction__isnull=True, confidence=None)
                | Q(prediction__isnull=False, confidence__isnull=False),
                name="decision_predicts_with_confidence",
                violation_error_message=_("Say how sure you are, or leave the prediction out."),
            ),
            models.CheckConstraint(
                condition=Q(decided_on=None)
                | Q(review_on=None)
                | Q(review_on__gt=models.F("decided_on")),
                name="decision_reviewed_after_deciding",
                violation_error_message=_("You look back after you decide, not before."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "state"], condition=Q(deleted_at=None), name="decision_by_state"
            )
        ]

    def get_absolute_url(self) -> str:
        return f"/decisions/{self.pk}/"

    @property
    def is_decided(self) -> bool:
        return bool(self.finished_at)

    def options_now(self) -> list[Option]:
        return list(self.options.all()) if self.options_given is None else self.options_given

    def values_now(self) -> list[str]:
        if self.values_given is not None:
            return self.values_given
        return [one.label for one in self.values_in_play.all()]

    def is_review_due(self, day: date) -> bool:
        due = self.state == self.State.DECIDED and self.review_on
        return bool(due and due <= day)

    def is_cooling_off(self) -> bool:
        until = self.cooling_off_until
        return self.state == self.State.COOLING_OFF and bool(until and until > timezone.now())

    def suggests_waiting(self) -> bool:
        """A strong feeling, or a door that closes behind them."""
        strong = (self.feeling_intensity or 0) >= STRONG
        return strong or self.options.filter(reversibility=Option.Reversibility.ONE_WAY).exists()

    def next_review(self) -> date:
        return clock.today(self.owner) + REVIEW_AFTER

    def open_state(self) -> str:
        """Where an undecided one stands, from what is there."""
        if self.cooling_off_until:
            return self.State.COOLING_OFF
        enough = self.options.count() >= FEWEST_OPTIONS
        return self.State.EXPLORING if enough else self.State.DRAFT

    def finish(self) -> None:
        """Decides it: from here on it is locked."""
        today = clock.today(self.owner)
        before = (self.state, self.dropped_on)
        names = {option.pk: option.name for option in self.options.all()}
        if len(names) < FEWEST_OPTIONS:
            raise ValidationError({"options": _("A decision has at least two options.")})
        if self.chosen_option_id not in names:
            raise ValidationError({"chosen_option": _("Choose one of your options.")})
        if self.review_on and self.review_on <= today:
            raise ValidationError({"review_on": _("That day is over. Choose another.")})
        if bool(self.prediction) != (self.confidence is not None):
            raise ValidationError({"confidence": _("A prediction says how sure you are.")})
        self.state, self.decided_on, self.dropped_on = self.State.DECIDED, today, None
        try:
            super().finish()
        except Exception:
            (self.state, self.dropped_on), self.decided_on = before, None
            raise

    # --- verbs; all expect the row locked where two could happen at once

    def drop(self) -> None:
        """Lets it go, decided or not. Doing it twice changes nothing."""
        if self.state != self.State.DROPPED:
            self.state, self.dropped_on = self.State.DROPPED, clock.today(self.owner)
            self.save(update_fields=["state", "dropped_on"])

    def take_up(self) -> None:
        """Where it was before it was dropped."""
        if self.state != self.State.DROPPED:
            return
        if not self.is_decided:
            self.state = self.open_state()
        else:
            reviewed = self.reviews.filter(finished_at__isnull=False).exists()
            self.state = self.State.REVIEWED if reviewed else self.State.DECIDED
        self.dropped_on = None
        self.save(update_fields=["state", "dropped_on"])

    def look_back_later(self) -> None:
        self.review_on = self.next_review()
        self.save(update_fields=["review_on"])

    def is_reviewed(self) -> None:
        self.state, self.dropped_on = self.State.REVIEWED, None
        self.save(update_fields=["state", "dropped_on"])

    def hide(self, lesson_id: Any) -> None:
        """The lesson no longer stands beside this decision."""
        if lesson_id not in self.hidden_lessons:
            self.hidden_lessons = [*self.hidden_lessons, lesson_id]
            self.save(update_fields=["hidden_lessons"])


class DecisionReview(Guided):
    """Looking back: how it was decided, apart from how it turned out."""

    export_name = "decisions.DecisionReview"

    class PredictionResult(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        UNCLEAR = "unclear", _("It is not clear")
        NONE_MADE = "none_made", _("There was none")

    class OutcomeQuality(models.TextChoices):
        GOOD = "good", _("Well")
        POOR = "poor", _("Badly")
        MIXED = "mixed", _("Mixed")

    class Quadrant(models.TextChoices):
        EARNED = "earned", _("Earned")
        UNLUCKY = "unlucky", _("Unlucky")
        FORTUNATE = "fortunate", _("Fortunate")
        LESSON = "lesson", _("Worth a lesson")

    decision = models.ForeignKey(
        Decision, on_delete=models.CASCADE, related_name="reviews", db_index=False, editable=False
    )
    process_sound_now = models.BooleanField(_("Was the way you decided sound?"), null=True)
    prediction_result = models.CharField(
        _("Did it come true?"), max_length=9, choices=PredictionResult
    )
    outcome_quality = models.CharField(
        _("How did it turn out?"), max_length=5, choices=OutcomeQuality
    )
    outcome = WordsField(_("What came of it?"), max_length=1500, blank=True)
    luck = WordsField(_("What was luck, good or bad?"), max_length=500, blank=True)
    learned = WordsField(
        _("What would you tell the person who decided this?"), max_length=1000, blank=True
    )
    # A lesson in the making; `finish` makes it one and empties these.
    if_situation = WordsField(_("If this comes up"), max_length=140, blank=True)
    then_action = WordsField(_("then I will"), max_length=140, blank=True)
    lesson = models.ForeignKey(
        Lesson,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="+",
    )
    reviewed_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("review of a decision")
        constraints = [
            models.UniqueConstraint(fields=["owner", "decision"], name="one_review_per_decision"),
            models.CheckConstraint(
                condition=Q(finished_at=None)
                | Q(process_sound_now__isnull=False, reviewed_on__isnull=False)
                & ~Q(prediction_result="")
                & ~Q(outcome_quality=""),
                name="review_is_whole",
                violation_error_message=_("Something is still to be answered."),
            ),
        ]

    @classmethod
    def for_decision(cls, decision: Decision) -> "DecisionReview":
        """A new one, not stored yet. Its id follows from the decision's: there is only one."""
        return cls(id=uuid5(decision.pk, "review"), owner=decision.owner, decision=decision)

    def get_absolute_url(self) -> str:
        return f"/decisions/{self.decision_id}/"

    @property
    def sentence(self) -> str:
        return self.decision.question

    @property
    def quadrant(self) -> str:
        """Empty where it turned out mixed, which is outside the four, or is not known yet."""
        return quadrant(self.process_sound_now, self.outcome_quality)

    @property
    def quadrant_label(self) -> str:
        return str(self.Quadrant(self.quadrant).label) if self.quadrant else ""

    def finish(self) -> None:
        """Ends the review, and makes the lesson if there is one. Wants the decision locked."""
        if not self.decision.prediction:
            self.prediction_result = self.PredictionResult.NONE_MADE
        if bool(self.if_situation) != bool(self.then_action):
            raise ValidationError({"then_action": _("A lesson has an if and a then.")})
        self.reviewed_on = clock.today(self.owner)
        try:
            super().finish()
        except Exception:
            self.reviewed_on = None
            raise
        self.decision.is_reviewed()
        if self.if_situation:
            self._make_lesson()

    def _make_lesson(self) -> None:
        lesson = Lesson.new_for(self.owner, Lesson.Source.DECISION)
        lesson.if_situation, lesson.then_action = self.if_situation, self.then_action
        lesson.areas = [self.decision.area]
        lesson.save(force_insert=True)
        threads.tie(self.owner, self.decision, lesson)
        self.lesson, self.if_situation, self.then_action = lesson, "", ""
        self.save(update_fields=["lesson", "if_situation", "then_action"])


def quadrant(process_sound: bool | None, outcome: str) -> str:
    """Where a decision lies: how it was decided, across how it turned out."""
    cells = {
        (True, "good"): DecisionReview.Quadrant.EARNED,
        (True, "poor"): DecisionReview.Quadrant.UNLUCKY,
        (False, "good"): DecisionReview.Quadrant.FORTUNATE,
        (False, "poor"): DecisionReview.Quadrant.LESSON,
    }
    return cells.get((bool(process_sound), outcome), "") if process_sound is not None else ""


def in_a_day() -> datetime:
    """A full hour, a day from now."""
    return (timezone.now() + WAIT + timedelta(minutes=30)).replace(
        minute=0, second=0, microsecond=0
    )
