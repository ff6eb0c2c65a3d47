"""The rhythm of a promise, as the model and its revisions store it."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from journal.people.day_fields import DayToComeField
from journal.promises import occurrences, wording


class Cadence(models.TextChoices):
    DAILY = occurrences.DAILY, _("Every day")
    WEEKDAYS = occurrences.WEEKDAYS, _("On certain days")
    TIMES_PER_WEEK = occurrences.TIMES_PER_WEEK, _("A few times a week")
    ONCE = occurrences.ONCE, _("Once")


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Rhythm(models.Model):
    """The fields for a rhythm, shared by a promise and its revisions."""

    cadence = models.CharField(_("How often?"), max_length=14, choices=Cadence)
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(choices=Weekday),
        verbose_name=_("Which days?"),
        default=list,
        blank=True,
    )
    times_per_week = models.PositiveSmallIntegerField(
        _("How many times a week?"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(7)],
    )
    due_on = DayToComeField(_("On which day?"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def rhythm_text(self) -> str:
        return wording.rhythm(self)

    RHYTHM = ("cadence", "weekdays", "times_per_week", "due_on")


def rhythm_fits(name: str) -> models.CheckConstraint:
    """Each cadence has the columns it needs; a draft may lack them."""
    return models.CheckConstraint(
        condition=Q(cadence__in=["", Cadence.DAILY])
        | Q(cadence=Cadence.WEEKDAYS) & ~Q(weekdays=[])
        | Q(
            cadence=Cadence.TIMES_PER_WEEK,
            times_per_week__isnull=False,  # because a comparison with NULL would pass
            times_per_week__gte=1,
            times_per_week__lte=7,
        )
        | Q(cadence=Cadence.ONCE, due_on__isnull=False),
        name=name,
        violation_error_message=_("Choose the days, how many times, or the day."),
    )
