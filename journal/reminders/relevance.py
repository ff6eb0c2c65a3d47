"""Whether a reminder still has a reason: what it is about is open on the person's day.

Runs as the person. Nothing that is paused, set aside or answered is reminded of.
"""

from collections.abc import Callable
from datetime import date

from journal.boundaries import queries as boundaries
from journal.decisions import queries as decisions
from journal.guide.todo_items import ask
from journal.people.models import User
from journal.promises import queries as promises
from journal.reflections.compassion import queries as compassion
from journal.reflections.mistakes import queries as mistakes
from journal.reflections.week import queries as weeks
from journal.reminders.models import Kind, Reminder
from journal.sharing import suggestions

DUE = (
    boundaries.waiting,
    boundaries.following,
    decisions.waiting,
    compassion.waiting,
    mistakes.waiting,
)


def is_open(reminder: Reminder, day: date) -> bool:
    return OPEN[Kind(reminder.kind)](reminder, reminder.owner, day)


def _check_in(_reminder: Reminder, person: User, day: date) -> bool:
    return not person.daily_checks.filter(date=day).exists()


def _promise(reminder: Reminder, person: User, day: date) -> bool:
    due = promises.due_on(person, day)
    return any(row.promise.pk == reminder.promise_id and not row.checkin.status for row in due)


def _week(_reminder: Reminder, person: User, day: date) -> bool:
    return weeks.open_week(person, day, weeks.near(person, day)) is not None


def _due(_reminder: Reminder, person: User, day: date) -> bool:
    return any(not item.draft for _icon, item in ask(DUE, person, day))


def _coach(_reminder: Reminder, person: User, day: date) -> bool:
    return bool(ask([suggestions.waiting], person, day))


OPEN: dict[Kind, Callable[[Reminder, User, date], bool]] = {
    Kind.DAILY: _check_in,
    Kind.PROMISE: _promise,
    Kind.WEEK: _week,
    Kind.DUE: _due,
    Kind.COACH: _coach,
}
