"""Statements that PostgreSQL plans once for each connection, and from then on only runs.

For the few long ones that are asked all day: to plan one of those takes longer than to answer it.
Values go beside the statement, not inside it, so it says of which type each is where PostgreSQL
cannot tell (`%s::date`). What it gives is named, never `*`, so that a migration that adds a column
does not meet a plan without it. Row policies hold as ever: a plan made for another role is not
used.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper
from django.db.models.query import RawQuerySet
from django.db.models.sql import RawQuery

Row = TypeVar("Row", bound=models.Model)
Values = Sequence[Any] | Mapping[str, Any]


def prepared() -> CursorWrapper:
    """To be used as `connection.cursor()` is, as a context manager. Where statements are logged
    it is just that, for a logged statement has its values in it."""
    if connection.queries_logged:
        return connection.cursor()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        cursor = ServerBindingCursor(connection.connection)  # type: ignore[call-arg]
        return connection._prepare_cursor(cursor)  # type: ignore[attr-defined]


class _PreparedQuery(RawQuery):
    def _execute_query(self) -> None:
        self.cursor = prepared()
        self.cursor.execute(self.sql, self.params)


def instances(model: type[Row], statement: str, values: Values) -> list[Row]:
    """As `model.objects.raw(statement, values)`, whose columns and annotations these are."""
    query: Any = _PreparedQuery(statement, DEFAULT_DB_ALIAS, values)
    return list(RawQuerySet(statement, model=model, query=query))


def columns(model: type[models.Model], table: str) -> str:
    """All of a model, by the name that a statement gives its table."""
    return ", ".join(f"{table}.{field.column}" for field in model._meta.concrete_fields)
