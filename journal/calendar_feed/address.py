"""The private address of a person's calendar: an access token that ends after a year unused.

Signing out leaves it alone, since calendar programs have no session. Callers hold the person's
lock, so that two tabs make one.
"""

from datetime import timedelta

from django.utils import timezone

from journal.access_tokens.models import AccessToken
from journal.people.models import User

LASTS = timedelta(days=365)  # without a fetch
TITLES = "titles"  # the subject of a token whose feed shows titles


def token_of(person: User) -> AccessToken | None:
    rows = AccessToken.objects.usable().filter(owner=person, scope=AccessToken.Scope.FEED)
    return rows.first()


def make(person: User, *, titles: bool) -> None:
    """Makes the address, or stores the choice for the one there is."""
    token, subject = token_of(person), TITLES if titles else ""
    if token is None:
        _renew(person, subject)
    elif token.subject != subject:
        token.subject = subject
        token.save(update_fields=["subject"])


def change(person: User) -> None:
    token = token_of(person)
    if token:
        _renew(person, token.subject)


def end(person: User) -> None:
    AccessToken.objects.filter(owner=person, scope=AccessToken.Scope.FEED).delete()


def _renew(person: User, subject: str) -> None:
    end(person)
    expires_at = timezone.now() + LASTS
    AccessToken.issue(person, AccessToken.Scope.FEED, subject=subject, expires_at=expires_at)
