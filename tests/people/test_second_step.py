"""An app's digits, recovery codes, and what of them lies in the database."""

import json
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.db import ProgrammingError, transaction
from django.test import Client
from django.utils import timezone
from fido2.utils import websafe_encode

from journal.people.models import SharedValue
from journal.privacy import mfa_secrets as sign_in_secrets
from journal.privacy.rls import COACH, acting_as
from tests.conftest import signed_in
from tests.factories import PASSWORD
from tests.people.factories import make_passkey
from tests.people.second_steps import (
    ACTIVATE,
    LOGIN,
    connect_app,
    digits,
    key_on,
    recovery_codes,
    showed,
    sign_in,
    sure,
)

SECOND = "/accounts/2fa/authenticate/"
INDEX = "/accounts/2fa/"


def can_read(browser: Client) -> bool:
    return browser.get("/journal/").status_code == 200


def page(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def here(ada) -> Client:
    return sign_in(ada)


def test_the_app_is_asked_for_after_the_password(ada, here):
    key = connect_app(here)
    browser = Client()

    answer = browser.post(LOGIN, {"login": ada.email, "password": PASSWORD})

    assert (answer.url, can_read(browser)) == (SECOND, False)
    refused = browser.post(SECOND, {"code": "000000" if digits(key) != "000000" else "000001"})
    assert "That code isn’t right. Try again." in page(refused)
    assert not can_read(browser)
    assert browser.post(SECOND, {"code": digits(key)}).url == "/today/"
    assert can_read(browser)


@pytest.mark.django_db(transaction=True)  # what allauth does is done when it is stored
def test_whoever_has_just_set_one_up_has_shown_it(ada, here):
    ada.coaches_since = timezone.now()
    ada.save(update_fields=["coaches_since"])
    assert "/accounts/coach/" in here.get("/coach/").url

    connect_app(here)

    assert here.get("/coach/").status_code == 200
    elsewhere = sign_in(ada)
    assert elsewhere.get("/coach/").status_code == 302


def test_the_same_digits_are_taken_once(ada, here):
    code = digits(connect_app(here))
    first, second = sign_in(ada), sign_in(ada)
    first.post(SECOND, {"code": code})
    second.post(SECOND, {"code": code})

    assert (can_read(first), can_read(second)) == (True, False)
    used = SharedValue.objects.get(value='"y"')  # for as long as their time may last
    assert used.expires_at > timezone.now() + timedelta(seconds=80)


def test_digits_are_taken_half_a_minute_away_and_no_further(ada, here):
    key = connect_app(here)

    came_in = []
    for steps in (-3, 1, 3):
        browser = sign_in(ada)
        browser.post(SECOND, {"code": digits(key, steps)})
        came_in.append(can_read(browser))

    assert came_in == [False, True, False]


def test_the_name_of_a_passkey_is_sealed(ada, here):
    passkey = make_passkey(ada, "iPhone")
    sure(here).post(f"/accounts/2fa/webauthn/keys/{passkey.pk}/edit/", {"name": "Under the bed"})

    passkey.refresh_from_db()
    assert sign_in_secrets.unseal(passkey.data["name"]) == "Under the bed"
    assert "Under the bed" not in passkey.data["name"]
    assert "Under the bed" in page(here.get(INDEX))


def test_a_recovery_code_is_taken_once(ada, here):
    connect_app(here)
    codes = recovery_codes(here)
    first, second = sign_in(ada), sign_in(ada)
    first.post(SECOND, {"code": codes[3]})
    second.post(SECOND, {"code": codes[3]})

    assert len(set(codes)) == 10
    assert (can_read(first), can_read(second)) == (True, False)
    assert recovery_codes(here) == codes[:3] + codes[4:]
    assert "9 recovery codes left." in page(here.get(INDEX))
    second.post(SECOND, {"code": codes[4]})
    assert can_read(second)


def test_new_recovery_codes_put_an_end_to_the_old_ones(ada, here):
    connect_app(here)
    old = recovery_codes(here)

    here.post("/accounts/2fa/recovery-codes/generate/")

    assert not set(old) & set(recovery_codes(here))
    browser = sign_in(ada)
    browser.post(SECOND, {"code": old[0]})
    assert not can_read(browser)


def test_recovery_codes_can_be_taken_along(here):
    connect_app(here)

    answer = here.get("/accounts/2fa/recovery-codes/download/")

    assert page(answer).split() == recovery_codes(here)
    assert (answer["Content-Type"], answer["Cache-Control"]) == (
        "text/plain",
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )


def test_switching_the_app_off_takes_the_codes_with_it(ada, here):
    connect_app(here)

    answer = here.post("/accounts/2fa/totp/deactivate/", follow=True)

    assert "Set up an app" in page(answer)
    assert not Authenticator.objects.exists()
    assert can_read(sign_in(ada))


@pytest.mark.parametrize(
    "address",
    [
        ACTIVATE,
        "/accounts/2fa/webauthn/add/",
        "/accounts/password/change/",
    ],
)
def test_whoever_changes_how_to_sign_in_says_the_password_again(here, address):
    answer = here.get(address)

    assert answer.url == f"/accounts/reauthenticate/?next={address.replace('/', '%2F')}"
    assert here.post(answer.url, {"password": PASSWORD}).url == address


def test_a_session_that_was_left_open_shows_no_recovery_code(ada, here):
    connect_app(here)
    another = sign_in(ada)
    another.post(SECOND, {"code": recovery_codes(here)[0]})

    for address in ("", "download/", "generate/"):
        answer = another.get(f"/accounts/2fa/recovery-codes/{address}")
        assert answer.status_code == 302
        assert "reauthenticate" in answer.url


def test_the_owner_hears_of_every_change_by_mail(ada, here):
    connect_app(here)
    EmailAddress.objects.create(user=ada, email=ada.email, primary=True, verified=True)

    here.post("/accounts/2fa/totp/deactivate/")

    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([ada.email], "Your authenticator app is switched off")
    assert "journal" not in letter.body.lower()


def test_keys_and_seeds_are_sealed_where_they_lie(ada, here):
    shown = key_on(page(sure(here).get(ACTIVATE)))
    session = Session.objects.get(session_key=here.session.session_key).get_decoded()
    assert shown not in str(session)

    here.post(ACTIVATE, {"code": digits(shown)})

    for row in Authenticator.objects.all():
        (name,) = {"secret", "seed"} & set(row.data)
        master, _dot, sealed = row.data[name].partition(".")
        assert (len(master), len(sealed) > 40) == (16, True)
        assert shown not in str(row.data)


def test_a_person_reads_their_own_second_step_and_writes_none(ada, eve, here):
    connect_app(here)

    with acting_as(ada):
        assert Authenticator.objects.count() == 2
    for stranger in (eve, None):
        with acting_as(stranger):
            assert Authenticator.objects.count() == 0
    with pytest.raises(ProgrammingError), acting_as(ada):
        Authenticator.objects.update(data={})
    with pytest.raises(ProgrammingError), transaction.atomic(), acting_as(ada, role=COACH):
        Authenticator.objects.count()


def test_eve_does_not_reach_adas_passkey(ada, eve):
    passkey = Authenticator.objects.create(user=ada, type="webauthn", data={"name": "x"})
    browser = sure(sign_in(eve))

    for verb in ("edit", "remove"):
        address = f"/accounts/2fa/webauthn/keys/{passkey.pk}/{verb}/"
        assert browser.get(address).status_code == 404
        assert browser.post(address, {"name": "mine"}).status_code == 404


def inside(**response: bytes) -> str:
    """An answer of a device whose parts are these bytes."""
    parts = {name: websafe_encode(content) for name, content in response.items()}
    return json.dumps({"id": "eA", "rawId": "eA", "type": "public-key", "response": parts})


DEEP_CBOR, DEEP_JSON = b"\x81" * 15_000, b"[" * 15_000
RUBBISH = [
    *("", "1", "[]", "{}", '{"id": "x", "response": {}}', "\0", "null", '"x"'),
    *("[" * 3000, '{"response":' * 3000, "1" * 5000, "NaN", "[" * 500 + "]" * 500),
    '"' + "x" * 100_000 + '"',
    inside(clientDataJSON=DEEP_JSON, attestationObject=b"\xa0"),
    inside(clientDataJSON=b"{}", attestationObject=DEEP_CBOR),
    inside(clientDataJSON=b"{}", attestationObject=b"\x9a\xff\xff\xff\xff"),
    inside(clientDataJSON=b"{}", attestationObject=b"\x1a"),
    inside(clientDataJSON=DEEP_JSON, authenticatorData=b"x", signature=b"x", userHandle=b"x"),
    inside(clientDataJSON=b"{}", authenticatorData=b"\xc1" * 99, signature=b"x", userHandle=b"x"),
]


def test_rubbish_in_place_of_a_passkey_is_refused(ada, here):
    sure(here)
    here.get("/accounts/2fa/webauthn/add/")

    for rubbish in RUBBISH:
        cache.clear()  # tests/people/test_limits.py counts the tries
        answer = here.post("/accounts/2fa/webauthn/add/", {"name": "x", "credential": rubbish})
        assert (answer.status_code, 'id="errors"' in page(answer)) == (200, True)
        answer = Client().post("/accounts/2fa/webauthn/login/", {"credential": rubbish})
        assert answer.url == LOGIN
    assert not Authenticator.objects.exists()


def test_rubbish_in_place_of_a_second_step_is_refused(ada):
    make_passkey(ada, "Key")
    browser = Client()
    browser.post(LOGIN, {"login": ada.email, "password": PASSWORD})

    for rubbish in RUBBISH:
        cache.clear()
        answer = browser.post(SECOND, {"credential": rubbish})
        assert (answer.status_code, can_read(browser)) == (200, False)


def test_rubbish_in_place_of_showing_it_again_is_refused(ada):
    make_passkey(ada, "Key")
    browser = showed(signed_in(ada))

    for rubbish in RUBBISH:
        cache.clear()
        answer = browser.post("/accounts/2fa/webauthn/reauthenticate/", {"credential": rubbish})
        assert answer.status_code in (200, 302)


def test_a_passkey_that_is_refused_is_not_called_a_code(ada):
    browser = Client()
    browser.get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"})
    credential = inside(
        clientDataJSON=b"{}", authenticatorData=b"x", signature=b"x", userHandle=b"x"
    )

    answer = browser.post("/accounts/2fa/webauthn/login/", {"credential": credential}, follow=True)

    assert "That passkey didn’t work." in page(answer)
    assert "code isn" not in page(answer)
