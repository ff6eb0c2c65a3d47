"""A line under "Waiting for you"; every practice answers for itself.

A practice says which of its rows may wait (`rows(person, day)`, a plain queryset) and what each of
them says (`lines(row, day)`). Today reads the rows of all practices in one statement: however many
practices there are, the page asks once.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from journal.guide.flow import Draft
from journal.privacy.words import Sealed, WordsField


@dataclass(frozen=True)
class Waiting:
    """`title` is the person's own words, or a draft's name."""

    title: str
    text: str
    address: str
    draft: Draft | None = None


def of_draft(draft: Draft) -> Waiting:
    place = {"number": draft.number, "total": draft.total}
    text = _("Step %(number)s of %(total)s") % place
    return Waiting(draft.title, text, draft.address, draft)


@dataclass(frozen=True)
class Asked:
    """A practice that is asked what waits; `waiting = Asked("mist", may_wait, waiting_of)`."""

    icon: str
    rows: Callable[[Any, date], QuerySet[Any]]
    lines: Callable[[Any, date], Sequence[Waiting]]

    def __call__(self, person: Any, day: date) -> list[Waiting]:
        return [line for _icon, line in ask([self], person, day)]


def ask(practices: Sequence[Asked], person: Any, day: date) -> list[tuple[str, Waiting]]:
    """What waits in each of them, with its drawing, in one statement."""
    found = _together([practice.rows(person, day) for practice in practices])
    return [
        (practice.icon, line)
        for practice, rows in zip(practices, found, strict=True)
        for row in rows
        for line in practice.lines(row, day)
    ]


def _together(asked: Sequence[QuerySet[Any]]) -> list[list[Any]]:
    """The rows of several queries, each in its order, with what they are annotated with. Every
    part gives its rows as JSON, since the tables have nothing in common; words stay sealed."""
    found: list[list[Any]] = [[] for _rows in asked]
    parts: list[str] = []
    given: list[Any] = []
    for place, rows in enumerate(asked):
        sql, values = rows.query.sql_with_params()
        parts.append(
            f"select {place} as place, row_number() over () as number, to_jsonb(part) as data"  # noqa: S608 - a number
            f" from ({sql}) part"
        )
        given += values
    with connection.cursor() as cursor:
        cursor.execute(f"{' union all '.join(parts)} order by place, number", given)
        for place, _number, data in cursor.fetchall():
            found[place].append(_row(asked[place], data))
    return found


def _row(rows: QuerySet[Any], data: Any) -> Any:
    data = json.loads(data) if isinstance(data, str) else data
    fields = rows.model._meta.concrete_fields
    values = [_value(field, data[field.column]) for field in fields]
    row = rows.model.from_db(rows.db, [field.attname for field in fields], values)
    for name, annotation in rows.query.annotation_select.items():
        setattr(row, name, _value(annotation.output_field, data[name]))
    return row


def _value(field: Any, value: Any) -> Any:
    if isinstance(field, WordsField):
        return value and Sealed(bytes.fromhex(value.removeprefix("\\x")))
    return field.to_python(value)
