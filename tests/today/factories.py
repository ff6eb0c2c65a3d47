"""Plain functions that make what Today shows, each written behind the wall as its owner."""

from datetime import date
from typing import Any

from journal.people import clock
from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.reflections.daily.models import DailyCheck


def make_daily_check(person: User, day: date | None = None, **given: Any) -> DailyCheck:
    with acting_as(person):
        day = day or clock.today(person)
        DailyCheck.store(person, day, given)
        return person.daily_checks.get(date=day)
