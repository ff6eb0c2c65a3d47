"""Everything that Today asks of a person's promises, in one statement.

Today is the page that is opened most, and Django takes longer to put this query together than
PostgreSQL takes to answer it, so it is written out here. It says the same as `queries.due_on` and
`queries.waiting` (tests/promises/test_around.py holds them to each other).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from journal.people import clock
from journal.people.models import User
from journal.privacy.fields import Sealed
from journal.privacy.prepared import columns, instances
from journal.promises.models import Promise
from journal.promises.queries import (
    DueToday,
    PromiseHistory,
    Waiting,
    due_among,
    history_since,
    tally_start,
    todo_items_of,
)
from journal.promises.schedule_fields import Cadence

# When each promise is due: its terms and its pauses, as plain values.
TERMS = """
    (select coalesce(json_agg(json_build_object(
                'effective_on', r.effective_on, 'cadence', r.cadence, 'weekdays', r.weekdays,
                'times_per_week', r.times_per_week, 'due_on', r.due_on)
                order by r.effective_on), '[]')
       from promises_promiserevision r
      where r.owner_id = p.owner_id and r.promise_id = p.id) as terms_rows,
    (select coalesce(json_agg(json_build_object('first', s.from_on, 'back', s.until_on)
                order by s.from_on), '[]')
       from promises_promisepause s
      where s.owner_id = p.owner_id and s.promise_id = p.id) as pause_rows"""

AROUND = f"""
select {columns(Promise, "p")}, {TERMS},
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
    a.note as answer_note
  from promises_promise p
  left join promises_checkin a
    on a.owner_id = p.owner_id and a.promise_id = p.id and a.due_on = %(day)s::date
 where p.owner_id = %(owner)s and p.deleted_at is null
   and (p.finished_at is null or p.state = 'paused' and p.resume_on <= %(today)s::date
        or p.state = 'active' and p.cadence = 'times_per_week'
        or p.starts_on <= %(last)s::date and coalesce(p.ended_on, 'infinity') >= %(first)s::date
           and coalesce(p.ends_on, 'infinity') >= %(first)s::date)
 order by p.id
"""  # noqa: S608 - our own words only


@dataclass(frozen=True)
class Around:
    records: list[PromiseHistory]  # of the promises that have to do with the days asked about
    due: list[DueToday]
    waiting: list[Waiting]


def around(person: User, day: date, first: date, last: date) -> Around:
    """The promises of the days from `first` to `last`, what is asked on `day`, what waits."""
    today = clock.today(person)
    given = {
        "owner": person.pk,
        "day": day,
        "today": today,
        "first": first,
        "last": last,
        "since": first - timedelta(days=6),  # a week of a promise may begin on another day
        "long": history_since(person, today),
    }
    promises = instances(Promise, AROUND, given)
    for promise in promises:
        _seal_note(promise)
    start = tally_start(person, today)
    records = [
        PromiseHistory(one, today, start) for one in promises if _is_around(one, first, last)
    ]
    waiting: list[Waiting] = []
    for promise in sorted(promises, key=lambda one: one.updated_at, reverse=True):
        if _may_wait(promise, today):
            waiting += todo_items_of(promise, person, today)
    return Around(records, due_among(records, day), waiting)


def _seal_note(promise: Any) -> None:
    """What Django does for a field of the model itself: the note stays sealed until it is read."""
    if promise.answer_note is not None:
        promise.answer_note = Sealed(bytes(promise.answer_note))


def _is_around(promise: Promise, first: date, last: date) -> bool:
    if not promise.finished_at or not promise.starts_on or promise.starts_on > last:
        return False
    return all(end is None or end >= first for end in (promise.ended_on, promise.ends_on))


def _may_wait(promise: Promise, today: date) -> bool:
    if not promise.finished_at:
        return True
    if promise.state == Promise.State.PAUSED:
        return promise.resume_on is not None and promise.resume_on <= today
    return promise.state == Promise.State.ACTIVE and promise.cadence == Cadence.TIMES_PER_WEEK
