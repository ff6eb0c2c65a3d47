"""What the support page lists: the operator's resources, then those of the starter list."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from journal.languages.collation import without_accents
from journal.support import page_copy, starter
from journal.support.countries import NAMES, zones_of
from journal.support.models import Kind, SupportResource

Group = tuple[str, str, list[SupportResource]]  # kind, heading, resources


@dataclass(frozen=True)
class Country:
    code: str
    name: str
    zones: str
    groups: list[Group]
    unconfirmed: bool


def page_context(country: str) -> dict[str, Any]:
    """The context of the page. Opens one country, if it is served: the one named, or the only."""
    rows, served = page_copy.content()
    kept = {row.starter for row in rows if row.starter}
    found = [row for row in rows if row.left_out_on is None]
    found += [
        entry.resource for entry in starter.entries_for(served, without=kept) if not entry.weak
    ]
    codes = {row.country for row in found if row.country in NAMES} | {*served}
    countries = sorted(
        (_country(code, found) for code in codes), key=lambda one: without_accents(str(one.name))
    )
    wanted = served[0] if len(served) == 1 else country.upper()
    world = [row for row in found if row.country == starter.WORLD]
    return {
        "opened": [one for one in countries if one.code == wanted],
        "others": [one for one in countries if one.code != wanted],
        "everywhere": _groups(row for row in world if not row.starter),
        "directories": [row for row in world if row.starter],
        "collected_on": starter.collected_on(),
    }


def _country(code: str, found: list[SupportResource]) -> Country:
    here = [row for row in found if row.country == code]
    unconfirmed = any(row.verified_on is None for row in here)
    return Country(code, str(NAMES[code]), zones_of(code), _groups(here), unconfirmed)


def _groups(rows: Iterable[SupportResource]) -> list[Group]:
    ordered = sorted(rows, key=lambda row: Kind.values.index(row.kind))
    return [
        (kind, str(Kind(kind).label), list(group))
        for kind, group in groupby(ordered, key=lambda row: row.kind)
    ]
