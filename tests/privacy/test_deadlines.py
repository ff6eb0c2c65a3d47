"""How long a request may wait, as PostgreSQL itself knows it."""

import runpy
from wsgiref.util import setup_testing_defaults

import pytest
from django.db import transaction

from journal.database import deadlines, probe
from tests.privacy.stored import run

pytestmark = pytest.mark.django_db(transaction=True)
LIMITS = "select current_setting('statement_timeout'), current_setting('lock_timeout')"


def test_a_request_has_its_limits_in_postgresql_from_the_first_statement_on():
    with deadlines.limited(deadlines.per_request()):
        statement, lock = run(LIMITS)[0]
        assert (statement[0], lock) == ("3", "3s")  # also outside of a transaction,
    assert run(LIMITS) == [("0", "0")]  # and never longer than it


def test_one_statement_may_have_less_than_the_whole_request():
    with deadlines.limited(4, statement=1):
        assert run(LIMITS)[0] == ("700ms", "700ms")


def test_an_extended_limit_holds_in_the_transaction_that_is_open():
    with deadlines.limited(deadlines.per_request()), transaction.atomic():
        run("select 1")
        with deadlines.extended(60):
            assert run(LIMITS)[0][0].startswith("59")
            assert run(LIMITS)[0][1].startswith("59")


def test_the_probe_of_a_full_disk_writes_to_the_disk():
    with transaction.atomic():
        probe.is_read_only()  # sets the little memory
        plan = run(f"explain (analyze, buffers) {probe.SPILL}")

    assert any("temp" in line and "written" in line for (line,) in plan)


def test_only_a_process_that_answers_requests_has_their_limit(monkeypatch):
    """The worker forks from one that has imported the application."""
    monkeypatch.setattr(deadlines, "_per_wait", deadlines.PER_WAIT_IN_COMMANDS)
    application = runpy.run_module("selftrust.wsgi")["application"]
    assert deadlines.left() == deadlines.PER_WAIT_IN_COMMANDS

    environ = {"PATH_INFO": "/healthz", "HTTP_HOST": "localhost"}
    setup_testing_defaults(environ)
    application(environ, lambda _status, _headers: None)
    assert deadlines.left() == deadlines.per_request()
