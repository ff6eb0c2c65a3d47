from django.conf import settings
from django.urls import reverse

from journal.people.models import User
from journal.support.countries import country_of


def support_address(person: User | None) -> str:
    """The support page, with the country open that this person's zone or language names."""
    address = reverse("support:page")
    if person is None:
        return address
    country = country_of(person.zone or settings.TIME_ZONE, person.language)
    return f"{address}?country={country}" if country else address
