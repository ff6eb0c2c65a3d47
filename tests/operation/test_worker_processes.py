"""Mails and reminders share a process: neither goes on without the other."""

import signal
from functools import partial
from threading import Event

from django.core.management.base import CommandError

from journal.mail import tasks as mail_tasks
from journal.operation import worker_processes


def test_mails_are_asked_to_end_where_reminders_cannot_go_on(monkeypatch, request, capsys):
    request.addfinalizer(partial(signal.signal, signal.SIGTERM, signal.getsignal(signal.SIGTERM)))
    asked, worked = Event(), []
    signal.signal(signal.SIGTERM, lambda *_signal: asked.set())

    def work(queues: str, *, once: bool) -> None:
        worked.append((queues, once, asked.wait(60)))

    def remind() -> None:
        raise CommandError("No reminders are sent.")

    monkeypatch.setattr(worker_processes, "work", work)
    monkeypatch.setattr(worker_processes, "remind", remind)
    worker_processes.mail_and_remind()

    assert worked == [(mail_tasks.QUEUE, False, True)]
    assert capsys.readouterr().err == "No reminders are sent.\n"
