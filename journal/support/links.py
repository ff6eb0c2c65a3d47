from typing import Any

from django.conf import settings
from django.urls import reverse

from journal.support.countries import country_of


def support_address(person: Any) -> str:
    """The support page, with the country open that the person's zone or language names.

    The plain page for None and for who is not signed in. No log names the country.
    """
    address = reverse("support:page")
    if person is None or not person.is_authenticated:
        return address
    country = country_of(person.zone or settings.TIME_ZONE, person.language)
    return f"{address}?country={country}" if country else address
