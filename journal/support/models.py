"""Resources for people who need help: the operator edits them, everyone reads them."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self
from urllib.parse import quote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FRESH_FOR = timedelta(days=180)

# A number as one dials it, and what it is for: "110 (police)". A word in the brackets of a number
# for text messages is the message to send. Several are separated by commas.
NUMBER = r"\+?[0-9*#](?:[0-9*# ()/.-]*[0-9*#])?"
PART = rf"(?P<number>{NUMBER})(?: \((?P<use>[^\W\d_][^(),]*)\))?"
numbers = RegexValidator(
    re.sub(r"\?P<\w+>", "?:", rf"^{PART}(?:, {PART})*$"),
    _("Enter a number as you dial it, such as 112 or +44 20 7946 0000, and a comma between two."),
)


class SupportResourceQuerySet(models.QuerySet):
    def in_order(self) -> Self:
        """In the order of the page: the most urgent first."""
        urgency = [models.When(kind=kind, then=at) for at, kind in enumerate(Kind.values)]
        return self.order_by(models.Case(*urgency), "region", "name", "pk")

    def starter_keys(self) -> set[str]:
        """The entries of the starter list in whose place a row stands."""
        return {*self.exclude(starter="").values_list("starter", flat=True)}

    def shown(self) -> Self:
        return self.filter(left_out_on=None)

    def unverified(self, today: date) -> Self:
        """Resources that nobody has verified for half a year."""
        return self.shown().filter(verified_on__lt=today - FRESH_FOR)


class Kind(models.TextChoices):
    """In the order of urgency."""

    EMERGENCY = "emergency", _("In immediate danger")
    CRISIS = "crisis", _("Someone to talk to now")
    RELATIONSHIP_SAFETY = "relationship_safety", _("When someone close makes you unsafe")
    GENERAL = "general", _("More support")


class SupportResource(models.Model):
    name = models.CharField(_("Name"), max_length=80)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)
    country = models.CharField(
        _("Country"),
        max_length=2,
        blank=True,
        help_text=_("Empty for what can be reached from every country."),
    )
    phone = models.CharField(
        _("Phone"),
        max_length=160,
        blank=True,
        validators=[numbers],
        help_text=_("Several numbers, and what each is for: 112, 110 (police)"),
    )
    text = models.CharField(
        _("Text message to"),
        max_length=160,
        blank=True,
        validators=[numbers],
        help_text=_("With the word to send, if it needs one: 85258 (SHOUT)"),
    )
    url = models.URLField(_("Website"), max_length=300, blank=True)
    hours = models.CharField(_("Hours"), max_length=120, blank=True)
    languages = models.CharField(_("Languages"), max_length=120, blank=True)
    region = models.CharField(
        _("Region"), max_length=80, blank=True, help_text=_("Where it can be reached from.")
    )
    note = models.CharField(
        _("Note"), max_length=160, blank=True, help_text=_("Such as a chat, or whom it is for.")
    )
    verified_on = models.DateField(
        _("Verified on"), help_text=_("The day someone last made sure that all of this is right.")
    )

    # The entry of the starter list in whose place this row stands (journal/support/starter.py).
    starter = models.SlugField(max_length=80, blank=True, editable=False)
    # Since when the operator leaves that entry out.
    left_out_on = models.DateField(_("Left out on"), null=True, blank=True, editable=False)

    objects = SupportResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("support resource")
        verbose_name_plural = _("support resources")
        constraints = [
            models.CheckConstraint(
                condition=~Q(phone="", text="", url=""),
                name="support_resource_can_be_reached",
                violation_error_message=_("Say how to reach it: phone, text message or website."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="support_resource_of_a_known_kind"
            ),
            models.UniqueConstraint(
                fields=["starter"],
                condition=~Q(starter=""),
                name="one_support_resource_for_each_starter_entry",
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"  # the admin logs this

    def clean(self) -> None:
        if self.verified_on and self.verified_on > timezone.localdate():
            raise ValidationError({"verified_on": _("Enter a date that isn’t in the future.")})

    @property
    def phones(self) -> list["Dial"]:
        return dials(self.phone, "tel:")

    @property
    def texts(self) -> list["Dial"]:
        return dials(self.text, "sms:")

    @property
    def site(self) -> str:
        """The host name of the website, which is easy to read out."""
        return urlsplit(self.url).netloc.removeprefix("www.") or self.url

    @property
    def details(self) -> list[str]:
        """Region, hours, languages and note, as far as they are known."""
        found = (self.region, self.hours, self.languages, self.note.removesuffix("."))
        return [detail for detail in found if detail]


class ServedCountry(models.Model):
    """A country that the support page lists, where SELFTRUST_COUNTRIES names none."""

    code = models.CharField(max_length=2, unique=True)

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True)
class Dial:
    number: str
    use: str  # what the number is for, or the word to send
    link: str


def dials(given: str, scheme: str) -> list[Dial]:
    found = []
    for part in re.finditer(PART, given):
        number, use = part["number"], part["use"] or ""
        # Phones disagree about "?" and "&" before the body; each takes one of the two.
        body = f"?&body={quote(use)}" if use and scheme == "sms:" else ""
        found.append(Dial(number, use, f"{scheme}{dialled(number)}{body}"))
    return found


def dialled(number: str) -> str:
    """A number without characters for readability, such as the (0) in +44 (0)20.

    A URL needs %23 for #.
    """
    if number.startswith("+"):
        number = number.replace("(0)", "")
    return re.sub(r"[^0-9+*#]", "", number).replace("#", "%23")
