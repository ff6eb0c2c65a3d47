"""The areas of life of lessons, boundaries and decisions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Area(models.TextChoices):
    WORK = "work", _("Work")
    STUDY = "study", _("Study")
    FAMILY = "family", _("Family")
    PARTNER = "partner", _("Partner")
    FRIENDS = "friends", _("Friends")
    HEALTH = "health", _("Health")
    MONEY = "money", _("Money")
    TIME = "time", pgettext_lazy("area of life", "Time")
    DIGITAL = "digital", _("Digital life")
    BODY = "body", _("Body and space")
    BELONGINGS = "belongings", _("Belongings")
    SELF = "self", _("Myself")
    OTHER = "other", _("Something else")
