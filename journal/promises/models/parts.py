"""What a promise may lack, and is asked for later."""

from django.db import models
from django.utils.translation import gettext_lazy as _

USUAL_DAYS_OFF = 2  # a month, until the person chooses


class Part(models.TextChoices):
    SMALLEST = "smallest", _("What counts on a bad day?")
    MOMENT = "moment", _("After what will you do it?")
    OBSTACLE = "obstacle", _("What might get in the way?")
    DAYS_OFF = "days-off", _("How many days off a month?")
