"""A person's calendar: their zone, the hour at which their day starts, their week's first day.

Only this module decides which day it is. Rows store the local date, the zone and the instant of
writing; no code derives the date again, so travel and a changed setting do not move rows.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone, translation

from journal.people.models import User
from journal.privacy.middleware import role_for

EASTERNMOST = timedelta(hours=14)


def zone_of(person: User) -> ZoneInfo:
    return ZoneInfo(person.zone or settings.TIME_ZONE)


def now(person: User) -> datetime:
    """The person's local time, with their zone."""
    return timezone.now().astimezone(zone_of(person))


def day_of(person: User, instant: datetime) -> date:
    """The person's day at an instant: until their day starts, it is still yesterday."""
    return day_at(instant.astimezone(zone_of(person)), person.day_starts_at)


def day_at(local: datetime, day_starts_at: int) -> date:
    """The day at a local time, of days that start at this hour."""
    day = local.date()
    return day - timedelta(days=1) if local.hour < day_starts_at else day


def begins(person: User, day: date) -> datetime:
    """The instant at which a person's day begins. If daylight saving skips that hour, the instant
    after the gap; if it repeats the hour, the first of the two."""
    local = datetime.combine(day, time(person.day_starts_at), zone_of(person))
    return local.astimezone(UTC)


def today(person: User) -> date:
    return day_of(person, timezone.now())


def joined_on(person: User) -> date:
    """The day on which a person joined: nothing of a day before it is ever open."""
    return day_of(person, person.date_joined)


def latest_day() -> date:
    """The day of the place on Earth where it is latest: any earlier day has come somewhere."""
    return (timezone.now().astimezone(UTC) + EASTERNMOST).date()


def week_start(person: User, day: date) -> date:
    """The first day of the person's week that holds `day`. `week_starts_on` counts Monday as 0."""
    return day - timedelta(days=(day.weekday() - person.week_starts_on) % 7)


@cache
def zone_names() -> tuple[str, ...]:
    """The zones a person can choose: places and UTC, without the legacy short names."""
    regions = [
        "Africa/",
        "America/",
        "Antarctica/",
        "Arctic/",
        "Asia/",
        "Atlantic/",
        "Australia/",
        "Europe/",
        "Indian/",
        "Pacific/",
    ]
    places = (name for name in available_timezones() if name.startswith(tuple(regions)))
    return ("UTC", *sorted(places))


class PersonalTime:
    """Middleware that activates the person's language and time zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if role_for(request.path_info) is None:  # these paths work without a database
            return self.get_response(request)
        person = request.user
        if not isinstance(person, User):
            return self.get_response(request)
        if person.language in dict(settings.LANGUAGES):
            translation.activate(person.language)
            request.LANGUAGE_CODE = person.language
        with timezone.override(zone_of(person)):
            return self.get_response(request)
