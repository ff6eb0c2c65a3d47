"""Rows of several tables in one statement, for pages that ask many rooms a little each.

    boundaries, decisions = together(person, day, standing, open_ones)

A question is a function of a person and a day that gives a queryset; each answer is what that
queryset would have given, in its order: instances with their annotations, or the dictionaries of
`.values()`, in which ids and dates are text. PostgreSQL hands the rows over as JSON, so this is for
the few rows that a page shows, not for whole tables. Words stay sealed until they are read.

Django takes longer to put such a statement together than PostgreSQL takes to answer it. So that is
done once for each set of questions, about nobody on a day that is none, and remembered; asking puts
the person and the day in their places. A question may therefore use of the person nothing but
their rows and their id, and of time nothing but the day and days near it. What is asked about one
row names it THIS in the question, and gives its id as `this` when asking; or a list of ids, for
which `among_these` stands in the question.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

from journal.privacy.fields import Sealed, WordsField
from journal.privacy.prepared import prepared

Question = Callable[[Any, date], models.QuerySet[Any]]
NOBODY, NO_DAY = UUID("00000000-0000-7000-8000-000000000000"), date(5000, 6, 1)
THIS = UUID("00000000-0000-7000-8000-000000000001")
NEAR = 800  # days from the day that a question may look


def among_these(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Of a question's rows, those whose ids are given when asking."""
    table = rows.model._meta.db_table
    return rows.extra(where=[f"{table}.id = any (%s)"], params=[THIS])  # noqa: S610 - no input


@dataclass(frozen=True)
class Statement:
    sql: str
    params: tuple[Any, ...]
    querysets: tuple[models.QuerySet[Any], ...]


def together(
    person: Any, day: date, *questions: Question, this: UUID | list[UUID] | None = None
) -> list[list[Any]]:
    """One statement. A question that cannot match anything (`none()`) is not for here: it has no
    SQL. TypeError where one asks for a moment or a fixed day, which would be remembered too."""
    if not questions:
        return []
    statement = _statement(person._meta.concrete_model, questions)
    with prepared() as cursor:
        cursor.execute(
            statement.sql, [_in_place(one, person, day, this) for one in statement.params]
        )
        answers = cursor.fetchone()
    return [
        [_read(queryset, row, person) for row in rows or []]
        for queryset, rows in zip(statement.querysets, answers, strict=True)
    ]


@cache
def _statement(model: type[models.Model], questions: tuple[Question, ...]) -> Statement:
    querysets = tuple(question(model(pk=NOBODY), NO_DAY) for question in questions)
    parts: list[str] = []
    params: list[Any] = []
    for queryset in querysets:
        sql, given = queryset.query.sql_with_params()
        parts.append(f"(select json_agg(each) from ({sql}) each)")  # noqa: S608 - Django's own
        params += given
    for value in params:
        if isinstance(value, date) and (isinstance(value, datetime) or not _is_near(value)):
            raise TypeError(f"{value} would be asked about for ever: only the day can change.")
    return Statement(f"select {', '.join(parts)}", tuple(params), querysets)


def _is_near(day: date) -> bool:
    return abs((day - NO_DAY).days) <= NEAR


def _in_place(value: Any, person: Any, day: date, this: UUID | list[UUID] | None = None) -> Any:
    if value == NOBODY:
        return person.pk
    if value == THIS:
        return this
    if isinstance(value, date):
        return day + (value - NO_DAY)
    if isinstance(value, str):
        return value.replace(str(NOBODY), str(person.pk)).replace(str(NO_DAY), str(day))
    return value


def _read(queryset: Any, row: dict[str, Any], person: Any) -> Any:
    if queryset._fields is not None:  # .values()
        return row
    fields = [one for one in queryset.model._meta.concrete_fields if one.column in row]
    values = [_value(field, row[field.column]) for field in fields]
    instance = queryset.model.from_db(queryset.db, [field.attname for field in fields], values)
    for name, annotation in queryset.query.annotations.items():
        setattr(instance, name, _value(annotation.output_field, row[name]))
    for field in queryset._known_related_objects:  # the owner it was asked through
        setattr(instance, field.name, person)
    return instance


def _value(field: models.Field, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(field, WordsField):
        return Sealed(bytes.fromhex(value.removeprefix("\\x")))
    if isinstance(field, ArrayField):
        return [_value(field.base_field, one) for one in value]
    return field.to_python(value)
