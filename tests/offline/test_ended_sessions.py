"""A browser that was signed out from elsewhere clears what it keeps; one whose session ran out does
not."""

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from journal.account_deletion import deletion
from journal.people import sessions
from tests.conftest import signed_in
from tests.page import say_it_again

CLEAR = "Clear-Site-Data"


def is_told_to_clear(browser: Client) -> bool:
    answer = browser.get("/today/")
    assert answer.status_code == 302
    return CLEAR in answer


def test_a_session_ended_from_elsewhere_clears_its_browser(ada, ada_client):
    key = ada_client.session.session_key
    sessions.end([key])
    assert Session.objects.get(session_key=key).get_decoded() == {sessions.ENDED: True}
    answer = ada_client.get("/today/")
    assert answer[CLEAR] == sessions.CLEAR_BROWSER
    assert answer.cookies[settings.SESSION_COOKIE_NAME].value == ""
    assert not is_told_to_clear(ada_client)  # the cookie is gone


def test_a_session_that_ran_out_clears_nothing(ada, ada_client):
    Session.objects.all().delete()
    assert not is_told_to_clear(ada_client)


def test_signing_in_again_forgets_the_mark(ada, ada_client):
    sessions.end([ada_client.session.session_key])
    ada_client.force_login(ada)
    assert sessions.ENDED not in ada_client.session
    assert CLEAR not in ada_client.get("/today/")


@pytest.mark.parametrize("when", ["now", "week"])
def test_the_end_of_an_account_clears_every_browser(ada, ada_client, when):
    elsewhere = signed_in(ada)
    deletion.ask(ada, at_once=when == "now")
    assert is_told_to_clear(elsewhere)


def test_asking_for_the_end_clears_this_browser(ada, ada_client):
    say_it_again(ada_client)
    page = ada_client.get("/settings/delete/")
    assert CLEAR not in page
    answer = ada_client.post("/settings/delete/", {"when": "week", "sure": "on"})
    assert answer[CLEAR] == sessions.CLEAR_BROWSER
