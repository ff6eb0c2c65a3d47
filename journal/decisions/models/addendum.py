"""Later thoughts on a decision."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, belongs_to


class Addendum(OwnedModel):
    """A later thought, with its day; the decision itself stays unchanged."""

    export_name = "decisions.Addendum"

    owner = belongs_to("addenda")
    decision = models.ForeignKey(
        "decisions.Decision", on_delete=models.CASCADE, related_name="addenda", db_index=False
    )
    thought = WordsField(_("Your later thought"), max_length=1000)
    written_on = models.DateField(editable=False)

    class Meta:
        verbose_name = _("later thought")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(thought__isnull=False),
                name="addendum_has_words",
                violation_error_message=_("Write a few words, or cancel."),
            )
        ]
        indexes = [models.Index(fields=["owner", "decision", "id"], name="addendum_by_decision")]
