"""People with 100 and 20,000 entries, and the reference table, on a database of the bench's own."""

import json
from datetime import date, timedelta
from itertools import cycle
from uuid import UUID

from django.db import connection
from django.test import Client
from django.utils import timezone

from journal.boundaries.models import Crossing
from journal.lessons.models import LessonUse
from journal.people import clock
from journal.people.models import User
from journal.photos.models import Photo
from journal.privacy.keys import data_key
from journal.privacy.rls import acting_as
from journal.promises.models import CheckIn
from journal.promises.steps import FLOW as PROMISES
from journal.reflections.compassion.models import SelfCompassion
from journal.reflections.daily.models import DailyCheck
from journal.reflections.entries.models import Entry
from journal.reflections.week.models import WeeklyReflection
from journal.reflections.week.steps import FLOW as WEEK
from journal.sharing import consent, shared_measures
from journal.sharing.models import CoachLink
from tests.api.factories import make_token as make_api_token
from tests.bench.reference.models import Row
from tests.boundaries.factories import make_boundary, make_crossing
from tests.coaching.factories import link, share_practice
from tests.decisions.factories import make_decision, make_review
from tests.factories import note_browser
from tests.lessons.factories import make_lesson
from tests.people.second_steps import showed
from tests.promises.factories import answer, make_draft, make_promise

TEXT = (
    "today I said what I would do and then did the small version of it because the evening was "
    "long and the rain came early yet there was tea and a walk around the block with my sister "
    "who asked how the week had been and I told her plainly that it was crowded but decent and "
    "that saying no had cost less than I thought it would"
)
WORDS = TEXT.split()
ACCENTED = (
    "Nach dem Café über die Brücke, müde, aber früh genug für den Schlaf; naïve Hoffnung, señor. "
)


