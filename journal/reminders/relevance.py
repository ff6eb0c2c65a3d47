"""Whether a reminder still has a reason: what it is about is open on the person's day.

Runs as the person. Nothing that is paused, set aside or answered is reminded of, and what has a day
of its own is reminded of on that day, not on every day until it is done.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db.models import Q

from journal.boundaries import queries as boundaries
from journal.decisions import queries as decisions
from journal.guide.todo_items import ask
from journal.people import clock
from journal.people.models import User
from journal.promises import queries as promises
from journal.promises.models import Promise
from journal.reflections.mistakes import queries as mistakes
from journal.reflections.week import queries as weeks
from journal.reminders.models import Kind, Reminder
from journal.sharing import talk
from journal.sharing.models.agreements import Agreement, CoachSession
from journal.sharing.models.messages import Comment, Suggestion
from journal.sharing.models.programs import ClientProgram

WITH_A_DAY = (boundaries.waiting, boundaries.following, decisions.waiting, mistakes.waiting)
A_DAY = timedelta(days=1)


def is_open(reminder: Reminder, at: datetime) -> bool:
    """At the instant for which the reminder was planned."""
    return OPEN[Kind(reminder.kind)](reminder, at)


def _check_in(reminder: Reminder, at: datetime) -> bool:
    person = reminder.owner
    return not person.daily_checks.filter(date=clock.day_of(person, at)).exists()


def _promise(reminder: Reminder, at: datetime) -> bool:
    person = reminder.owner
    due = promises.due_on(person, clock.day_of(person, at))
    return any(row.promise.pk == reminder.promise_id and not row.checkin.status for row in due)


def _week(reminder: Reminder, at: datetime) -> bool:
    person = reminder.owner
    day = clock.day_of(person, at)
    return weeks.open_week(person, day, weeks.near(person, day)) is not None


def _due(reminder: Reminder, at: datetime) -> bool:
    """Reviews, follow-ups and repairs of this day, pauses that end on it, and what one wanted to
    sleep on and has slept on since this time yesterday."""
    person = reminder.owner
    day = clock.day_of(person, at)
    return (
        any(item.on == day for _icon, item in ask(WITH_A_DAY, person, day))
        or person.promises.finished().filter(state=Promise.State.PAUSED, resume_on=day).exists()
        or decisions.slept_on(person, at - A_DAY, at).exists()
    )


def _coach(reminder: Reminder, at: datetime) -> bool:
    """A suggestion, program or agreement that came since this time yesterday, a program's of today,
    or one whose day is today; a comment, or a client's reply, that came since then and was not
    seen; and a session of tomorrow. What was declined, or already said how it went, is silent, and
    so is whatever a coach sent who is muted or gone. A session is a date of both, so muting leaves
    it."""
    person = reminder.owner
    day = clock.day_of(person, at)
    since = {"created_at__gt": at - A_DAY, "created_at__lte": at}
    suggested = Suggestion.objects.filter(owner=person)
    agreed = Agreement.objects.filter(owner=person)
    today = Q(program=None, **since) | Q(arrives_on=day) | Q(by_on=day)
    accepted = {"state__in": [Suggestion.State.TAKEN, Suggestion.State.CHANGED]}
    heard = {"link__ended_at": None, "link__muted_since": None}
    return (
        suggested.waiting(day).filter(today).exists()
        or suggested.live().filter(by_on=day, **accepted, **heard).exists()
        or ClientProgram.objects.filter(owner=person, **since).offered().exists()
        or agreed.waiting().filter(**since).exists()
        or agreed.to_do().filter(by_on=day, link__muted_since=None).exists()
        or any(clock.day_of(person, one.at) == day + A_DAY for one in _sessions_near(person, at))
        or Comment.objects.filter(owner=person, **since).unseen().exists()
        or (bool(person.coaches_since) and talk.has_new_replies(person, **since))
    )


def _sessions_near(person: User, at: datetime) -> Iterable[CoachSession]:
    rows = CoachSession.objects.filter(owner=person).planned()
    return rows.filter(at__gt=at, at__lt=at + 3 * A_DAY)


OPEN: dict[Kind, Callable[[Reminder, datetime], bool]] = {
    Kind.DAILY: _check_in,
    Kind.PROMISE: _promise,
    Kind.WEEK: _week,
    Kind.DUE: _due,
    Kind.COACH: _coach,
}
