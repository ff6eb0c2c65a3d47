"""The starter list: resources that two public sources agree on, before an operator has added any.

starter.json keeps the sources of each entry. An entry counts as not confirmed until the operator
confirms it or leaves it out; then a row of the database has its key (`SupportResource.starter`) and
takes its place. An entry with `weak`, the reason why its sources do not suffice, is shown to the
operator only.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from journal.support.countries import starter_file
from journal.support.models import SupportResource

FIELDS = ("kind", "name", "phone", "text", "url", "region", "hours", "languages", "note")
WORLD = ""  # the country of what can be reached from everywhere


@dataclass(frozen=True)
class StarterEntry:
    resource: SupportResource  # not in the database, and without `verified_on`
    sources: list[str]
    weak: str


def collected_on() -> date:
    return date.fromisoformat(starter_file()["collected_on"])


def entries_for(countries: Collection[str], *, without: Collection[str]) -> Iterator[StarterEntry]:
    """The entries of these countries and of the whole world, but for the keys in `without`."""
    listed = starter_file()["countries"]
    for code in countries:
        yield from _entries(code, listed[code]["entries"], without)
    yield from _entries(WORLD, starter_file()["worldwide"], without)


def _entries(
    country: str, rows: list[dict[str, Any]], without: Collection[str]
) -> Iterator[StarterEntry]:
    for row in rows:
        if row["key"] in without:
            continue
        given = {name: row.get(name, "") for name in FIELDS}
        resource = SupportResource(country=country, starter=row["key"], **given)
        yield StarterEntry(resource, row["sources"], row.get("weak", ""))
