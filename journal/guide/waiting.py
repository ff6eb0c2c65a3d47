"""A line under "Waiting for you"; every practice answers for itself.

In its queries.py an app says which rows wait on a day, and what each of them says:

    def _waiting_rows(person, day): ...  # a queryset, from the person
    def _waiting_of(row, day): ...  # none, one or some lines

    waiting = Asking(_waiting_rows, _waiting_of)

`waiting(person, day)` is that app alone, in one statement. Today lists the apps it asks
(today/waiting.py) and reads the rows of all of them in one (privacy/together.py), so what a line
needs beside its row is an annotation of the queryset.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from journal.guide.flow import Draft


@dataclass(frozen=True)
class Waiting:
    """`title` is the person's own words, or a draft's name."""

    title: str
    text: str
    address: str
    draft: Draft | None = None


@dataclass(frozen=True)
class Asking:
    rows: Callable[[Any, date], QuerySet]
    lines: Callable[[Any, date], list[Waiting]]

    def __call__(self, person: Any, day: date) -> list[Waiting]:
        return [line for row in self.rows(person, day) for line in self.lines(row, day)]


def of_draft(draft: Draft) -> Waiting:
    place = {"number": draft.number, "total": draft.total}
    text = _("Step %(number)s of %(total)s") % place
    return Waiting(draft.title, text, draft.address, draft)
