"""An error collector is told where the code broke, and nothing of a person."""

import json
import logging
from logging.config import dictConfig

import pytest
from django.test import Client
from django_tasks_db.management.commands import db_worker

from journal.embedded import monitors, processes
from journal.embedded.environment import Environment
from journal.embedded.errors import CannotStart
from journal.monitoring import error_reports
from journal.operation import worker_processes
from selftrust import logs
from tests.factories import make_person
from tests.monitoring import broken

sentry = pytest.importorskip("sentry_sdk", reason="sentry-sdk is not installed")
from sentry_sdk.transport import Transport  # noqa: E402

DSN = "http://key@127.0.0.1:9/1"


class Recorder(Transport):
    """Keeps what would be sent, in this process."""

    def __init__(self, *_options: object) -> None:
        super().__init__()
        self.sent: list[bytes] = []

    def capture_envelope(self, envelope) -> None:
        self.sent.append(envelope.serialize())

    def events(self) -> list[dict]:
        return [json.loads(envelope.split(b"\n")[2]) for envelope in self.sent]


@pytest.fixture
def recorder(monkeypatch):
    """The log is set up as a start with this setting does it."""
    recorded = Recorder()
    chosen = monitors.monitoring(Environment({"SELFTRUST_SENTRY_DSN": DSN}))
    told = logs.configuration(chosen)
    told["handlers"]["reports"]["transport"] = recorded
    told["handlers"] |= {"console": {"class": "logging.NullHandler"}}
    root, kept = logging.getLogger(), logging.getLogger().handlers[:]
    dictConfig(told)
    root.handlers[:] = [*kept, *root.handlers]
    yield recorded
    dictConfig(logs.configuration(monitors.monitoring(Environment({}))))
    root.handlers[:] = kept


@pytest.mark.django_db
@pytest.mark.urls("tests.monitoring.broken")
def test_no_canary_is_in_the_bytes_of_any_report(recorder, monkeypatch):
    person = make_person(broken.ADDRESS, called="Ferdinand")
    visitor = Client(raise_request_exception=False, REMOTE_ADDR=broken.NETWORK)
    visitor.force_login(person)
    visitor.cookies["theme"] = broken.WORDS
    for address in broken.REQUESTS:
        visitor.post(address, {"body": broken.WORDS}, headers=broken.HEADERS)
    broken.in_task.enqueue(broken.WORDS)
    monkeypatch.setattr(worker_processes, "bound_memory", lambda: None)
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    worker_processes.work("default,large", once=True)

    told = recorder.events()
    kinds = [
        [one["type"] for one in event.get("exception", {}).get("values", [])] for event in told
    ]
    assert kinds == [
        ["RuntimeError"],
        ["RuntimeError"],
        ["LookupError"],
        ["KeyError"],
        ["InvalidDatetimeFormat", "DataError"],
        ["UniqueViolation", "IntegrityError", "ArithmeticError"],
        *([], [], []),
        ["EOFError"],
    ]
    for envelope in recorder.sent:
        for canary in broken.CANARIES:
            assert canary.encode() not in envelope
    first = told[0]
    assert first["tags"]["view"] == first["transaction"] == "in-view"
    assert first["tags"]["status"] == "500"
    last = first["exception"]["values"][0]["stacktrace"]["frames"][-1]
    assert (last["module"], last["function"]) == ("tests.monitoring.broken", "in_view")
    assert [event.get("logentry") for event in told[6:9]] == [
        None,
        {"message": "Can't read %s"},
        {"message": "Wrote %s."},
    ]
    for event in told:
        assert set(event) <= error_reports.TOLD
        assert event["sdk"]["integrations"] == []


def test_a_process_that_ends_by_an_error_is_reported_before_it_is_gone(tmp_path, recorder):
    class ToAFile(Recorder):
        def flush(self, *_arguments: object, **_more: object) -> None:
            (tmp_path / "sent").write_bytes(self.sent[-1])

    def end() -> None:
        (reports,) = [
            one for one in logging.getLogger().handlers if isinstance(one, error_reports.Reports)
        ]
        reports._transport = ToAFile()
        raise ValueError(broken.WORDS)

    processes.fork(end).wait(60)

    sent = (tmp_path / "sent").read_bytes()
    assert b'"ValueError"' in sent
    assert b"canary" not in sent


def test_what_a_client_does_wrong_is_no_error(recorder, client, db):
    client.get("/no/such/page/", headers={"host": "canary.example.org"})
    client.get("/no/such/page/")

    assert recorder.sent == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SELFTRUST_SENTRY_DSN", "https://secret.example.org/1"),
        ("SELFTRUST_SENTRY_DSN", "https://secret@example.org/"),
        ("SELFTRUST_SENTRY_DSN", "secret"),
        ("SELFTRUST_TRACES_URL", "secret:4318"),
        ("SELFTRUST_TRACES_URL", "grpc://secret:4317"),
    ],
)
def test_an_address_that_would_tell_nobody_stops_the_start(name, value):
    with pytest.raises(CannotStart, match=f"{name} has to look like") as refused:
        monitors.monitoring(Environment({name: value}))
    assert "secret" not in str(refused.value)


def test_without_the_package_the_start_says_which(monkeypatch):
    monkeypatch.setattr(monitors, "is_installed", lambda _module: False)
    addresses = {"SELFTRUST_SENTRY_DSN": DSN, "SELFTRUST_TRACES_URL": "http://localhost:4318/"}
    packages = (monitors.SENTRY, monitors.OPEN_TELEMETRY)
    for (name, value), package in zip(addresses.items(), packages, strict=True):
        with pytest.raises(CannotStart) as refused:
            monitors.monitoring(Environment({name: value}))
        assert str(refused.value) == f"{name} needs a package: pip install {package}."
