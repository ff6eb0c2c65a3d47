"""A question, its choice and reasons, and its state.

From the day it is decided, the database locks a decision (migration 0003): its weighing and its
choice stay unchanged for every role. It can still be dropped, get another review date or go to the
trash; later thoughts are rows of their own.
"""

from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.decisions.models.option import FEWEST_OPTIONS, OUT_OF_TEN, Option, out_of_ten
from journal.guide.models import Guided, GuidedQuerySet
from journal.people import clock
from journal.people.areas import Area
from journal.people.day_fields import DayToComeField, MomentToComeField
from journal.people.models import User
from journal.people.row_urls import row_url
from journal.privacy.fields import WordsField

REVIEW_AFTER = timedelta(days=30)
STRONG = 7  # from this strength of feeling on, the flow suggests a night's sleep
WAIT, LONGEST_WAIT = timedelta(hours=24), timedelta(days=365)
CERTAIN = _("Enter a number from 1 to 99. Nothing is quite certain.")
KNOWN_ON = _("Enter the day on which you’ll know.")
AFTER_PREDICTION = _("Look back on the day of your prediction, or later.")


def a_wait(_person: User, until: datetime) -> None:
    """Raises ValidationError for a moment that is over, or more than a year away."""
    now = timezone.now()
    if until <= now:
        raise ValidationError(_("That time has passed. Choose a later time, or leave it empty."))
    if until > now + LONGEST_WAIT:
        raise ValidationError(_("You can wait up to a year. Choose an earlier time."))


class DecisionQuerySet(GuidedQuerySet):
    def open(self) -> Self:
        """Neither decided nor dropped."""
        return self.drafts().exclude(state=Decision.State.DROPPED)

    def decided(self) -> Self:
        """Decided, and not reviewed yet."""
        return self.live().filter(state=Decision.State.DECIDED)

    def predicted(self) -> Self:
        """With a prediction that can't be changed any more."""
        states = [Decision.State.DECIDED, Decision.State.REVIEWED]
        return self.live().filter(state__in=states, confidence__isnull=False)

    def ended(self) -> Self:
        return self.live().filter(state__in=[Decision.State.REVIEWED, Decision.State.DROPPED])


