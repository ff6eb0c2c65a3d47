"""The five practices, as a choice on whatever a person writes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Practice(models.TextChoices):
    PROMISES = "promises", _("Promises")
    BOUNDARIES = "boundaries", _("Boundaries")
    COMPASSION = "compassion", _("Self-compassion")
    DECISIONS = "decisions", _("Decisions")
    MISTAKES = "mistakes", _("Mistakes")


# The name of each practice's drawing (i-prom) and of its hue in the stylesheet (p-prom).
DRAWINGS: dict[str, str] = {
    Practice.PROMISES: "prom",
    Practice.BOUNDARIES: "bound",
    Practice.COMPASSION: "comp",
    Practice.DECISIONS: "dec",
    Practice.MISTAKES: "mist",
}
