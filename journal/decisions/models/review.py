"""The review of a decision: how it was decided, separately from how it turned out.

Fingers slip, so a finished review can be corrected for a week. Each correction keeps what the
review said before (`EarlierReview`), for as long as the decision is there.
"""

from datetime import date, timedelta
from typing import Any
from uuid import uuid5

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from journal.decisions.models.decision import Decision
from journal.decisions.models.review_answers import ANSWERS, ReviewAnswers
from journal.guide.models import Guided
from journal.lessons import threads
from journal.lessons.models import Lesson
from journal.people import clock
from journal.people.row_urls import row_url
from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, belongs_to

CORRECTABLE_FOR = timedelta(days=7)


class DecisionReview(ReviewAnswers, Guided):
    export_name = "decisions.DecisionReview"

    decision = models.ForeignKey(
        Decision, on_delete=models.CASCADE, related_name="reviews", db_index=False, editable=False
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
                violation_error_message=_("Some answers are still missing."),
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
    def is_correctable(self) -> bool:
        """Whether the answers of this finished review can still be changed."""
        last = self.correctable_until
        return last is not None and clock.today(self.owner) <= last

    @property
    def correctable_until(self) -> date | None:
        return self.reviewed_on + CORRECTABLE_FOR if self.reviewed_on else None

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A change of a finished review keeps what it said before."""
        if self.finished_at and not self._state.adding:
            self._keep_earlier()
        super().save(*args, **kwargs)

    def _keep_earlier(self) -> None:
        stored = type(self)._default_manager.get(pk=self.pk)
        before = {name: getattr(stored, name) for name in ANSWERS}
        if stored.finished_at and before != {name: getattr(self, name) for name in ANSWERS}:
            EarlierReview.objects.create(
                owner=self.owner,
                decision=self.decision,
                number=stored.version,
                saved_at=stored.updated_at,
                **before,
            )

    def finish(self) -> None:
        """Ends the review, and makes its lesson, if any. The caller holds
        the decision's row lock."""
        if not self.decision.prediction:
            self.prediction_result = self.PredictionResult.NONE_MADE
        if bool(self.if_situation) != bool(self.then_action):
            raise ValidationError({"then_action": _("A lesson needs an “if” and a “then”.")})
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


class EarlierReview(ReviewAnswers, OwnedModel):
    """What a review said before a correction."""

    export_name = "decisions.EarlierReview"
    owner = belongs_to("earlier_reviews")
    decision = models.ForeignKey(
        Decision, on_delete=models.CASCADE, related_name="earlier_reviews", db_index=False
    )
    number = models.PositiveIntegerField()  # the review's `version` at that time
    saved_at = models.DateTimeField()  # when the review was last saved with these answers

    class Meta:
        verbose_name = _("earlier version of a review")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "decision", "number"], name="earlier_review_once"
            )
        ]
