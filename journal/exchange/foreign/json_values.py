"""What JSON of another app says under a key, if it has the type that it should have."""

from datetime import UTC, datetime, timedelta
from math import isfinite
from typing import Any

DEEPEST = 10  # of names in each other
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def text(given: Any, key: str) -> str:
    value = given.get(key) if isinstance(given, dict) else None
    return value if isinstance(value, str) else ""


def listed(given: Any, key: str) -> list[Any]:
    value = given.get(key) if isinstance(given, dict) else None
    return value if isinstance(value, list) else []


def objects(given: Any, key: str) -> list[dict[str, Any]]:
    return [one for one in listed(given, key) if isinstance(one, dict)]


def whole(given: Any, key: str) -> int | None:
    value = given.get(key) if isinstance(given, dict) else None
    return value if type(value) is int else None


def whole_ones(given: Any, key: str) -> list[int]:
    return [one for one in listed(given, key) if type(one) is int]


def inner(given: Any, *keys: str) -> dict[str, Any]:
    """The object at the end of a path of keys; empty where there is none."""
    for key in keys:
        given = given.get(key) if isinstance(given, dict) else None
    return given if isinstance(given, dict) else {}


def is_set(given: Any, key: str) -> bool:
    value = given.get(key) if isinstance(given, dict) else None
    return value is True or (type(value) is int and value == 1)


def moment_after_epoch(given: Any, unit: timedelta) -> datetime | None:
    """A moment that is counted in units since 1970, as a number or its digits; 0 means none."""
    if isinstance(given, str) and given.isascii() and given.isdecimal() and len(given) < 20:
        given = int(given)
    if type(given) not in (int, float) or not given:
        return None
    try:
        return EPOCH + unit * given
    except (OverflowError, ValueError):
        return None


def path_of(own: str, names: dict[str, str], parents: dict[str, str]) -> str:
    """The name of something in a tree, after those that it is in: outer/inner."""
    path: list[str] = []
    seen: set[str] = set()
    while own in names and own not in seen and len(path) < DEEPEST:
        seen.add(own)
        path.insert(0, names[own])
        own = parents.get(own, "")
    return "/".join(path)


def number(given: Any) -> float | None:
    """A number, or a text that is one, with a decimal comma too."""
    if isinstance(given, bool) or not isinstance(given, (int, float, str)):
        return None
    try:
        found = float(given.strip().replace(",", ".") if isinstance(given, str) else given)
    except (ValueError, OverflowError):
        return None
    return found if isfinite(found) else None
