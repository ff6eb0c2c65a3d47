"""What comes again: the weekly reflection, and the reminders that are on."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid5

from django.db.models import Max, Q
from django.urls import reverse

from journal.calendar_feed.events import MOST_OF_A_PRACTICE, Event
from journal.people import clock
from journal.people.models import User
from journal.promises.models import Promise
from journal.promises.schedule_fields import Cadence
from journal.reminders import schedule
from journal.reminders.models import Kind, Reminder, ReminderPreference

EVERY_DAY = tuple(range(7))  # Monday is 0
WITH_TIME = (Kind.DAILY, Kind.PROMISE, Kind.WEEK)  # the others follow what is due, or a coach


def recurring(person: User, preference: ReminderPreference, since: datetime) -> list[Event]:
    """One statement. The weekly reflection is there from `since` on, at the time of its reminder if
    it has one."""
    found = [
        event
        for reminder in _planned(person)
        if (event := _event(person, reminder, preference)) is not None
    ]
    week = uuid5(person.pk, Kind.WEEK)
    if not any(event.uid == week for event in found):
        found.append(_week(person, since))
    return found


def _planned(person: User) -> Any:
    """None of a promise that is paused, ended or in the bin."""
    of_promise = Q(promise__state=Promise.State.ACTIVE, promise__deleted_at=None)
    rows = person.reminders.filter(Q(promise=None) | of_promise, next_at__isnull=False)
    return (
        rows.filter(kind__in=WITH_TIME)
        .select_related("promise")
        .annotate(rested_until=Max("promise__pauses__until_on"))
        .order_by("id")[:MOST_OF_A_PRACTICE]
    )


def _week(person: User, since: datetime) -> Event:
    """All day, on the last day of the person's week."""
    last = (person.week_starts_on + 6) % 7
    start = _first_of((last,), since.astimezone(clock.zone_of(person)).date())
    uid, address = uuid5(person.pk, Kind.WEEK), reverse("week:list")
    return Event(uid, str(Kind.WEEK.label), "", address, start, since, days=(last,))


def _event(person: User, reminder: Any, preference: ReminderPreference) -> Event | None:
    """None for one that is never sent: in quiet hours, or after the last day of its promise."""
    if schedule.is_quiet(preference.quiet_from, preference.quiet_until, reminder.at):
        return None
    promise, kind = reminder.promise, Kind(reminder.kind)
    days, until = _days(reminder), promise and promise.ends_on
    first = _first_day(person, reminder, preference)
    start = _first_of(days, first) if days else promise.due_on
    if until and until < start:
        return None
    title, address = str(kind.label), reverse("week:list" if kind == Kind.WEEK else "today:today")
    if promise:
        title, address = promise.statement, promise.get_absolute_url()
    moment = _moment(person, start, reminder.at)
    uid = uuid5(person.pk, kind) if kind == Kind.WEEK else reminder.pk
    return Event(uid, title, "", address, moment, reminder.updated_at, days=days, until=until)


def _days(reminder: Reminder) -> tuple[int, ...]:
    """The weekdays of a reminder; none for a promise of a single day."""
    promise = reminder.promise
    if promise is None:
        return reminder.weekdays
    if promise.cadence in (Cadence.DAILY, Cadence.TIMES_PER_WEEK):
        return EVERY_DAY
    return () if promise.cadence == Cadence.ONCE else tuple(sorted(promise.weekdays))


def _first_day(person: User, reminder: Any, preference: ReminderPreference) -> date:
    """Since it was set, and after a pause; the past of a reminder is nobody's appointment."""
    promise = reminder.promise
    set_on = reminder.updated_at.astimezone(clock.zone_of(person)).date()
    later = (preference.paused_until, promise and promise.starts_on, reminder.rested_until)
    return max(day for day in (set_on, *later) if day)


def _first_of(days: tuple[int, ...], day: date) -> date:
    while day.weekday() not in days:
        day += timedelta(days=1)
    return day


def _moment(person: User, day: date, at: time) -> datetime:
    return datetime.combine(day, at, clock.zone_of(person))
