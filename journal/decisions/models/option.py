"""The options of a decision, and the values in play."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from journal.people.values.models import Value
from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, belongs_to

MOST_OPTIONS, FEWEST_OPTIONS, MOST_VALUES = 6, 2, 3
OUT_OF_TEN = MaxValueValidator(10, _("Enter a number from 0 to 10."))


def out_of_ten(name: str) -> Q:
    return Q(**{name: None}) | Q(**{f"{name}__lte": 10})


class Option(OwnedModel):
    """One option. `place` keeps the person's order and limits the number to six."""

    export_name = "decisions.Option"

    class Reversibility(models.TextChoices):
        EASY = "easy", _("Easy to undo")
        COSTLY = "costly", _("Costly to undo")
        ONE_WAY = "one_way", _("Can’t be undone")

    WEIGHED = ("pros", "cons", "consequences", "value_fit", "reversibility")

    # The database deletes an option with its decision, even where a decided one locks its options.
    decision = models.ForeignKey(
        "decisions.Decision", on_delete=models.DO_NOTHING, related_name="options", db_index=False
    )
    place = models.PositiveSmallIntegerField(editable=False)
    name = WordsField(_("Option"), max_length=120)
    pros = WordsField(_("What it gives you"), max_length=800, blank=True)
    cons = WordsField(_("What it costs you"), max_length=800, blank=True)
    consequences = WordsField(_("What it leads to"), max_length=800, blank=True)
    value_fit = models.PositiveSmallIntegerField(
        _("How well it fits what matters to you, 0 to 10"),
        null=True,
        blank=True,
        validators=[OUT_OF_TEN],
    )
    reversibility = models.CharField(
        _("Can it be undone?"), max_length=7, choices=Reversibility, blank=True
    )

    class Meta:
        verbose_name = _("option")
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["id", "owner"], name="option_and_owner"),
            models.UniqueConstraint(fields=["id", "decision"], name="option_and_decision"),
            models.UniqueConstraint(
                fields=["owner", "decision", "place"],
                name="one_option_per_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=MOST_OPTIONS), name="at_most_six_options"
            ),
            models.CheckConstraint(
                condition=Q(name__isnull=False),
                name="option_has_a_name",
                violation_error_message=_("Give the option a name."),
            ),
            models.CheckConstraint(condition=out_of_ten("value_fit"), name="option_fit_out_of_ten"),
        ]

    @property
    def is_weighed(self) -> bool:
        return any(getattr(self, name) not in (None, "") for name in self.WEIGHED)


class ValueInPlay(OwnedModel):
    """One of up to three values behind a decision, with its name at the time of the choice."""

    export_name = "decisions.ValueInPlay"

    owner = belongs_to("values_in_play")
    decision = models.ForeignKey(
        "decisions.Decision",
        on_delete=models.DO_NOTHING,
        related_name="values_in_play",
        db_index=False,
    )
    value = models.ForeignKey(
        Value, on_delete=models.DO_NOTHING, null=True, db_index=False, related_name="+"
    )
    place = models.PositiveSmallIntegerField(editable=False)
    name = WordsField(max_length=40)

    class Meta:
        verbose_name = _("value that matters")
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "decision", "value"], name="value_in_play_once"
            ),
            models.UniqueConstraint(
                fields=["owner", "decision", "place"],
                name="one_value_in_play_per_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=MOST_VALUES), name="at_most_three_in_play"
            ),
        ]

    @property
    def label(self) -> str:
        return self.name[:1].upper() + self.name[1:]
