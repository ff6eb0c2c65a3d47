"""The review of a decision: how it was decided, separately from how it turned out."""

from uuid import uuid5

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from journal.decisions.models.decision import Decision
from journal.guide.models import Guided
from journal.lessons import threads
from journal.lessons.models import Lesson
from journal.people import clock
from journal.people.row_urls import row_url
from journal.privacy.fields import WordsField


class DecisionReview(Guided):
    """The review: how it was decided, separately from how it turned out."""

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
    # The draft of a lesson; `finish` makes a lesson of it and empties these fields.
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
        """Builds an unsaved review. Its id derives from the decision's, since there is only one."""
        return cls(id=uuid5(decision.pk, "review"), owner=decision.owner, decision=decision)

    def get_absolute_url(self) -> str:
        return row_url("decisions:detail", self.decision_id)

    @property
    def sentence(self) -> str:
        return self.decision.question

    @property
    def quadrant(self) -> str:
        """Empty for a mixed outcome, which is outside the four, and for an outcome
        that is not known yet."""
        return quadrant(self.process_sound_now, self.outcome_quality)

    @property
    def quadrant_label(self) -> str:
        return str(self.Quadrant(self.quadrant).label) if self.quadrant else ""

    def finish(self) -> None:
        """Ends the review, and makes its lesson, if any. The caller holds
        the decision's row lock."""
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
    """The quadrant of a decision: how it was decided, by how it turned out."""
    cells = {
        (True, "good"): DecisionReview.Quadrant.EARNED,
        (True, "poor"): DecisionReview.Quadrant.UNLUCKY,
        (False, "good"): DecisionReview.Quadrant.FORTUNATE,
        (False, "poor"): DecisionReview.Quadrant.LESSON,
    }
    return cells.get((bool(process_sound), outcome), "") if process_sound is not None else ""
