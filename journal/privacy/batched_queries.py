"""Several querysets read in one SQL statement that Django compiles once per process.

    boundaries, decisions = fetch_batched(person, day, active_boundaries, open_decisions)

A query factory is a function of a person and a day that returns a queryset. It is called once, with
placeholders; the compiled SQL is cached, and every call binds the real values in their places.
docs/design/queries.md explains when this pays and what a query factory may not do.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NoReturn
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper
from django.db.models import Func, Value

from journal.database.base import SaysWhatIsSent
from journal.privacy.fields import Sealed, WordsField

QueryFactory = Callable[[Any, date], models.QuerySet[Any]]


def _refuse(placeholder: Any, *_args: Any) -> NoReturn:
    raise TypeError(
        f"A query factory runs once, before there is a value: {type(placeholder).__name__} cannot "
        "be read, only passed to the queryset (a day also plus or minus a timedelta)."
    )


class Placeholder:
    """Stands for a value until the statement runs. Django's fields pass it through by its type;
    code that reads the value itself (text, arithmetic, comparisons) gets a TypeError."""

    def __getattribute__(self, name: str) -> Any:
        if not name.startswith("_") and (hasattr(date, name) or hasattr(UUID, name)):
            _refuse(self)
        return super().__getattribute__(name)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, (date, UUID)) and not isinstance(other, Placeholder):
            _refuse(self)
        return self is other

    def __deepcopy__(self, _memo: Any) -> "Placeholder":
        return self

    __hash__ = object.__hash__
    __str__ = __format__ = __reduce__ = __reduce_ex__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = _refuse


class DayPlaceholder(Placeholder, date):
    """The `day` argument of `fetch_batched`, plus an offset."""

    _offset: timedelta

    def __new__(cls, offset: timedelta = timedelta()) -> "DayPlaceholder":
        day = super().__new__(cls, 1, 1, 1)
        day._offset = offset
        return day

    def __add__(self, other: Any) -> "DayPlaceholder":
        return DayPlaceholder(self._offset + other) if type(other) is timedelta else _refuse(self)

    __radd__ = __add__

    def __sub__(self, other: Any) -> "DayPlaceholder":  # type: ignore[override]  # a day less days, never less a day
        return self + -other if type(other) is timedelta else _refuse(self)

    __rsub__ = _refuse


class IdPlaceholder(Placeholder, UUID):
    """The id of the `person` argument of `fetch_batched`."""

    def __init__(self) -> None:
        """Skips UUID's own, which requires a value."""


class ListPlaceholder(Placeholder):
    """The `given` argument of `fetch_batched`."""


OWNER, DAY, GIVEN = IdPlaceholder(), DayPlaceholder(), ListPlaceholder()


def in_given(name: str = "id") -> Func:
    """A condition for `.filter()`: the field is one of `fetch_batched(..., given=[...])`. An array
    is one parameter, however long the list; `in (…)` would need one for each item."""
    is_any = {"template": "%(expressions)s)", "arg_joiner": " = any("}
    return Func(name, Value(GIVEN), output_field=models.BooleanField(), **is_any)


def fetch_batched(
    person: Any,
    day: date,
    *factories: QueryFactory,
    given: Sequence[UUID | date] | None = None,
) -> list[list[Any]]:
    """The rows of each factory's queryset, in its order, all from one statement: instances with
    their annotations, or the dictionaries of `.values()`, in which ids and dates are text. Words
    stay sealed until they are read. `given` is for `in_given`."""
    if not factories:
        return []
    batch = _compile(person._meta.concrete_model, factories)
    params = [_bind(param, person, day, given) for param in batch.params]
    with prepared_cursor() as cursor:
        cursor.execute(batch.sql, params)
        found = cursor.fetchone()
    return [
        [_read(queryset, row, person) for row in rows or []]
        for queryset, rows in zip(batch.querysets, found, strict=True)
    ]


def prepared_cursor() -> CursorWrapper:
    """A cursor whose statements PostgreSQL plans once per connection; an ordinary one where the
    connection prepares none (settings.PREPARE_STATEMENTS, database/pooler.py). The server binds the
    values, so the SQL must cast each whose type PostgreSQL cannot infer (`%s::date`). Row level
    security holds in a cached plan: PostgreSQL makes another plan for another role."""
    connection.ensure_connection()
    if not settings.PREPARE_STATEMENTS or connection.connection.prepare_threshold is None:
        return connection.cursor()
    with connection.wrap_database_errors:
        cursor = _PreparedCursor(connection.connection)  # type: ignore[call-arg]  # psycopg's arguments
        return connection._prepare_cursor(cursor)  # type: ignore[attr-defined]  # private to Django


class _PreparedCursor(SaysWhatIsSent, ServerBindingCursor):
    def _convert_query(self, *args: Any) -> Any:
        """Django's query log reads `_query`, which psycopg does not set for this kind of cursor."""
        self._query = super()._convert_query(*args)  # type: ignore[misc]  # private to psycopg
        return self._query


@dataclass(frozen=True)
class _Batch:
    sql: str
    params: tuple[Any, ...]
    querysets: tuple[models.QuerySet[Any], ...]


@lru_cache(maxsize=512)
def _compile(model: type[models.Model], factories: tuple[QueryFactory, ...]) -> _Batch:
    person = model.from_db(None, ["id"], [OWNER])  # a factory may read no other field
    querysets = tuple(factory(person, DAY) for factory in factories)
    parts: list[str] = []
    params: list[Any] = []
    for queryset in querysets:
        sql, more = queryset.query.sql_with_params()
        parts.append(f"(select json_agg(each) from ({sql}) each)")  # noqa: S608 - Django's own
        params += more
    for param in params:
        _refuse_fixed(param)
    return _Batch(f"select {', '.join(parts)}", tuple(params), querysets)


def _refuse_fixed(param: Any) -> None:
    if isinstance(param, (list, tuple)):
        for one in param:
            _refuse_fixed(one)
            if isinstance(one, Placeholder):
                raise TypeError("A placeholder inside a list would not be bound.")
    elif isinstance(param, (date, UUID)) and not isinstance(param, Placeholder):
        raise TypeError(f"{param!r} would be compiled in: pass the day or in_given() instead.")


def _bind(param: Any, person: Any, day: date, given: Sequence[UUID | date] | None) -> Any:
    if isinstance(param, DayPlaceholder):
        return day + param._offset
    if param is OWNER:
        return person.pk
    if param is GIVEN:
        if given is None:
            raise TypeError("A query factory filters by in_given(), and nothing is given.")
        return list(given)
    return param


def _read(queryset: Any, row: dict[str, Any], person: Any) -> Any:
    if queryset._fields is not None:  # .values()
        return row
    fields = [field for field in queryset.model._meta.concrete_fields if field.column in row]
    values = [_value(field, row[field.column]) for field in fields]
    instance = queryset.model.from_db(queryset.db, [field.attname for field in fields], values)
    for name, annotation in queryset.query.annotations.items():
        setattr(instance, name, _value(annotation.output_field, row[name]))
    for field in queryset._known_related_objects:  # the owner, where it came from person.entries
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
