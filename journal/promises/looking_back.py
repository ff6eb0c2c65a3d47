"""What a person told of their promises over a long time: one statement, however much it was.

Written out for the same reason as around.py. Each promise comes with a letter for each answer, and
with the days of them counted from the first, both in the one order in which the rows were read.
"""

from datetime import date

from journal.people.models import User
from journal.privacy.prepared import columns, instances
from journal.promises.around import TERMS
from journal.promises.day_codes import LETTERS, NOTHING, RecordedDays, encode_days
from journal.promises.models import CheckIn, Promise
from journal.promises.plans import plan_from

LETTER = " ".join(f"when '{one}' then '{LETTERS[one]}'" for one in CheckIn.Status.values)
LOOKING_BACK = f"""
select {columns(Promise, "p")}, a.days, a.letters, {TERMS},
    array(select w.week_start from promises_weekconfirmation w
           where w.owner_id = p.owner_id and w.promise_id = p.id
             and w.week_start >= %(first)s::date) as confirmed_rows
  from promises_promise p
  left join lateral (
    select array_agg(c.due_on - %(first)s::date) as days,
           string_agg(case c.status {LETTER} end, '') as letters
      from promises_checkin c
     where c.owner_id = p.owner_id and c.promise_id = p.id
       and c.due_on between %(first)s::date and %(today)s::date) a on true
 where p.owner_id = %(owner)s and p.deleted_at is null and p.finished_at is not null
   and p.starts_on <= %(today)s::date
   and coalesce(p.ended_on, 'infinity') >= %(first)s::date
   and coalesce(p.ends_on, 'infinity') >= %(first)s::date
 order by p.starts_on, p.id
"""  # noqa: S608 - our own words only


def recorded_history(person: User, first: date, today: date) -> list[tuple[Promise, RecordedDays]]:
    """Each promise that was in force at some time from `first` to `today`, the oldest first.
    Statements stay sealed until they are read."""
    given = {"owner": person.pk, "first": first, "today": today}
    return [(one, _told(one, first, today)) for one in instances(Promise, LOOKING_BACK, given)]


def _told(promise: Promise, first: date, today: date) -> RecordedDays:
    letters = encode_days(first, today, promise.days or (), promise.letters or "")  # type: ignore[attr-defined]
    ended_on = promise.ended_on
    inside = ended_on is not None and first <= ended_on <= today
    at_the_end = inside and letters[(ended_on - first).days] != NOTHING  # type: ignore[operator]
    plan = plan_from(promise, told_at_the_end=at_the_end)
    return RecordedDays(plan, first, today, letters, frozenset(promise.confirmed_rows))  # type: ignore[attr-defined]
