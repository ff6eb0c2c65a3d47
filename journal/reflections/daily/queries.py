"""A person's recent days, read once, and what they add to the waiting list."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone

from journal.people.models import User
from journal.privacy.batched_queries import fetch_batched
from journal.reflections.daily.models import DailyCheck, DailyCheckQuerySet

REMEMBERED = timedelta(days=14)  # how long a crossed line stays on the waiting list


def remembered(person: User, today: date) -> DailyCheckQuerySet:
    return person.daily_checks.since(today - REMEMBERED)


def recent_checks(person: User, today: date) -> list[DailyCheck]:
    """The last two weeks, newest first."""
    [found] = fetch_batched(person, today, remembered)
    return found


def on(checks: Iterable[DailyCheck], person: User, day: date) -> DailyCheck:
    """The check of a day; an unsaved one if the day has no answers."""
    return next(
        (check for check in checks if check.date == day), DailyCheck(owner=person, date=day)
    )


def open_questions(checks: Iterable[DailyCheck]) -> list[DailyCheck]:
    """Days with a crossed line or a harsh voice that the person put off."""
    return [check for check in checks if check.waits]


def waiting_critic(person: User, today: date) -> DailyCheck | None:
    """The newest day with a harsh voice that the person put off."""
    return person.daily_checks.since(today - REMEMBERED).critic_waits().first()


def look_at_critic(person: User, today: date) -> None:
    """Dismisses the harsh voices that wait: a new hard moment answers them."""
    waiting = person.daily_checks.since(today - REMEMBERED).critic_waits()
    waiting.update(visit_let_go_at=timezone.now())
