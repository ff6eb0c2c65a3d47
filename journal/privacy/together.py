"""Rows of several tables in one statement, for pages that ask many rooms a little each.

    boundaries, decisions = together(person.boundaries.live(), person.decisions.live())

Each answer is what its queryset would have given, in its order: instances with their annotations,
or the dictionaries of `.values()`, in which ids and dates are text. PostgreSQL hands the rows over
as JSON, so this is for the few rows that a page shows, not for whole tables. Words stay sealed
until they are read.
"""

from typing import Any

from django.db import connection, models

from journal.privacy.words import Sealed, WordsField


def together(*querysets: models.QuerySet) -> list[list[Any]]:
    """A queryset that cannot match anything (`none()`) is not for here: it has no SQL."""
    if not querysets:
        return []
    parts: list[str] = []
    given: list[Any] = []
    for queryset in querysets:
        sql, params = queryset.query.sql_with_params()
        parts.append(f"(select json_agg(each) from ({sql}) each)")  # noqa: S608 - Django's own
        given += params
    with connection.cursor() as cursor:
        cursor.execute(f"select {', '.join(parts)}", given)
        answers = cursor.fetchone()
    return [
        [_read(queryset, row) for row in rows or []]
        for queryset, rows in zip(querysets, answers, strict=True)
    ]


def _read(queryset: Any, row: dict[str, Any]) -> Any:
    if queryset._fields is not None:  # .values()
        return row
    fields = [one for one in queryset.model._meta.concrete_fields if one.column in row]
    values = [_value(field, row[field.column]) for field in fields]
    instance = queryset.model.from_db(queryset.db, [field.attname for field in fields], values)
    for name, annotation in queryset.query.annotations.items():
        setattr(instance, name, _value(annotation.output_field, row[name]))
    for field, known in queryset._known_related_objects.items():  # the owner it was asked through
        setattr(instance, field.name, known[getattr(instance, field.attname)])
    return instance


def _value(field: models.Field, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(field, WordsField):
        return Sealed(bytes.fromhex(value.removeprefix("\\x")))
    return field.to_python(value)
