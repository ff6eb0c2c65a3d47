"""One password is hashed at a time, and whoever finds no place loses nothing."""

import re
from threading import Semaphore

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import get_hashers
from django.core import mail
from django.test import Client

from journal.people import hashers
from journal.people.models import Invitation, User
from tests.factories import PASSWORD
from tests.people.second_steps import LOGIN, REAUTHENTICATE, sign_in, sure

SIGNUP, RESET = "/accounts/signup/", "/accounts/password/reset/"
CHANGE = "/accounts/password/change/"
OTHER = "another horse entirely"
SENTENCE = "Several people are signing in right now."


@pytest.fixture
def busy(monkeypatch):
    """From the call on, as many passwords as the process takes on are being hashed."""
    return lambda: monkeypatch.setattr(hashers, "PLACES", Semaphore(0))


def assert_busy(answer) -> str:
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert SENTENCE in page
    assert PASSWORD not in page
    return page


def test_every_hasher_takes_its_turn(busy):
    encoded = [(hasher, hasher.encode(PASSWORD, "salt" * 6)) for hasher in get_hashers()]
    busy()
    for hasher, known in encoded:
        with pytest.raises(hashers.HashingBusy):
            hasher.encode(PASSWORD, "salt" * 6)
        with pytest.raises(hashers.HashingBusy):
            hasher.verify(PASSWORD, known)


def test_one_hashes_one_waits_and_nobody_waits_for_ever(monkeypatch):
    monkeypatch.setattr(hashers, "PATIENCE", 0.01)
    with hashers.turn():
        with pytest.raises(hashers.HashingBusy), hashers.turn():
            pass
        with hashers.PLACES:  # somebody waits
            monkeypatch.setattr(hashers, "PATIENCE", 3600)
            with pytest.raises(hashers.HashingBusy), hashers.turn():
                pass
    with hashers.turn():
        pass


def test_at_sign_in_the_address_stays_and_no_try_counts(ada, busy, monkeypatch):
    with monkeypatch.context():
        busy()
        browser = Client()
        for _ in range(6):
            answer = browser.post(LOGIN, {"login": ada.email, "password": PASSWORD})
            assert f'value="{ada.email}"' in assert_busy(answer)
    monkeypatch.undo()

    assert browser.post(LOGIN, {"login": ada.email, "password": PASSWORD}).url == "/today/"


def test_at_sign_in_the_words_that_wait_stay(ada, busy):
    busy()
    held = {"held-to": "/journal/write/", "held-body": "Words that wait"}

    answer = Client().post(LOGIN, {"login": ada.email, "password": PASSWORD, **held})

    assert "Words that wait" in assert_busy(answer)


def test_at_sign_up_nothing_is_made_and_the_invitation_stays(operator, settings, busy):
    settings.SELFTRUST_SIGNUP = "invite"
    token = Invitation.make(operator)
    busy()

    form = {"email": "new@example.org", "password1": PASSWORD, "invite": token}
    page = assert_busy(Client().post(SIGNUP, form))

    assert 'value="new@example.org"' in page
    assert f'value="{token}"' in page
    assert Invitation.open_for(token)
    assert User.objects.count() == 1


def test_at_reauthentication(ada, busy):
    browser = sign_in(ada)
    busy()

    assert_busy(browser.post(REAUTHENTICATE, {"password": PASSWORD}))


def test_at_a_new_password_the_old_one_stays(ada, busy):
    EmailAddress.objects.create(user=ada, email=ada.email, primary=True, verified=True)
    browser, visitor = sure(sign_in(ada)), Client()
    visitor.post(RESET, {"email": ada.email})
    link = re.search(r"http://testserver(\S+)", mail.outbox[-1].body)[1]
    before, form = ada.password, {"password1": OTHER, "password2": OTHER}
    where = visitor.get(link).url
    busy()

    assert_busy(browser.post(CHANGE, form))
    assert_busy(visitor.post(where, form))

    ada.refresh_from_db()
    assert ada.password == before
