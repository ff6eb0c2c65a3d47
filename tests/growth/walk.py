"""What is asked for all day, and what runs at night: each by name."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from uuid import uuid4

from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from journal.operation.purge import purge
from journal.people import clock
from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.reflections.week.models import WeeklyReflection
from journal.reflections.week.steps import FLOW as WEEK
from journal.reminders.models import Reminder
from journal.sharing.models import CoachLink
from tests.conftest import signed_in
from tests.people.second_steps import LOGIN, showed

Asked = Iterator[tuple[str, Callable[[], object]]]


def by_person(person: User, password: str) -> Asked:
    browser = signed_in(person)
    today = clock.today(person)
    get = partial(_got, browser)
    with acting_as(person):
        entry = person.entries.live().newest_first()[20]
        promise = person.promises.active().order_by("id")[0]
        start = clock.week_start(person, today) - timedelta(days=7)
        WeeklyReflection.objects.filter(owner=person, week_start=start).delete()
        week = WeeklyReflection.new(person, start)
        week.step = "next"  # reached already, so that each can be opened
        week.insert_once()
    yield "Today", lambda: get("/today/")
    yield "the journal", lambda: get("/journal/")
    yield "an older page of it", lambda: get(f"/journal/?before={entry.written_on}.{entry.pk}")
    yield "a month", lambda: get(f"/journal/?month={today:%Y-%m}")
    yield "an entry", lambda: get(f"/journal/{entry.pk}/")
    yield "the promises", lambda: get("/promises/")
    yield "a promise", lambda: get(f"/promises/{promise.pk}/")
    tap = {"date": str(today), "status": "kept"}
    yield "a tap", lambda: _sent(browser, f"/promises/{promise.pk}/check-in/", tap)
    yield "the check-in", lambda: _sent(browser, "/today/check/", {"trust": "4", "visit": "none"})
    typed = {"title": "", "body": "And so", "written_on": str(today)}
    yield "autosave", lambda: _sent(browser, f"/journal/{uuid4()}/autosave/", typed)
    yield "insights", lambda: get("/insights/?window=year")
    yield "search", lambda: get("/search/?q=tea")
    for step in [*WEEK.steps_of(week)][:4]:
        yield f"the week, {step.slug}", partial(get, WEEK.address(week, step.slug))
    who = {"login": person.email, "password": password}
    yield "signing in", lambda: _sent(Client(), LOGIN, who)


def by_coach(coach: User, person: User) -> Asked:
    browser = showed(signed_in(coach))
    get = partial(_got, browser)
    with acting_as(person):
        link = CoachLink.objects.get(owner=person)
    with acting_as(coach):
        client = coach.clients.get(link_id=link.pk)
    yield "the coach's clients", lambda: get("/coach/")
    yield "a client", lambda: get(f"/coach/clients/{client.pk}/")
    yield "a brief", lambda: get(f"/coach/clients/{client.pk}/brief/")
    yield "shared entries", lambda: get("/coach/shared/entry/")


def by_the_worker() -> Asked:
    yield "reminders that are due", lambda: [*Reminder.objects.due(timezone.now())[:1]]
    yield "the next task", lambda: DBTaskResult.objects.ready().first()
    yield (
        "sessions that are over",
        lambda: [*Session.objects.filter(expire_date__lt=timezone.now())[:500]],
    )


def at_night() -> Asked:
    yield "purge", purge


def _got(browser: Client, path: str) -> None:
    answer = browser.get(path, follow=True)
    assert answer.status_code == 200, (path, answer.status_code)


def _sent(browser: Client, path: str, fields: dict[str, str]) -> None:
    answer = browser.post(path, fields)
    assert answer.status_code in (200, 201, 204, 302), (path, answer.status_code)
