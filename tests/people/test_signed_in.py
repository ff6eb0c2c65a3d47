"""Who a request is of: one statement finds the session and the person, the session decides."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.conftest import signed_in

HERE = "/settings/"


def statements_of(client: Client, table: str) -> list[str]:
    with CaptureQueriesContext(connection) as sent:
        assert client.get("/journal/").status_code == 200
    return [one["sql"] for one in sent if f"from {table}" in one["sql"].lower().replace('"', "")]


def address_on(client: Client) -> str:
    """The address of whoever is signed in; empty for nobody."""
    response = client.get(HERE)
    return response.wsgi_request.user.email if response.status_code == 200 else ""


def test_a_page_asks_once_whose_it_is(ada_client):
    ada_client.get("/journal/")
    assert len(statements_of(ada_client, "django_session")) == 1
    assert statements_of(ada_client, "people_user") == []


def test_without_the_note_of_the_browser_it_is_the_same_person(ada, ada_client):
    UserSession.objects.all().delete()
    assert address_on(ada_client) == ada.email


def test_the_note_of_a_browser_alone_signs_nobody_in(ada, eve, ada_client):
    UserSession.objects.update(user=eve)
    assert address_on(ada_client) == ada.email
    UserSession.objects.update(user=ada)
    session = ada_client.session
    del session[SESSION_KEY]
    session.save()
    assert address_on(ada_client) == ""


@pytest.mark.parametrize(
    ("what", "value"),
    [(HASH_SESSION_KEY, "0" * 64), (HASH_SESSION_KEY, None), (BACKEND_SESSION_KEY, "of.another")],
)
def test_a_session_that_does_not_fit_signs_nobody_in(ada_client, what, value):
    session = ada_client.session
    session[what] = value
    session.save()
    assert address_on(ada_client) == ""


def test_neither_a_new_password_nor_an_account_that_is_off_leaves_anybody_in(ada, ada_client):
    elsewhere = signed_in(ada)
    ada.is_active = False
    ada.save()
    assert address_on(ada_client) == ""
    ada.is_active = True
    ada.set_password("another-one-that-is-long")
    ada.save()
    assert address_on(elsewhere) == ""


def test_an_old_secret_still_signs_in(ada, ada_client, settings):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "n" * 60
    assert address_on(ada_client) == ada.email
