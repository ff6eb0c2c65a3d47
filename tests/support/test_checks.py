"""What the operator is told when nobody can be called, or nobody has looked for long."""

from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper

from tests.conftest import signed_in
from tests.privacy.stored import run
from tests.support.factories import make_resource

NOBODY = "No country is chosen for the support page, so it lists all of them."
WAITING = "%d numbers of the support page are not confirmed."
OLD = "2 support resources were not verified for more than 180 days."
TODAY = date(2026, 11, 23)


def messages() -> list[str]:
    with time_machine.travel(f"{TODAY} 12:00"):
        found = run_checks(tags=["operator"], databases=["default"])
    return [str(one.msg) for one in found if str(one.id).startswith("support.")]


@pytest.mark.django_db
def test_none_at_all():
    assert messages() == [NOBODY]


@pytest.mark.django_db
def test_what_waits_to_be_confirmed(settings):
    settings.COUNTRIES = ["RO"]  # two numbers and three directories
    assert messages() == [WAITING % 5]

    make_resource(country="RO", starter="ro-emergency", verified_on=TODAY)
    assert messages() == [WAITING % 4]


@pytest.mark.django_db
def test_one_hundred_and_eighty_days_are_fine_and_one_more_is_not():
    make_resource(verified_on=TODAY)
    make_resource(verified_on=TODAY - timedelta(180))
    assert messages() == []

    make_resource(verified_on=TODAY - timedelta(181))
    make_resource(verified_on=date(2020, 1, 1))
    assert messages() == [OLD]


@pytest.mark.django_db
def test_it_is_only_asked_where_the_database_is_meant():
    assert run_checks(tags=["operator"]) == []
    assert run_checks(tags=["operator"], databases=["another"]) == []


@pytest.mark.django_db
def test_without_a_table_it_is_silent_and_breaks_nothing():
    run("drop table support_supportresource cascade")

    assert messages() == []
    assert run("select 1") == [(1,)]  # the transaction around it goes on


@pytest.mark.django_db
def test_without_a_database_it_is_silent(monkeypatch):
    def refuse(*_arguments):
        raise OperationalError("the server is away")

    monkeypatch.setattr(CursorWrapper, "execute", refuse)

    assert messages() == []


@pytest.mark.django_db
def test_the_command_says_it_and_goes_on():
    said = StringIO()

    call_command("check", databases=["default"], stderr=said)

    assert NOBODY in said.getvalue()


@pytest.mark.django_db
def test_the_operators_page_says_it(operator, ada_client):
    assert NOBODY in signed_in(operator).get("/accounts/operator/").content.decode()
    assert NOBODY not in ada_client.get("/accounts/operator/").content.decode()

    make_resource()
    page = signed_in(operator).get("/accounts/operator/").content.decode()
    assert NOBODY not in page
    assert 'href="/admin/support/supportresource/"' in page
    assert 'href="/accounts/invitations/"' in page
