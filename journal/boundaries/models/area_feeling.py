"""How an area of life feels: whether there is room in it, or whether it is tight."""

from uuid import uuid5

from django.db import models
from django.utils.translation import gettext_lazy as _

from journal.people.areas import Area
from journal.people.models import User
from journal.privacy.ownership import OwnedModel, belongs_to


class AreaFeeling(OwnedModel):
    """One row per person and area, with the last answer. Its id derives from both."""

    export_name = "boundaries.AreaFeeling"

    class Feeling(models.TextChoices):
        ROOM = "room", _("Room to spare")
        FINE = "fine", _("Mostly fine")
        TIGHT = "tight", _("Tight")
        WORN = "worn", _("Worn through")
        LEFT_OUT = "left_out", _("Not part of my life")

    owner = belongs_to("area_feelings")
    area = models.CharField(_("Area"), max_length=10, choices=Area)
    feeling = models.CharField(_("How does it feel?"), max_length=8, choices=Feeling, blank=True)

    class Meta:
        verbose_name = _("how an area feels")
        constraints = [
            models.UniqueConstraint(fields=["owner", "area"], name="one_feeling_an_area"),
            models.CheckConstraint(
                condition=models.Q(feeling__in=["", "room", "fine", "tight", "worn", "left_out"]),
                name="area_feeling_is_known",
            ),
        ]

    @classmethod
    def say(cls, person: User, area: str, feeling: str) -> "AreaFeeling":
        """Stores the answer; "" takes it back. The last of two answers at once counts."""
        row, _made = cls.objects.select_for_update().get_or_create(
            owner=person, area=area, defaults={"id": uuid5(person.pk, f"area {area}")}
        )
        row.feeling, row.deleted_at = feeling, None
        row.save(update_fields=["feeling", "deleted_at"])
        return row
