"""Resources for people who need help: the operator edits them, everyone reads them."""

import re
from datetime import date, timedelta
from typing import Self
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FRESH_FOR = timedelta(days=180)

a_number = RegexValidator(
    r"^\+?[0-9*#]([0-9*# ()/.-]*[0-9*#])?$",
    _("Enter a number as one dials it, for example 112 or +44 20 7946 0000."),
)


class SupportResourceQuerySet(models.QuerySet):
    def in_order(self) -> Self:
        """In the order of the page: the most urgent first."""
        urgency = [models.When(kind=kind, then=at) for at, kind in enumerate(Kind.values)]
        return self.order_by(models.Case(*urgency), "region", "name", "pk")

    def unverified(self, today: date) -> Self:
        """Resources that nobody has verified for half a year."""
        return self.filter(verified_on__lt=today - FRESH_FOR)


class Kind(models.TextChoices):
    """In the order of urgency."""

    EMERGENCY = "emergency", _("In immediate danger")
    CRISIS = "crisis", _("Someone to talk to now")
    RELATIONSHIP_SAFETY = "relationship_safety", _("When someone close makes you unsafe")
    GENERAL = "general", _("More support")


class SupportResource(models.Model):
    name = models.CharField(_("Name"), max_length=80)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)
    phone = models.CharField(_("Phone"), max_length=40, blank=True, validators=[a_number])
    text = models.CharField(_("Text message to"), max_length=40, blank=True, validators=[a_number])
    url = models.URLField(_("Website"), max_length=300, blank=True)
    hours = models.CharField(_("Hours"), max_length=120, blank=True)
    languages = models.CharField(_("Languages"), max_length=120, blank=True)
    region = models.CharField(
        _("Region"), max_length=80, blank=True, help_text=_("Where it can be reached from.")
    )
    verified_on = models.DateField(
        _("Verified on"), help_text=_("The day someone last made sure that all of this is right.")
    )

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
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"  # the admin logs this

    def clean(self) -> None:
        if self.verified_on and self.verified_on > timezone.localdate():
            raise ValidationError({"verified_on": _("That day has not come yet.")})

    @property
    def phone_link(self) -> str:
        return f"tel:{dialled(self.phone)}"

    @property
    def text_link(self) -> str:
        return f"sms:{dialled(self.text)}"

    @property
    def site(self) -> str:
        """The host name of the website, which is easy to read out."""
        return urlsplit(self.url).netloc.removeprefix("www.") or self.url

    @property
    def details(self) -> list[str]:
        """Region, hours and languages, as far as they are known."""
        return [detail for detail in (self.region, self.hours, self.languages) if detail]


def dialled(number: str) -> str:
    """A number without characters for readability, such as the (0) in +44 (0)20.

    A URL needs %23 for #.
    """
    if number.startswith("+"):
        number = number.replace("(0)", "")
    return re.sub(r"[^0-9+*#]", "", number).replace("#", "%23")
