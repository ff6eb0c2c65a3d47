"""Lists a page at a time, each page beginning after the last row of the one before."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django import forms
from django.db.models import QuerySet

Row = TypeVar("Row")
PAGE = 20


class PageForm(forms.Form):
    """Where the page begins that a list is asked for: after this row."""

    before = forms.UUIDField(required=False)


@dataclass(frozen=True)
class Page(Generic[Row]):
    rows: list[Row]
    last: Row | None  # where the next page begins, if there is one


def first_page(rows: QuerySet[Any]) -> Page[Any]:
    """One statement, however many rows there are."""
    found = list(rows[: PAGE + 1])
    return Page(found[:PAGE], found[PAGE - 1] if len(found) > PAGE else None)
