"""What a review of a decision says: its columns, and those of what it said before a correction."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from journal.privacy.fields import WordsField

SOUND = pgettext_lazy("the process of a decision", "Sound")
SHAKY = pgettext_lazy("the process of a decision", "Shaky")


class ReviewAnswers(models.Model):
    """What a review says, and what an earlier version of it said."""

    class PredictionResult(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        UNCLEAR = "unclear", _("It isn’t clear")
        NONE_MADE = "none_made", _("There was no prediction")

    class OutcomeQuality(models.TextChoices):
        GOOD = "good", _("Well")
        POOR = "poor", _("Badly")
        MIXED = "mixed", _("Mixed")

    class Quadrant(models.TextChoices):
        EARNED = "earned", _("Earned")
        UNLUCKY = "unlucky", _("Unlucky")
        FORTUNATE = "fortunate", _("Fortunate")
        LESSON = "lesson", _("Worth a lesson")

    process_sound_now = models.BooleanField(_("Was the way you decided sound?"), null=True)
    prediction_result = models.CharField(
        _("Did it come true?"), max_length=9, choices=PredictionResult
    )
    outcome_quality = models.CharField(
        _("How did it turn out?"), max_length=5, choices=OutcomeQuality
    )
    outcome = WordsField(_("What came of it?"), max_length=1500, blank=True)
    luck = WordsField(_("What was down to luck, good or bad?"), max_length=500, blank=True)
    learned = WordsField(
        _("What would you tell the person who decided this?"), max_length=1000, blank=True
    )

    class Meta:
        abstract = True

    @property
    def quadrant(self) -> str:
        """Empty for a mixed outcome, which is outside the four, and for an outcome
        that is not known yet."""
        return quadrant(self.process_sound_now, self.outcome_quality)

    @property
    def process_text(self) -> str:
        return str(SOUND if self.process_sound_now else SHAKY)

    @property
    def quadrant_label(self) -> str:
        return str(self.Quadrant(self.quadrant).label) if self.quadrant else ""


ANSWERS = tuple(field.name for field in ReviewAnswers._meta.fields)


def quadrant(process_sound: bool | None, outcome: str) -> str:
    """The quadrant of a decision: how it was decided, by how it turned out."""
    cells = {
        (True, "good"): ReviewAnswers.Quadrant.EARNED,
        (True, "poor"): ReviewAnswers.Quadrant.UNLUCKY,
        (False, "good"): ReviewAnswers.Quadrant.FORTUNATE,
        (False, "poor"): ReviewAnswers.Quadrant.LESSON,
    }
    return cells.get((bool(process_sound), outcome), "") if process_sound is not None else ""
