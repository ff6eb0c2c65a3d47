"""The promises for Today, and all, some or one of them: the statement that is written in raw SQL.

People open Today most, and Django takes longer to compile these querysets than PostgreSQL takes to
answer them: with raw SQL the page took half the time in measurements. The SQL returns the same as
`queries.due_on` and `queries.todo_items` (tests/promises/test_today_query.py compares them).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models.query import RawQuerySet
from django.db.models.sql import RawQuery

from journal.people import clock
from journal.people.models import User
from journal.privacy.batched_queries import prepared_cursor
from journal.privacy.fields import Sealed
from journal.promises.history import PromiseHistory, history_on, history_since
from journal.promises.models import LINE, Promise
from journal.promises.queries import DueToday, TodoItem, due_among, due_today, todo_items_of
from journal.promises.schedule_fields import Cadence

# By name, never `*`: a cached plan fails after a migration that adds a column.
COLUMNS = ", ".join(f"p.{field.column}" for field in Promise._meta.concrete_fields)
READ = f"""
select {COLUMNS},
    (select coalesce(json_agg(json_build_object(
                'effective_on', r.effective_on, 'cadence', r.cadence, 'weekdays', r.weekdays,
                'times_per_week', r.times_per_week, 'due_on', r.due_on)
                order by r.effective_on), '[]')
       from promises_promiserevision r
      where r.owner_id = p.owner_id and r.promise_id = p.id) as terms_rows,
    (select coalesce(json_agg(json_build_object('first', s.from_on, 'back', s.until_on)
                order by s.from_on), '[]')
       from promises_promisepause s
      where s.owner_id = p.owner_id and s.promise_id = p.id) as pause_rows,
    (select coalesce(json_agg(json_build_object('day', c.due_on, 'status', c.status)
                order by c.due_on), '[]')
       from promises_checkin c
      where c.owner_id = p.owner_id and c.promise_id = p.id and c.due_on >=
            case p.cadence when 'times_per_week' then %(long)s::date else %(since)s::date end)
      as answer_rows,
    array(select w.week_start from promises_weekconfirmation w
           where w.owner_id = p.owner_id and w.promise_id = p.id
             and w.week_start >= %(long)s::date) as confirmed_rows,
    (select max(c.due_on) from promises_checkin c
      where c.owner_id = p.owner_id and c.promise_id = p.id) as last_answered_on,
    a.id as answer_id, a.status as answer_status, a.excuse as answer_excuse,
    a.note as answer_note, a.version as answer_version,
    e.id as experiment_id, e.starts_on as experiment_starts_on,
    e.allocation as experiment_allocation, e.way_a as experiment_way_a,
    e.way_b as experiment_way_b
  from promises_promise p
  left join promises_experiment e
    on e.owner_id = p.owner_id and e.promise_id = p.id and e.ended_on is null
  left join promises_checkin a
    on a.owner_id = p.owner_id and a.promise_id = p.id and a.due_on = %(day)s::date
 where p.owner_id = %(owner)s and p.deleted_at is null
"""  # noqa: S608 - our own words only
SQL = f"""{READ}
   and (p.finished_at is not null or p.step <> %(line)s)
   and (p.finished_at is null or p.state = 'paused' and p.resume_on <= %(today)s::date
        or p.state = 'active' and p.cadence = 'times_per_week'
        or p.starts_on <= %(last)s::date and coalesce(p.ended_on, 'infinity') >= %(first)s::date
           and coalesce(p.ends_on, 'infinity') >= %(first)s::date)
 order by p.id
"""
ALL = f"{READ} order by p.id desc"
ONE = f"{READ} and p.id = any(%(keys)s)"
SOME = f"{READ} and p.finished_at is not null and p.id = any(%(keys)s) order by p.id"


class _PreparedQuery(RawQuery):
    def __init__(self, sql: str, params: dict[str, Any]) -> None:
        super().__init__(sql, DEFAULT_DB_ALIAS, params)

    def _execute_query(self) -> None:
        self.cursor = prepared_cursor()
        self.cursor.execute(self.sql, self.params)


@dataclass(frozen=True)
class TodayPromises:
    records: list[PromiseHistory]  # the promises in force on the days asked about
    due: list[DueToday]
    waiting: list[TodoItem]


def fetch_today_promises(person: User, day: date, first: date, last: date) -> TodayPromises:
    """The promises in force from `first` to `last`, those to answer on `day`,
    and the waiting ones."""
    today = clock.today(person)
    params = {"line": LINE, "today": today, "first": first, "last": last}
    since = first - timedelta(days=6)  # a week of a promise may begin on another day
    promises = _read(SQL, person, day, since, params)
    records = [history_on(person, today, one) for one in promises if _is_in_force(one, first, last)]
    waiting: list[TodoItem] = []
    for promise in sorted(promises, key=lambda one: one.updated_at, reverse=True):
        if _may_wait(promise, today):
            waiting += todo_items_of(promise, person, today)
    return TodayPromises(records, due_among(records, day), waiting)


def all_promises(person: User) -> list[PromiseHistory]:
    """Every promise that is not in the bin, drafts and lines among them, newest first."""
    today = clock.today(person)
    promises = _read(ALL, person, today, history_since(person, today), {})
    return [history_on(person, today, one) for one in promises]


def one_promise(person: User, pk: UUID) -> PromiseHistory | None:
    """The promise with this key, or None: a draft or a line too."""
    today = clock.today(person)
    promises = _read(ONE, person, today, history_since(person, today), {"keys": [pk]})
    return next((history_on(person, today, one) for one in promises), None)


def due_of(person: User, keys: Iterable[UUID], day: date) -> dict[UUID, DueToday]:
    """The finished promises with these keys, and their answers on `day`."""
    today = clock.today(person)
    since = history_since(person, today)
    promises = _read(SOME, person, day, since, {"keys": list(keys)})
    return {one.pk: due_today(history_on(person, today, one), day) for one in promises}


def locked(person: User, keys: Iterable[UUID], day: date) -> dict[UUID, DueToday]:
    """The same, locked in one order, ready for answers."""
    keys = list(keys)
    rows = person.promises.finished().filter(pk__in=keys).order_by("id")
    list(rows.select_for_update().values_list("pk"))
    return due_of(person, keys, day)


def _read(sql: str, person: User, day: date, since: date, params: dict[str, Any]) -> list[Promise]:
    long = history_since(person, clock.today(person))
    values = {"owner": person.pk, "day": day, "since": since, "long": long, **params}
    query: Any = _PreparedQuery(sql, values)
    promises = list(RawQuerySet(sql, model=Promise, query=query))
    for promise in promises:
        promise.owner = person  # as a query that starts from the person does
        _seal(promise)
    return promises


def _seal(promise: Any) -> None:
    """Does what Django does for fields of the model itself: words stay sealed until read."""
    for name in ("answer_note", "experiment_way_a", "experiment_way_b"):
        if (data := getattr(promise, name)) is not None:
            setattr(promise, name, Sealed(bytes(data)))


def _is_in_force(promise: Promise, first: date, last: date) -> bool:
    if not promise.finished_at or not promise.starts_on or promise.starts_on > last:
        return False
    return all(end is None or end >= first for end in (promise.ended_on, promise.ends_on))


def _may_wait(promise: Promise, today: date) -> bool:
    if not promise.finished_at:
        return True
    if promise.state == Promise.State.PAUSED:
        return promise.resume_on is not None and promise.resume_on <= today
    return promise.state == Promise.State.ACTIVE and promise.cadence == Cadence.TIMES_PER_WEEK
