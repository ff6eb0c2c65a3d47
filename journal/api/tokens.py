"""A person's tokens of the API: made, listed and ended on their own page.

Each ends by itself on a day, at once when the person ends it, and as long as the account waits for
its deletion. Signing out or a new password leave it alone, as they do the address of a calendar: a
program has no session. Callers hold the person's lock, so that no second tab makes one too many.
"""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from journal.access_tokens.models import BYTES, AccessToken, AccessTokenQuerySet, hash_token
from journal.people.models import User

MOST = 10  # of one person
START = "selftrust_"  # so that who finds one somewhere knows what it opens


def tokens_of(person: User) -> AccessTokenQuerySet:
    return AccessToken.objects.for_api(person)


def make(person: User, pk: UUID, name: str, allows: Iterable[str], days: int) -> str | None:
    """Stores a token and returns its text, which nothing can show again. None if a form that is
    sent twice has made it already."""
    token = f"{START}{secrets.token_urlsafe(BYTES)}"
    row = AccessToken(
        id=pk,
        owner=person,
        scope=AccessToken.Scope.API,
        row_id=pk,
        name=name,
        allows=list(allows),
        token_hash=hash_token(token),
        expires_at=timezone.now() + timedelta(days=days),
    )
    return token if row.insert_once() is row else None


def end(person: User, pk: UUID) -> bool:
    """Whether there was one to end."""
    return bool(tokens_of(person).filter(pk=pk).delete()[0])
