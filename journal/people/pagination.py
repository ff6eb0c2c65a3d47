"""Keyset pagination: each page begins after the last row of the page before."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django import forms
from django.db.models import QuerySet

Row = TypeVar("Row")
PAGE = 20


class PageForm(forms.Form):
    """The id of the row after which the requested page begins."""

    before = forms.UUIDField(required=False)


@dataclass(frozen=True)
class Page(Generic[Row]):
    rows: list[Row]
    last: Row | None  # the row before the next page, if there is one


def first_page(rows: QuerySet[Any] | list[Any], size: int = PAGE) -> Page[Any]:
    """Reads one row more than the page shows, to learn in one query whether there is another."""
    found = list(rows[: size + 1])
    return Page(found[:size], found[size - 1] if len(found) > size else None)