def make_person(email: str, entries: int, *, accented: bool = False) -> User:
    person = User.objects.create_user(email, "correct horse battery staple", zone="Europe/Berlin")
    today = clock.today(person)
    with acting_as(person):
        data_key(person.pk, make=True)  # until it is committed, each sealed word asks for it anew
    with acting_as(person):
        rows = []
        for number in range(entries):
            entry = Entry.new_for(person)
            turned = WORDS[number % 40 :] + WORDS[: number % 40]
            entry.title = f"Evening {number}"
            entry.body = (ACCENTED if accented else "") + " ".join(turned[:60])
            entry.written_on = today - timedelta(days=number // 18)
            rows.append(entry)
        Entry.objects.bulk_create(rows, batch_size=1000)
    return person


def make_photos(person: User, count: int) -> None:
    """A photo for each of the newest entries: the rows, as its page reads no file."""
    with acting_as(person):
        newest = person.entries.live().newest_first()[:count]
        Photo.objects.bulk_create(
            [
                Photo(
                    owner=person, entry=entry, position=1, width=1600, height=1200, stored_bytes=1
                )
                for entry in newest
            ]
        )


def make_other_rows(person: User, count: int) -> None:
    """Check-ins of a day, with words: what search reads besides entries."""
    promise = make_promise(person, "Walk after lunch", starts_on=date(1990, 1, 1))
    first, note = date(1990, 1, 1), " ".join(WORDS[:25])
    rows = [
        CheckIn(
            owner=person, promise=promise, due_on=first + timedelta(n), status="kept", note=note
        )
        for n in range(count)
    ]
    with acting_as(person):
        CheckIn.objects.bulk_create(rows, batch_size=2000)


def make_promises(person: User, count: int) -> None:
    """Promises due every day, answered for most of three weeks, and a daily check for each day."""
    today = clock.today(person)
    back = [today - timedelta(days=days) for days in range(21)]
    for number in range(count):
        promise = make_promise(person, f"Promise {number}", starts_on=back[-1])
        answer(promise, dict.fromkeys(back[number % 3 :], "kept"))
    with acting_as(person):
        for day in back:
            DailyCheck.store(person, day, {"trust": 4, "visit": "none", "credit": "Rang"})


def make_week(person: User) -> list[str]:
    """Begins to look back on last week. Returns the addresses of its steps."""
    start = clock.week_start(person, clock.today(person)) - timedelta(days=7)
    with acting_as(person):
        row = WeeklyReflection.new(person, start)
        row.step = "next"  # reached already, so that each can be opened
        row.insert_once()
        return [WEEK.address(row, step.slug) for step in WEEK.steps_of(row)]


def make_step(person: User) -> str:
    """Begins a promise. Returns the address of its second step."""
    draft = make_draft(person, "Call Gran", step="rhythm")
    return PROMISES.address(draft, "why")


def first_promise(person: User) -> str:
    with acting_as(person):
        return str(person.promises.active().order_by("id")[0].pk)


def make_years(person: User, days: int = 1095, count: int = 17) -> int:
    """Three years of someone who tells everything, every day. Returns how many rows that is."""
    today = clock.today(person)
    back = [today - timedelta(days=n) for n in range(days)]
    by_week = {"cadence": "times_per_week", "times_per_week": 3}
    rows: list[CheckIn] = []
    for number in range(count):
        rhythm = by_week if number % 8 == 7 else {}
        promise = make_promise(person, f"Promise {number}", starts_on=back[-1], **rhythm)
        rows += [
            CheckIn(owner=person, promise=promise, due_on=day, status=status)
            for day, status in zip(back, cycle(("kept", "kept", "missed", "kept_small")))
        ]
    boundary = make_boundary(person)
    moments, crossings = [], []
    for number, day in enumerate(back[::10]):
        moment = SelfCompassion.new_for(person, "break")
        moment.trigger, moment.feeling, moment.finished_at = "I froze", "ashamed", timezone.now()
        moment.intensity_before, moment.intensity_after = 5 + number % 6, number % 8
        moment.occurred_on = day
        moments.append(moment)
        crossing = Crossing(owner=person, boundary=boundary, occurred_on=day, result="held")
        crossing.what_happened = "Called late"
        crossings.append(crossing)
    for number in range(40):
        make_review(make_decision(person, confidence=50 + number), process_sound_now=True)
    lesson = make_lesson(person)
    uses = [
        LessonUse(owner=person, lesson=lesson, used_on=day, result="helped") for day in back[:90]
    ]
    checks = [
        DailyCheck(owner=person, date=day, trust=1 + n % 5, written_zone=person.zone)
        for n, day in enumerate(back)
    ]
    with acting_as(person):
        for model, made in (
            (CheckIn, rows),
            (DailyCheck, checks),
            (SelfCompassion, moments),
            (Crossing, crossings),
            (LessonUse, uses),
        ):
            model.objects.bulk_create(made, batch_size=2000)
    return len(rows) + len(checks) + len(moments) + len(crossings) + len(uses) + 80


def make_coach(count: int) -> tuple[User, str]:
    """Someone with so many clients, each of whom shares five entries. Returns the address of the
    first, who shares all five practices and some figures, too."""
    coach = make_person("coach@example.org", 0)
    coach.coaches_since = timezone.now()
    coach.save(update_fields=["coaches_since"])
    for number in range(count):
        client = make_person(f"client{number}@example.org", 5)
        one = link(client, coach, f"Client {number}")
        if number % 4 == 0:
            make_promise(client)
            share_practice(one, "promises")
        with acting_as(client):
            shared = [consent.ShareRequest("item", "entry", row.pk) for row in client.entries.all()]
            consent.share(one, shared, 30)
    with acting_as(coach):
        coach.clients.update(last_session_on=clock.today(coach) - timedelta(days=14))
        first = coach.clients.order_by("id")[0]
        link_id = first.link_id
    return coach, f"{_shared_in_full(link_id)}{first.pk}/"


def _shared_in_full(link_id: UUID) -> str:
    one = CoachLink.objects.select_related("owner").get(pk=link_id)
    client, today = one.owner, clock.today(one.owner)
    for number in range(8):
        starts_on = today - timedelta(days=21)
        promise = make_promise(client, f"Promise {number}", starts_on=starts_on)
        answer(promise, {today - timedelta(days=day): "kept" for day in range(20)})
        make_crossing(make_boundary(client), f"Called, {number}")
        make_decision(client, f"How shall I use Fridays, {number}?")
        make_lesson(client)
    for practice in ("promises", "boundaries", "decisions", "mistakes"):
        share_practice(one, practice)
    with acting_as(client):
        figures = [
            consent.ShareRequest("measure", slug, detail="counts") for slug in ("kept", "trust")
        ]
        consent.share(one, figures, 30)
        shared_measures.refresh(one)
    return "/coach/clients/"


def make_reference_rows() -> None:
    with connection.schema_editor() as editor:
        editor.create_model(Row)
    body = " ".join(WORDS * 2)[:460]
    Row.objects.bulk_create(
        [
            Row(group=n % 8, title=f"Row {n}", body=body, day=f"2026-01-{n % 28 + 1:02}")
            for n in range(20_000)
        ],
        batch_size=2000,
    )


def bench_database() -> dict[str, str]:
    """The same database for Django's own backend, on a connection that stays open."""
    names = ("NAME", "HOST", "PORT", "USER", "PASSWORD")
    found = {name: connection.settings_dict[name] for name in names}
    plain = {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": None, **found}
    return {"BENCH_DATABASE": json.dumps(plain)}


def analyze() -> None:
    """What autovacuum does on a database that has been in use for a while."""
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")


def cookie_of(person: User) -> str:
    client = Client()
    client.force_login(person)
    note_browser(person, client.session.session_key)
    if person.coaches_since:
        showed(client)
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def make_token(person: User) -> dict[str, str]:
    """The header of a program that may read everything through the API."""
    return {"Authorization": f"Bearer {make_api_token(person, 'read')}"}


def position_of_page(person: User, number: int, size: int) -> str:
    with acting_as(person):
        entry = person.entries.live().newest_first()[(number - 1) * size - 1]
        return f"?day={entry.written_on}&entry={entry.pk}"
