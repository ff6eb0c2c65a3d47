"""The operator's token, invitations, and mailed codes."""

import base64
import re

import pytest
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from journal.people.models import Invitation, User
from journal.privacy.keys import master_keys
from tests.people.test_signing_in import (
    can_read,
    page,
)


def test_the_operator_token_makes_an_operator(ada, ada_client):
    answer = ada_client.post("/accounts/operator/", {"token": f" {configured.OPERATOR_TOKEN} "})

    ada.refresh_from_db()
    assert (answer.url, ada.is_staff) == ("/accounts/operator/", True)


@pytest.mark.parametrize("token", ["", "wrong", "\0", "x" * 10_000, "é", "\ud800"])
def test_a_wrong_operator_token_gets_a_sentence_and_is_not_shown_again(ada, ada_client, token):
    answer = ada_client.post(
        "/accounts/operator/", {"token": token.encode("utf-8", "replace").decode()}
    )

    ada.refresh_from_db()
    assert (answer.status_code, ada.is_staff) == (200, False)
    assert 'id="id_token_error"' in page(answer)
    assert ' value="' not in page(answer).split('id="id_token"')[1].split(">")[0]


def test_an_operator_makes_a_link_that_brings_someone_in(ada, ada_client):
    User.objects.update(is_staff=True)

    answer = ada_client.post("/accounts/invitations/")

    link = re.search(r'id="link" readonly value="([^"]+)"', page(answer))[1]
    assert "<h1>Create an account</h1>" in page(Client().get(link))
    assert link not in page(ada_client.get("/accounts/invitations/"))
    assert Invitation.objects.get().token_hash not in link


def test_invitations_are_not_there_for_anyone_else(eve_client, client):
    assert eve_client.get("/accounts/invitations/").status_code == 404
    assert eve_client.post("/accounts/invitations/").status_code == 404
    assert not Invitation.objects.exists()
    assert client.get("/accounts/invitations/").status_code == 302


CODE, CONFIRM = "/accounts/login/code/", "/accounts/login/code/confirm/"


def mailed_code() -> str:
    return re.search(r"^\w{4}-\w{4}$", mail.outbox[-1].body, re.MULTILINE)[0]


def test_a_mailed_code_is_nowhere_readable_in_the_session_and_signs_in_once(ada):
    browser = Client()
    browser.post(CODE, {"email": ada.email})
    (row,) = Session.objects.all()
    kept = row.get_decoded()

    assert f"'code': '{master_keys()[0].name}." in f"{kept}"
    for text in (mailed_code(), mailed_code().replace("-", "")):
        assert text.lower() not in f"{row.session_data} {kept}".lower()
    assert browser.post(CONFIRM, {"code": "AAAA-AAAA"}).status_code == 200
    assert browser.post(CONFIRM, {"code": mailed_code().lower().replace("-", "")}).url == "/today/"
    assert can_read(browser)


def test_where_its_master_key_is_gone_a_mailed_code_does_not_fit(ada, settings):
    browser = Client()
    browser.post(CODE, {"email": ada.email})
    code = mailed_code()
    settings.SELFTRUST_KEY = base64.b64encode(bytes(32)).decode()

    answer = browser.post(CONFIRM, {"code": code})

    assert answer.status_code == 200
    assert not can_read(browser)
