"""Template filters for passkeys and for keys that a person types."""

from collections.abc import Iterable
from typing import Any

from django import template

from journal.privacy import mfa_secrets

register = template.Library()


@register.filter
def opened(sealed: str) -> str:
    """A passkey's name, which is sealed."""
    return mfa_secrets.unseal(sealed)


@register.filter
def wrapped(authenticators: Iterable[Any]) -> list[Any]:
    return [one.wrap() for one in authenticators]


@register.filter
def in_fours(key: str) -> str:
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))
