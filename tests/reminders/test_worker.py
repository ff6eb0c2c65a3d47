"""Reminders as they really go out: worker processes with a clock of their own, and a mail server.

Nothing here waits for time to pass. `worker --once` ends when there is nothing left to do; the
worker that is killed has reached the mail server, which never answers it.
"""

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path
from typing import Any

import psycopg
import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.db import connection

from journal.reminders.models import Kind
from tests.exchange.factories import work
from tests.factories import make_person
from tests.promises.factories import make_promise
from tests.reminders.factories import make_confirmed, make_preference, make_reminder, run_at

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds, for a process that never comes
DAY, EVENING = "2026-11-19T12:00:00+01:00", "2026-11-19T20:30:10+01:00"


class Inbox:
    """What has arrived, by recipient. While it `hangs` it takes mails and never says so."""

    def __init__(self) -> None:
        self.port = 0
        self.arrived: list[str] = []
        self.subjects: list[str] = []
        self.hangs = False
        self.reached = threading.Event()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.arrived += envelope.rcpt_tos
        self.subjects.append(message_from_bytes(envelope.content)["Subject"])
        self.reached.set()
        if self.hangs:
            await asyncio.Event().wait()
        return "250 taken"


class MailServer(Controller):
    """At any free port, which its own `start` takes for port 0."""

    handler: Inbox

    def _trigger_server(self) -> None:
        self.handler.port = self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    server = MailServer(Inbox(), hostname="127.0.0.1", port=0)
    server.start()
    yield server.handler
    server.stop()


def start(inbox: Inbox, moment: str, *command: str, killed_after: str = "-") -> subprocess.Popen:
    """A worker whose clock starts at the moment, in a group of its own with its children."""
    name = str(connection.settings_dict["NAME"])
    own = {"EMAIL_URL": f"smtp://127.0.0.1:{inbox.port}", "PROCESS_CLOCK": moment}
    program = [sys.executable, "-m", "tests.process_kill", name, killed_after, "worker", *command]
    return subprocess.Popen(program, cwd=ROOT, env=os.environ | own, start_new_session=True)


def run(inbox: Inbox, moment: str, **how: str) -> int:
    return start(inbox, moment, "--once", **how).wait(PATIENCE)


def confirmed(email: str) -> Any:
    person = make_person(email, zone="Europe/Berlin")
    make_preference(make_confirmed(person), most_a_day=5)
    return person


@pytest.mark.parametrize(
    ("day", "nights"),
    [
        # Half past two comes twice.
        ("2026-10-24", ["2026-10-25T02:30:10+02:00", "2026-10-25T02:30:10+01:00"]),
        # Half past two is not there: the instant after the gap, and not an hour later again.
        ("2027-03-27", ["2027-03-28T03:30:10+02:00", "2027-03-28T04:30:10+02:00"]),
    ],
)
def test_a_night_in_which_the_clock_changes_reminds_once(inbox, settings, day, nights):
    settings.EMAIL_BACKEND = "journal.mail.backend.EmailBackend"
    settings.OUTBOX_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", inbox.port
    with time_machine.travel(f"{day}T12:00:00+00:00", tick=False):
        make_reminder(confirmed("ada@example.org"), at="02:30")
    for night in nights:
        with time_machine.travel(night, tick=False):
            run_at(night)
            work("mail")
        assert inbox.arrived == ["ada@example.org"]


@pytest.mark.parametrize(
    "after", [pytest.param("mails.send", marks=pytest.mark.long), "sending.send_due"]
)
def test_a_worker_killed_before_it_sends_leaves_it_to_the_next(inbox, after):
    """Before its transaction ends, and with the mail in the outbox."""
    with time_machine.travel(DAY, tick=False):
        make_reminder(confirmed("ada@example.org"))

    assert run(inbox, EVENING, killed_after=f"journal.reminders.{after}") == -signal.SIGKILL
    assert inbox.arrived == []
    assert run(inbox, "2026-11-19T20:31:10+01:00") == 0

    assert inbox.arrived == ["ada@example.org"]
    assert inbox.subjects == ["A moment for yourself?"]


def test_a_worker_killed_while_it_sends_has_sent_it_once(inbox):
    """With all its processes, as by a power cut, before the mail server says that it took it."""
    with time_machine.travel(DAY, tick=False):
        make_reminder(confirmed("ada@example.org"))
    inbox.hangs = True
    worker = start(inbox, EVENING)
    try:
        assert inbox.reached.wait(PATIENCE)
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    inbox.hangs = False

    assert run(inbox, "2026-11-19T20:34:00+01:00") == 0  # its lease of the mail is over
    assert inbox.arrived == ["ada@example.org"]


def test_two_workers_at_once_send_each_reminder_once(inbox):
    with time_machine.travel(DAY, tick=False):
        people = [confirmed(f"{n}@example.org") for n in range(6)]
        for person in people:
            make_reminder(person)
            make_reminder(person, Kind.PROMISE, promise=make_promise(person))

    with psycopg.connect(**connection.get_connection_params()) as gate:
        gate.execute("lock table reminders_reminder in access exclusive mode")
        workers = [start(inbox, EVENING, "--once") for _n in range(2)]
        while _waiting(gate) < len(workers) and all(one.poll() is None for one in workers):
            pass  # until both stand before the same reminders
        gate.commit()
    assert [worker.wait(PATIENCE) for worker in workers] == [0, 0]

    assert sorted(inbox.arrived) == sorted(2 * [person.email for person in people])
    assert sorted(set(inbox.subjects)) == ["A moment for yourself?", "A small note for now"]


def _waiting(gate: psycopg.Connection) -> int:
    waiting = "select count(*) from pg_locks where relation = 'reminders_reminder'::regclass "
    row = gate.execute(waiting + "and not granted").fetchone()
    assert row
    return int(row[0])
