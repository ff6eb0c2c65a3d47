"""Every address there is, read from the URL resolver and written as in the table."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.admindocs.views import simplify_regex
from django.urls import get_resolver
from django.urls.resolvers import RegexPattern

PLACE = re.compile(r"<(?:\w+:)?(\w+)>")


def all_addresses() -> list[str]:
    """Such as /journal/<uuid:pk>/edit/, in the order in which they are looked up."""
    return list(dict.fromkeys(_walk(get_resolver().url_patterns, "/")))


def _walk(patterns: Any, start: str) -> Iterator[str]:
    for pattern in patterns:
        piece = str(pattern.pattern)
        if isinstance(pattern.pattern, RegexPattern):
            piece = simplify_regex(piece).removeprefix("/")
        if hasattr(pattern, "url_patterns"):
            yield from _walk(pattern.url_patterns, start + piece)
        else:
            yield start + piece


def all_views() -> list[Callable[..., Any]]:
    """What they lead to."""
    return list(dict.fromkeys(_views(get_resolver().url_patterns)))


def _views(patterns: Any) -> Iterator[Callable[..., Any]]:
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _views(pattern.url_patterns)
        else:
            yield pattern.callback


def places_in(address: str) -> list[str]:
    """The names of what varies in an address."""
    return PLACE.findall(address)


def filled(address: str, values: dict[str, Any]) -> str:
    return PLACE.sub(lambda match: str(values[match[1]]), address)
