"""Plain functions that make what belongs to a person's settings."""

from typing import Any

from journal.people.models import User
from journal.people.values import Value
from journal.privacy.wall import acting_as


def make_value(person: User, name: str, **fields: Any) -> Value:
    """An active value, after the ones there are."""
    with acting_as(person):
        value = Value(owner=person, name=name, rank=Value.free_rank(person), **fields)
        value.save(force_insert=True)
    return value