class Decision(Guided):
    export_name = "decisions.Decision"
    TITLE_FIELD = "question"

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        EXPLORING = "exploring", _("Exploring")
        COOLING_OFF = "cooling_off", _("Sleeping on it")
        DECIDED = "decided", _("Decided")  # from `review_on` on, its review is due
        REVIEWED = "reviewed", _("Reviewed")
        DROPPED = "dropped", _("Dropped")

    class HonestYes(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        UNSURE = "unsure", _("I can’t tell")

    question = WordsField(_("The question"), max_length=200)
    area = models.CharField(_("Area"), max_length=10, choices=Area)
    deadline = DayToComeField(_("When do you need to decide by?"), null=True, blank=True)
    feelings = WordsField(_("How do you feel?"), max_length=60, blank=True)
    feeling_intensity = models.PositiveSmallIntegerField(
        _("How strongly, 0 to 10?"), null=True, blank=True, validators=[OUT_OF_TEN]
    )
    info_have = WordsField(_("What do you know?"), max_length=1500, blank=True)
    info_missing = WordsField(_("What don’t you know yet?"), max_length=1500, blank=True)
    good_enough = WordsField(_("What would be enough to decide?"), max_length=300, blank=True)
    distance_note = WordsField(_("Seen from a distance"), max_length=1000, blank=True)
    premortem = WordsField(_("What went wrong"), max_length=1000, blank=True)
    cooling_off_until = MomentToComeField(_("Wait until"), null=True, blank=True, rule=a_wait)
    honest_yes = models.CharField(
        _("If nobody were waiting for your answer, would it be the same?"),
        max_length=6,
        choices=HonestYes,
        blank=True,
    )
    process_sound_then = models.BooleanField(
        _("Is the way you’re deciding sound, however it turns out?"), null=True, blank=True
    )
    feeling_now = models.PositiveSmallIntegerField(
        _("How strong is the feeling now?"), null=True, blank=True, validators=[OUT_OF_TEN]
    )
    # The foreign key is in migration 0002: a cascade may delete the decision with its options.
    chosen_option = models.ForeignKey(
        Option, on_delete=models.DO_NOTHING, null=True, db_index=False, related_name="+"
    )
    reasons = WordsField(_("Why?"), max_length=1500, blank=True)
    prediction = WordsField(_("What will happen?"), max_length=300, blank=True)
    prediction_on = DayToComeField(_("When will you know?"), null=True, blank=True, after=1)
    confidence = models.PositiveSmallIntegerField(
        _("How sure are you, in per cent?"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1, CERTAIN), MaxValueValidator(99, CERTAIN)],
    )
    review_on = DayToComeField(_("When will you look back?"), null=True, after=1)
    state = models.CharField(max_length=11, choices=State, default=State.DRAFT, editable=False)
    decided_on = models.DateField(null=True, blank=True, editable=False)
    dropped_on = models.DateField(null=True, blank=True, editable=False)
    # Related lessons that the person hid from this decision.
    hidden_lessons = ArrayField(models.UUIDField(), default=list, blank=True, editable=False)

    # Annotations of the querysets in queries.py.
    option_count: int
    weighed_count: int
    sound: bool | None
    quality: str | None

    objects: ClassVar = DecisionQuerySet.as_manager()

    # Unsaved values of a form, for the page that compares two versions.
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
                violation_error_message=_("Some answers are still missing."),
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
                condition=out_of_ten("feeling_now"), name="decision_feeling_now_out_of_ten"
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
                violation_error_message=_("Enter how sure you are, or leave out the prediction."),
            ),
            # Older predictions have no day.
            models.CheckConstraint(
                condition=Q(finished_at=None)
                | Q(prediction_on=None)
                | Q(prediction__isnull=False, review_on__gte=F("prediction_on")),
                name="decision_looks_back_after_prediction",
                violation_error_message=AFTER_PREDICTION,
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "state"], condition=Q(deleted_at=None), name="decision_by_state"
            )
        ]

    def get_absolute_url(self) -> str:
        return row_url("decisions:detail", self.pk)

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

    @property
    def feels_strongly(self) -> bool:
        return (self.feeling_intensity or 0) >= STRONG

    @property
    def has_one_way(self) -> bool:
        """Whether one of its options can’t be undone."""
        one_way = Option.Reversibility.ONE_WAY
        return any(option.reversibility == one_way for option in self.options.all())

    def suggests_waiting(self) -> bool:
        return self.feels_strongly or self.has_one_way

    @property
    def is_feeling_stronger(self) -> bool:
        """Whether it grew between the first question and the choice."""
        before, now = self.feeling_intensity, self.feeling_now
        return before is not None and now is not None and now > before

    def next_review(self) -> date:
        return clock.today(self.owner) + REVIEW_AFTER

    def is_before_prediction(self, day: date | None) -> bool:
        return bool(day and self.prediction_on and day < self.prediction_on)

    def open_state(self) -> str:
        """The state of an undecided decision, computed from its content."""
        if self.cooling_off_until:
            return self.State.COOLING_OFF
        enough = self.options.count() >= FEWEST_OPTIONS
        return self.State.EXPLORING if enough else self.State.DRAFT

    def finish(self) -> None:
        """Decides it, which locks it."""
        today = clock.today(self.owner)
        before = (self.state, self.dropped_on)
        names = {option.pk: option.name for option in self.options.all()}
        if len(names) < FEWEST_OPTIONS:
            raise ValidationError({"options": _("Name at least two options first.")})
        if self.chosen_option_id not in names:
            raise ValidationError({"chosen_option": _("Choose one of your options.")})
        if bool(self.prediction) != (self.confidence is not None):
            raise ValidationError(
                {"confidence": _("Enter how sure you are, or leave out the prediction.")}
            )
        if self.prediction and not self.prediction_on:
            raise ValidationError({"prediction_on": KNOWN_ON})
        if self.is_before_prediction(self.review_on):
            raise ValidationError({"review_on": AFTER_PREDICTION})
        self.state, self.decided_on, self.dropped_on = self.State.DECIDED, today, None
        try:
            super().finish()
        except Exception:
            (self.state, self.dropped_on), self.decided_on = before, None
            raise

    # --- verbs; the caller holds the row lock where two requests could run at once

    def drop(self) -> None:
        """Drops it, decided or not. Doing it twice changes nothing."""
        if self.state != self.State.DROPPED:
            self.state, self.dropped_on = self.State.DROPPED, clock.today(self.owner)
            self.save(update_fields=["state", "dropped_on"])

    def take_up(self) -> None:
        """Restores the state from before it was dropped."""
        if self.state != self.State.DROPPED:
            return
        if not self.is_decided:
            self.state = self.open_state()
        else:
            reviewed = self.reviews.filter(finished_at__isnull=False).exists()
            self.state = self.State.REVIEWED if reviewed else self.State.DECIDED
        self.dropped_on = None
        self.save(update_fields=["state", "dropped_on"])

    def look_back_on(self, day: date) -> None:
        """Puts the review off. One that was begun begins again on that day, with its answers."""
        self.review_on = day
        self.save(update_fields=["review_on"])
        for review in self.reviews.drafts().exclude(step=""):
            review.step = ""
            review.save(update_fields=["step"])

    def is_reviewed(self) -> None:
        self.state, self.dropped_on = self.State.REVIEWED, None
        self.save(update_fields=["state", "dropped_on"])

    def hide(self, lesson_id: Any) -> None:
        """Hides a related lesson from this decision."""
        if lesson_id not in self.hidden_lessons:
            self.hidden_lessons = [*self.hidden_lessons, lesson_id]
            self.save(update_fields=["hidden_lessons"])


def in_a_day() -> datetime:
    """A full hour, one day from now."""
    return (timezone.now() + WAIT + timedelta(minutes=30)).replace(
        minute=0, second=0, microsecond=0
    )
