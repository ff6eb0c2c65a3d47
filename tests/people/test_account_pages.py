"""Every account page is one of ours, and the ones that make no sense here are not there."""

import re

import pytest

from tests.people.second_steps import sure


def page(answer) -> str:
    return answer.content.decode()


PAGES = {
    "/accounts/login/": "Sign in",
    "/accounts/signup/": "Create an account",
    "/accounts/password/reset/": "Choose a new password",
    "/accounts/password/reset/done/": "The link is on its way",
    "/accounts/password/reset/key/done/": "Your password has been changed",
    "/accounts/confirm-email/": "Check your email",
    "/accounts/login/code/": "Sign in with a code",
    "/accounts/inactive/": "This account has been switched off",
}
OWN_PAGES = {
    "/accounts/logout/": "Sign out?",
    "/accounts/2fa/webauthn/": "Passkeys",
    "/accounts/email/": "Email address",
    "/accounts/reauthenticate/": "Is it you?",
    "/accounts/sessions/": "Where you are signed in",
    "/accounts/operator/": "Run this server",
}


@pytest.mark.parametrize(("address", "heading"), PAGES.items())
def test_pages_before_signing_in_are_ours(client, db, address, heading):
    looks_like_ours(client.get(address), heading)


@pytest.mark.parametrize(("address", "heading"), OWN_PAGES.items())
def test_pages_after_signing_in_are_ours(ada_client, address, heading):
    looks_like_ours(ada_client.get(address), heading)


SURE_PAGES = {
    "/accounts/password/change/": "Change password",
    "/accounts/2fa/": "Security",
    "/accounts/2fa/totp/activate/": "Set up your authenticator app",
    "/accounts/2fa/webauthn/add/": "Add a passkey",
    "/accounts/2fa/recovery-codes/generate/": "New recovery codes",
}


@pytest.mark.parametrize(("address", "heading"), SURE_PAGES.items())
def test_pages_that_ask_who_it_is_are_ours(ada_client, address, heading):
    asked = ada_client.get(address)
    looks_like_ours(ada_client.get(asked.url), "Is it you?")
    looks_like_ours(sure(ada_client).get(address), heading)


def looks_like_ours(answer, heading: str) -> None:
    html = page(answer)
    assert answer.status_code == 200
    assert re.findall("<h1>(.*?)</h1>", html) == [heading]
    main = html.partition("<main")[2].partition("</main>")[0]
    assert len(re.findall(r'class="btn"', main)) <= 1
    assert 'href="/static/css/' in html
    assert "style=" not in html
    assert "placeholder=" not in main


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/signup/passkey/",
        "/accounts/phone/change/",
        "/accounts/phone/verify/",
        "/accounts/3rdparty/",
        "/accounts/social/connections/",
    ],
)
def test_ways_in_that_make_no_sense_here_are_not_there(client, db, address):
    assert client.get(address).status_code == 404


def test_a_json_question_gets_a_page_like_everyone_else(ada, client):
    answer = client.get("/accounts/login/", headers={"accept": "application/json"})

    assert answer["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.django_db
def test_search_engines_may_list_the_landing_page_alone(client):
    assert "noindex" not in client.get("/").content.decode()
    for address in ("/accounts/login/", "/accounts/signup/", "/support/"):
        assert '<meta name="robots" content="noindex">' in client.get(address).content.decode()
