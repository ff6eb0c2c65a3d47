"""The five practices, as choices for a person's rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Practice(models.TextChoices):
    PROMISES = "promises", _("Promises")
    BOUNDARIES = "boundaries", _("Boundaries")
    COMPASSION = "compassion", _("Self-compassion")
    DECISIONS = "decisions", _("Decisions")
    MISTAKES = "mistakes", _("Mistakes")


# The icon of each practice (i-prom) and its hue in the stylesheet (p-prom).
DRAWINGS: dict[str, str] = {
    Practice.PROMISES: "prom",
    Practice.BOUNDARIES: "bound",
    Practice.COMPASSION: "comp",
    Practice.DECISIONS: "dec",
    Practice.MISTAKES: "mist",
}
