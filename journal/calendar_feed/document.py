"""The calendar as a file (RFC 5545, 7986), for Apple, Google, Thunderbird and others.

The same events give the same bytes, in every process: the ETag is made of them. So DTSTAMP is the
last change of a row, as RFC 5545 has it for a calendar without a method, and never the time of the
request. What is answered or deleted is no longer in the file, and programs drop it. No event has an
alarm: reminders are the person's own choice, and programs can add theirs.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, Timezone, TimezoneDaylight, TimezoneStandard, vText
from icalendar import Event as Entry

from journal.calendar_feed.events import Event

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FETCHED_EVERY = timedelta(hours=4)
LENGTH = timedelta(minutes=15)  # of what has a time; programs draw events without one as they like
A_DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)
YEARS = 3  # of the clock's changes that the file brings
# RFC 5545 has none of them in text, and some parsers break lines at them.
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def render(
    events: Iterable[Event], *, name: str, zone: ZoneInfo, today: date, origin: str | None
) -> bytes:
    """Without an `origin` it is discreet: every entry has the calendar's name and nothing else.
    With one, entries have their titles and lead there."""
    calendar = Calendar()
    calendar.add("prodid", "-//Notes//Calendar//EN")  # says nothing of what it is, either
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", _text(name))
    calendar.add("x-wr-calname", _text(name))
    calendar.add("x-wr-timezone", zone.key)
    calendar.add("refresh-interval", FETCHED_EVERY, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT4H")
    if zone.key != "UTC":
        calendar.add_component(_timezone(zone.key, today.year))
    for event in events:
        calendar.add_component(_component(event, name, origin))
    return calendar.to_ical()


def _text(words: str) -> vText:
    return vText(CONTROL.sub(" ", words.replace("\r\n", "\n")))


@lru_cache(maxsize=64)
def _timezone(key: str, year: int) -> Timezone:
    """Each change of the clock by itself, from last year on. icalendar's own are an hour late in
    spring: RFC 5545 counts the start of a change by the clock before it."""
    zone, component = ZoneInfo(key), Timezone()
    component.add("tzid", key)
    at, end = datetime(year - 1, 1, 1, tzinfo=UTC), datetime(year + YEARS, 1, 1, tzinfo=UTC)
    component.add_component(_observance(at, at, zone))
    while at < end:
        following = at + A_DAY
        if _offset(following, zone) != _offset(at, zone):
            component.add_component(_observance(at, _change(at, following, zone), zone))
        at = following
    return component


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The minute from which the clock of `after` holds."""
    while after - before > A_MINUTE:
        middle = before + (after - before) // 2
        middle = middle.replace(second=0, microsecond=0)
        if _offset(middle, zone) == _offset(before, zone):
            before = middle
        else:
            after = middle
    return after


def _observance(before: datetime, start: datetime, zone: ZoneInfo) -> Component:
    local, old = start.astimezone(zone), _offset(before, zone)
    observance = TimezoneDaylight() if local.dst() else TimezoneStandard()
    observance.add("dtstart", (start + old).replace(tzinfo=None))
    observance.add("tzoffsetfrom", old)
    observance.add("tzoffsetto", local.utcoffset())
    observance.add("tzname", local.tzname())
    return observance


def _component(event: Event, name: str, origin: str | None) -> Entry:
    component = Entry()
    component.add("uid", str(event.uid))
    component.add("dtstamp", event.changed_at.replace(microsecond=0))
    component.add("summary", _text(name if origin is None else event.title))
    has_time = isinstance(event.start, datetime)
    component.add("dtstart", event.start)
    component.add("dtend", event.start + (LENGTH if has_time else A_DAY))
    if event.days:
        component.add("rrule", _rule(event))
    if origin is not None:
        if event.text:
            component.add("description", _text(event.text))
        component.add("url", origin + event.address)
    component.add("class", "PRIVATE")
    component.add("transp", "TRANSPARENT")
    return component


def _rule(event: Event) -> dict[str, object]:
    every_day = len(event.days) == len(WEEKDAYS)
    rule: dict[str, object] = {"freq": "DAILY" if every_day else "WEEKLY"}
    if event.until and isinstance(event.start, datetime):
        last = datetime.combine(event.until, event.start.timetz())
        rule["until"] = last.astimezone(UTC)  # which RFC 5545 asks for where DTSTART has a zone
    if not every_day:
        rule["byday"] = [WEEKDAYS[day] for day in event.days]
    return rule
