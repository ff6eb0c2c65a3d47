"""A person's last days, read once; what of them still waits."""

from collections.abc import Iterable
from datetime import date, timedelta

from journal.people.models import User
from journal.reflections.daily.models import DailyCheck, DailyCheckQuerySet

REMEMBERED = timedelta(days=14)  # a crossed line waits this long, then it lies quiet


def remembered(person: User, today: date) -> DailyCheckQuerySet:
    return person.daily_checks.since(today - REMEMBERED)


def recent_checks(person: User, today: date) -> list[DailyCheck]:
    """The last two weeks, newest first."""
    return list(remembered(person, today))


def on(checks: Iterable[DailyCheck], person: User, day: date) -> DailyCheck:
    """The check of a day; an unwritten one where nothing was told."""
    return next(
        (check for check in checks if check.date == day), DailyCheck(owner=person, date=day)
    )


def open_questions(checks: Iterable[DailyCheck]) -> list[DailyCheck]:
    """Days on which a line was crossed or a harsh voice came, and that was put off."""
    return [check for check in checks if check.waits]


def waiting_critic(person: User, today: date) -> DailyCheck | None:
    """The newest day on which a harsh voice came, if that is still to be looked at."""
    return person.daily_checks.since(today - REMEMBERED).critic_waits().first()


def look_at_critic(person: User, today: date) -> None:
    """Whoever begins a hard moment looks at it: the harsh voices that came wait no longer."""
    for check in person.daily_checks.since(today - REMEMBERED).critic_waits():
        check.let_visit_go()
