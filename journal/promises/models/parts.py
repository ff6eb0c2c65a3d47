"""What a promise may lack: it starts with a statement and a rhythm; these are asked for later."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from journal.privacy.fields import WordsField

USUAL_DAYS_OFF = 2  # a month, until the person chooses


class Part(models.TextChoices):
    SMALLEST = "smallest", _("What counts on a bad day?")
    MOMENT = "moment", _("After what will you do it?")
    OBSTACLE = "obstacle", _("What might get in the way?")
    DAYS_OFF = "days-off", _("How many days off a month?")


class Sure(models.Model):
    """How sure the person is of keeping the promise by these terms; empty where nobody asked."""

    sure = models.PositiveSmallIntegerField(
        _("How sure are you, 0–10?"), null=True, blank=True, validators=[MaxValueValidator(10)]
    )

    class Meta:
        abstract = True


def sure_fits(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.Q(sure__lte=10), name=name)


class Parts(models.Model):
    smallest_version = WordsField(_("What counts on a bad day?"), max_length=140, blank=True)
    cue = WordsField(_("After …"), max_length=140, blank=True)
    action = WordsField(_("I will …"), max_length=140, blank=True)
    obstacle = WordsField(_("What might get in the way?"), max_length=140, blank=True)
    coping_response = WordsField(_("And then I will"), max_length=140, blank=True)
    reserve_per_month = models.PositiveSmallIntegerField(
        _("Days off a month"), null=True, blank=True, validators=[MaxValueValidator(6)]
    )
    # What the person does not want to be asked about.
    declined_parts = ArrayField(
        models.CharField(max_length=8, choices=Part), default=list, blank=True, editable=False
    )

    class Meta:
        abstract = True

    @property
    def has_small_version(self) -> bool:
        """Whether there is a bad-day version, so that "Kept small" means something."""
        return bool(self.smallest_version)

    @property
    def days_off(self) -> int:
        """Days a month that can be set aside as planned."""
        return USUAL_DAYS_OFF if self.reserve_per_month is None else self.reserve_per_month

    @property
    def missing_parts(self) -> list[Part]:
        given = {
            Part.SMALLEST: self.has_small_version,
            Part.MOMENT: bool(self.cue),
            Part.OBSTACLE: bool(self.obstacle),
            Part.DAYS_OFF: self.reserve_per_month is not None,
        }
        return [part for part, is_given in given.items() if not is_given]
