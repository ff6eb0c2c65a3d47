"""The promises of an export as a calendar (RFC 5545).

Each stretch of days with the same terms comes again as they say, and is over where a pause, a
change or the end begins.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid5

from django.utils.translation import gettext as _

from journal.exchange.export_filters import Rows
from journal.promises.history import plan_of, with_history
from journal.promises.models import Promise
from journal.promises.occurrences import DAILY, ONCE, TIMES_PER_WEEK, Plan, Terms

NAME = "promises.ics"
DAY = timedelta(days=1)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# RFC 5545 has none of them in text, and some parsers break lines at them.
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def has_promises(kept: Rows) -> bool:
    return _rows(kept).exists()


def _rows(kept: Rows) -> Any:
    return kept.rows(Promise).filter(deleted_at=None, finished_at__isnull=False)


def calendar_of(kept: Rows) -> Iterator[bytes]:
    from icalendar import Calendar  # takes a second and ten megabytes

    calendar = Calendar()
    calendar.add("prodid", "-//Selftrust//Export//EN")
    calendar.add("version", "2.0")
    ends = b"END:VCALENDAR\r\n"
    yield calendar.to_ical().removesuffix(ends)
    for promise in with_history(_rows(kept).order_by("starts_on", "pk"), date.min).iterator(20):
        for event in _events(promise):
            yield event.to_ical()
    yield ends


def _events(promise: Promise) -> Iterator[Any]:
    from icalendar import Event

    plan = plan_of(promise)
    for first, last, terms in _stretches(plan):
        days = _days(plan, terms)
        start = terms.due_on if terms.cadence == ONCE else _first_of(days, first)
        if start is None or not first <= start <= (last or date.max):
            continue
        event = Event()
        event.add("uid", str(uuid5(promise.pk, first.isoformat())))
        event.add("dtstamp", promise.updated_at.replace(microsecond=0))
        event.add("summary", CONTROL.sub(" ", _title(promise.statement, terms)))
        event.add("dtstart", start)
        event.add("dtend", start + DAY)
        if terms.cadence != ONCE:
            event.add("rrule", _rule(days, last))
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        yield event


def _stretches(plan: Plan) -> Iterator[tuple[date, date | None, Terms]]:
    """The days from which something else holds, each until the day before the next."""
    ends = [plan.ends_on and plan.ends_on + DAY, plan.stopped_on]
    cuts = {plan.starts_on, *(terms.effective_on for terms in plan.terms), *filter(None, ends)}
    cuts |= {day for pause in plan.pauses for day in pause if day}
    ordered = sorted(cuts)
    for place, first in enumerate(ordered):
        terms = plan.terms_on(first)
        if terms:
            following = ordered[place + 1] if place + 1 < len(ordered) else None
            yield first, following and following - DAY, terms


def _days(plan: Plan, terms: Terms) -> frozenset[int]:
    """The weekdays on which an event comes; by the week, it comes once, on its first day."""
    if terms.cadence == TIMES_PER_WEEK:
        return frozenset([plan.week_starts_on])
    return frozenset(range(7)) if terms.cadence == DAILY else terms.weekdays


def _first_of(days: frozenset[int], day: date) -> date | None:
    return next((on for n in range(7) if (on := day + n * DAY).weekday() in days), None)


def _title(statement: str, terms: Terms) -> str:
    if terms.cadence != TIMES_PER_WEEK:
        return statement
    said = {"promise": statement, "n": terms.times_per_week}
    return _("%(promise)s (%(n)s times this week)") % said


def _rule(days: frozenset[int], last: date | None) -> dict[str, Any]:
    rule: dict[str, Any] = {"freq": "WEEKLY", "byday": [WEEKDAYS[day] for day in sorted(days)]}
    return rule | {"until": last} if last else rule
