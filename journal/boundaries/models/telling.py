"""The times a person said a boundary, with its words at that time."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from journal.people.date_validators import FIRST_DAY
from journal.people.day_fields import DaySoFarField
from journal.people.row_urls import row_url
from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel


class Channel(models.TextChoices):
    IN_PERSON = "in_person", _("In person")
    CALL = "call", _("A call")
    MESSAGE = "message", _("A message")
    LETTER = "letter", _("A letter")


class Telling(OwnedModel):
    """One time the person said it, with its words at that time."""

    export_name = "boundaries.Telling"

    class HowItWas(models.TextChoices):
        EASIER = "easier", _("Easier than I thought")
        EXPECTED = "expected", _("About as I thought")
        HARDER = "harder", _("Harder than I thought")

    boundary = models.ForeignKey(
        "boundaries.Boundary", on_delete=models.CASCADE, related_name="tellings", db_index=False
    )
    told_to = WordsField(
        _("To whom?"), max_length=40, blank=True, help_text=_("A nickname or initials will do.")
    )
    told_on = DaySoFarField(_("When?"))
    channel = models.CharField(_("How?"), max_length=9, choices=Channel, blank=True)
    script_snapshot = WordsField(max_length=2000, blank=True, editable=False)
    reaction = WordsField(
        _("What did they say?"),
        max_length=500,
        blank=True,
        help_text=_("What they said and did, rather than why."),
    )

    how_it_was = models.CharField(
        _("How was it to say it?"), max_length=8, choices=HowItWas, blank=True
    )

    class Meta:
        verbose_name = _("telling")
        constraints = [
            models.CheckConstraint(
                condition=Q(how_it_was__in=["", "easier", "expected", "harder"]),
                name="telling_how_it_was_is_known",
            ),
            models.CheckConstraint(
                condition=Q(told_on__gte=FIRST_DAY), name="telling_within_living_memory"
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "boundary", "told_on"], name="telling_by_boundary")
        ]

    @property
    def address(self) -> str:
        return row_url("boundaries:telling", self.boundary_id, self.pk)
