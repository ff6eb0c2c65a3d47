"""Plain functions that make what the operator keeps for everyone."""

from datetime import date
from typing import Any

from journal.support.models import SupportResource


def make_resource(name: str = "The Listening Line", **fields: Any) -> SupportResource:
    """A made-up helpline with a number that is nobody's (0123 456)."""
    given = {"kind": "crisis", "phone": "0123 456", "verified_on": date(2026, 11, 2), **fields}
    return SupportResource.objects.create(name=name, **given)


def make_one_of_each() -> None:
    make_resource("Emergency services", kind="emergency", phone="01 23", region="Everywhere here")
    make_resource("The Listening Line", text="0123 457", hours="Day and night")
    make_resource("Text a Friend", phone="", text="0123 458", languages="English, Danish")
    make_resource("A Safe Door", kind="relationship_safety", url="https://www.example.org/door")
    make_resource("Advice Corner", kind="general", phone="", url="https://advice.example.org/")
