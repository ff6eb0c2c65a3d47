"""The page of tokens: made by who has just said the password, shown once, ended at once."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from journal.access_tokens.models import AccessToken
from journal.api import tokens
from journal.api.description import openapi
from journal.privacy.ownership import uuid7
from journal.privacy.rls import acting_as
from tests.api.factories import Program, make_token
from tests.conftest import signed_in
from tests.page import say_it_again

pytestmark = pytest.mark.django_db
PAGE = "/settings/tokens/"
GIVEN = {"name": "Phone", "allows": ["write", "check_in"], "days": "90"}


@pytest.fixture
def sure(ada_client):
    say_it_again(ada_client)
    return ada_client


def stored(person) -> list[AccessToken]:
    with acting_as(person):
        return list(tokens.tokens_of(person))


def test_a_token_is_shown_once_and_kept_as_a_hash(ada, sure):
    given = GIVEN | {"id": str(uuid7())}
    made = sure.post(PAGE, given)
    assert made.status_code == 201
    (token,) = re.findall(r"selftrust_[\w-]{32}", made.content.decode())
    assert Program(token).ask("get", "promises").status_code == 200
    assert Program(token).ask("get", "entries").status_code == 403

    page = sure.get(PAGE).content.decode()
    assert token not in page
    assert "Phone" in page
    (row,) = stored(ada)
    assert (row.name, row.allows, row.token) == ("Phone", ["write", "check_in"], "")
    assert abs(row.expires_at - timezone.now() - timedelta(days=90)) < timedelta(minutes=5)
    assert sure.post(PAGE, given).status_code == 302  # sent twice, it is one
    assert len(stored(ada)) == 1


def test_only_who_has_just_said_the_password_sees_or_makes_one(ada, ada_client):
    assert ada_client.get(PAGE)["Location"].startswith("/accounts/reauthenticate/")
    asked = ada_client.post(PAGE, GIVEN)  # the page that asks holds the form
    assert (asked.status_code, stored(ada)) == (403, [])
    assert "held-" in asked.content.decode()


def test_a_form_that_is_not_right_comes_back(ada, sure):
    wrongs = {"name": ("", "a\0"), "allows": ([], ["all"]), "days": ("9", "")}
    for wrong in ({name: one} for name, many in wrongs.items() for one in many):
        answer = sure.post(PAGE, GIVEN | wrong)
        assert answer.status_code == 200
        assert "field-error" in answer.content.decode(), wrong
    assert stored(ada) == []


def test_there_is_a_most_and_ending_one_makes_room(ada, sure):
    for _number in range(tokens.MOST):
        make_token(ada)
    refused = sure.post(PAGE, GIVEN)
    assert "as many as there can be" in refused.content.decode()
    sure.post(f"{PAGE}{stored(ada)[0].pk}/end/")
    assert sure.post(PAGE, GIVEN).status_code == 201


def test_ended_it_opens_nothing_and_only_its_owner_ends_it(ada, eve_client, ada_client):
    token = make_token(ada)
    end = f"{PAGE}{stored(ada)[0].pk}/end/"
    eve_client.post(end)
    assert Program(token).ask("get", "entries").status_code == 200
    assert ada_client.post(end).status_code == 302  # and needs no password
    assert Program(token).ask("get", "entries").status_code == 401
    assert ada_client.post(end).status_code == 302


def test_signing_out_and_a_new_password_leave_it(ada, ada_client):
    token = make_token(ada)
    ada_client.post("/accounts/logout/")
    ada.set_password("quite another long one")
    ada.save()
    assert Program(token).ask("get", "entries").status_code == 200


def test_a_mail_says_so(ada, sure, settings):
    settings.MAIL_WORKS = True
    EmailAddress.objects.create(user=ada, email=ada.email, primary=True, verified=True)
    made = sure.post(PAGE, GIVEN)
    (message,) = mail.outbox
    assert message.to == [ada.email]
    assert "selftrust_" in made.content.decode()
    assert "selftrust_" not in message.body
    assert "Phone" not in message.body


def test_the_database_refuses_a_token_in_the_clear_or_without_an_end(ada):
    make_token(ada)
    for wrong in ({"token": "x"}, {"expires_at": None}, {"scope": "feed"}):
        row = stored(ada)[0]
        for name, value in wrong.items():
            setattr(row, name, value)
        with acting_as(ada), pytest.raises(IntegrityError), transaction.atomic():
            row.save()


def test_the_page_of_what_can_be_asked_says_what_openapi_says(ada):
    page = signed_in(ada).get("/api/").content.decode()
    for path, methods in openapi()["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}" in page
    assert "from 1, barely, to 5" in page.lower()
