"""A question that a page asks all day, put together by Django once and from then on only asked.

    lately = Remembered(lambda owner, day: Entry.objects.filter(owner=owner, written_on=day)[:20])
    rows = lately(owner=person.pk, day=today)

Putting a statement together takes Django longer than PostgreSQL takes to answer it. Ids, days and
lists of days are given by name, and have to reach the statement just as they were given.
together.py does the same for several questions about a person and a day.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import models

from journal.privacy.prepared import instances

FAR = date(5000, 1, 1)  # no day that anyone asks about
Row = TypeVar("Row", bound=models.Model)


class Remembered(Generic[Row]):
    def __init__(self, build: Callable[..., models.QuerySet[Row]]) -> None:
        self._build = build
        self._sql = ""

    def __call__(self, **given: Any) -> list[Row]:
        """One statement. TypeError where a day in it is not one of those that were given."""
        if not self._sql:
            self._remember(given)
        params = [given[name] if name else value for name, value in self._params]
        return instances(self._rows.model, self._sql, params)

    def _remember(self, given: dict[str, Any]) -> None:
        places = {name: _stand_in(value, n) for n, (name, value) in enumerate(given.items())}
        self._rows = self._build(**places)
        sql, params = self._rows.query.sql_with_params()
        self._params = [(_place(one, places), one) for one in params]
        unknown = [value for name, value in self._params if not name and _is_of_a_day(value)]
        if unknown or {*places} - {name for name, _value in self._params}:
            raise TypeError("What is remembered has to hold what was given as it was given.")
        self._sql = sql


def _stand_in(value: Any, number: int) -> Any:
    """Something of its kind that stands nowhere else."""
    if isinstance(value, UUID):
        return UUID(int=number + 1)
    day = FAR + timedelta(days=number)
    return [day] if isinstance(value, list) else day


def _place(value: Any, places: dict[str, Any]) -> str:
    found = (
        name for name, place in places.items() if type(place) is type(value) and place == value
    )
    return next(found, "")


def _is_of_a_day(value: Any) -> bool:
    return isinstance(value, date) and (isinstance(value, datetime) or value.year >= FAR.year - 1)
