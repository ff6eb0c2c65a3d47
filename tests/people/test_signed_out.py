"""The session ended while someone wrote: signing in on the page with the words saves them."""

import re
from uuid import uuid4

import pytest
from django.conf import settings as configured
from django.test import Client

from tests.factories import PASSWORD, make_entry
from tests.markup import forms_of, parse
from tests.routes.elsewhere import ELSEWHERE

TYPED = "Left the message until the morning again.\n<b>Third time.</b>"
WRITE = "/journal/write/"


def browser() -> Client:
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def form_of(answer, to: str):
    document, errors = parse(answer.content.decode())
    assert errors == []
    return next(form for form in forms_of(document) if form.action == to)


def signed_out_while_writing(ada, address: str = WRITE, **changes):
    """ada's browser after she pressed Save, and the page it shows."""
    ada_browser = browser()
    ada_browser.force_login(ada)
    form = form_of(ada_browser.get(address, follow=True), address)
    del ada_browser.cookies[configured.SESSION_COOKIE_NAME]
    return ada_browser, ada_browser.post(address, {**form.fields, "body": TYPED, **changes})


def sign_in(ada_browser, answer, **fields):
    form = form_of(answer, "/accounts/login/")
    given = {"login": "ada@example.org", "password": PASSWORD, **fields}
    return ada_browser.post(form.action, {**form.fields, **given})


def test_signing_in_saves_what_was_typed(ada):
    ada_browser, answer = signed_out_while_writing(ada, title="Morning")
    assert answer.status_code == 403

    answer = sign_in(ada_browser, answer)
    assert "You’re signed in" in answer.content.decode()
    form = form_of(answer, WRITE)
    answer = ada_browser.post(form.action, form.fields)

    entry = ada.entries.get()
    assert (answer.status_code, answer.url) == (302, f"/journal/{entry.pk}/")
    assert (entry.title, entry.body) == ("Morning", TYPED)


@pytest.mark.parametrize("words", ["Hi", "很累", "I", "7", "2026-11-19"])
def test_words_as_short_as_that_are_words(ada, words):
    ada_browser, answer = signed_out_while_writing(ada, body=words)
    assert answer.status_code == 403

    form = form_of(sign_in(ada_browser, answer), WRITE)
    ada_browser.post(form.action, form.fields)

    assert ada.entries.get().body == words


@pytest.mark.parametrize(
    "tapped",
    [
        {"trust": "5", "do": "visit", "visit": ""},
        {"status": "excused", "excuse": "ill"},
        {f"{uuid4()}-status": "missed"},
    ],
)
def test_a_choice_alone_is_nothing_that_anyone_typed(ada, tapped):
    answer = browser().post("/today/check/", tapped)

    assert answer.status_code == 403  # without a token; signed out it would lead to signing in
    assert "What you typed" not in answer.content.decode()


def test_a_change_of_an_entry_is_saved_too(ada):
    entry = make_entry(ada, "As it was")
    ada_browser, answer = signed_out_while_writing(ada, f"/journal/{entry.pk}/edit/")

    answer = sign_in(ada_browser, answer)
    form = form_of(answer, f"/journal/{entry.pk}/edit/")
    ada_browser.post(form.action, form.fields)

    entry.refresh_from_db()
    assert (entry.body, entry.version) == (TYPED, 2)


def test_a_wrong_password_loses_nothing(ada):
    ada_browser, answer = signed_out_while_writing(ada)

    answer = sign_in(ada_browser, answer, password="not this one")

    assert answer.status_code == 200
    assert "Email or password is wrong" in answer.content.decode()
    answer = sign_in(ada_browser, answer)
    form = form_of(answer, WRITE)
    ada_browser.post(form.action, form.fields)
    assert ada.entries.get().body == TYPED


def test_words_changed_on_the_page_are_the_ones_that_are_saved(ada):
    ada_browser, answer = signed_out_while_writing(ada)

    answer = sign_in(ada_browser, answer, **{"held-body": "Said better"})

    assert form_of(answer, WRITE).fields["body"] == "Said better"


def test_where_signing_in_takes_another_step_the_words_wait(ada, monkeypatch):
    from allauth.account.adapter import get_adapter
    from django.http import HttpResponseRedirect

    def another_step(self, request, user, **_more):
        return HttpResponseRedirect("/accounts/2fa/authenticate/")

    monkeypatch.setattr(type(get_adapter()), "pre_login", another_step)
    ada_browser, answer = signed_out_while_writing(ada)

    answer = sign_in(ada_browser, answer)

    page = answer.content.decode()
    assert "One more step to sign in" in page
    assert 'href="/accounts/2fa/authenticate/"' in page
    assert "data-send-on" not in page
    assert form_of(answer, WRITE).fields["body"] == TYPED


def test_nothing_goes_by_way_of_the_session(ada):
    ada_browser, answer = signed_out_while_writing(ada)
    assert configured.SESSION_COOKIE_NAME not in ada_browser.cookies
    sign_in(ada_browser, answer)

    kept = str(dict(ada_browser.session.items()))
    assert "morning" not in kept
    assert WRITE not in kept


def test_too_many_tries_give_the_words_back(ada):
    ada_browser, answer = signed_out_while_writing(ada)
    for _try in range(12):
        last = sign_in(ada_browser, answer, password="not this one")

    assert "Third time" in last.content.decode()


def test_words_are_sent_nowhere_else(ada):
    ada_browser, answer = signed_out_while_writing(ada)
    held = {**form_of(answer, "/accounts/login/").fields, "held-body": TYPED}
    ada_browser.force_login(ada)

    for address in (*ELSEWHERE, "/accounts/logout/"):
        answer = ada_browser.post("/accounts/login/", {**held, "held-to": address})
        assert (answer.status_code, answer.url) == (302, "/today/"), repr(address)
    answer = ada_browser.post("/accounts/login/", held)
    assert form_of(answer, WRITE).fields["body"] == TYPED


# --- an old token, and a database that is away -------------------------------------------------


def test_a_token_from_before_signing_in_again_costs_one_more_press(ada):
    """Without JavaScript, after signing in in another tab."""
    ada_browser = browser()
    ada_browser.force_login(ada)
    form = form_of(ada_browser.get(WRITE, follow=True), WRITE)
    ada_browser.force_login(ada)  # rotates it, and the page in the first tab is out of date
    ada_browser.cookies[configured.CSRF_COOKIE_NAME] = "n" * 32
    here = {"origin": "http://testserver"}

    answer = ada_browser.post(WRITE, {**form.fields, "body": TYPED}, headers=here)
    assert answer.status_code == 403
    again = form_of(answer, WRITE)
    ada_browser.post(again.action, again.fields, headers=here)

    assert ada.entries.get().body == TYPED
    assert str(ada.entries.get().pk) == form.fields["id"]


def test_another_site_cannot_have_its_words_sent_again(ada):
    eve_site = browser()
    eve_site.force_login(ada)

    for headers in ({"origin": "https://evil.example"}, {"origin": "null"}, {}):
        answer = eve_site.post(WRITE, {"body": "Not hers"}, headers=headers)
        document, _errors = parse(answer.content.decode())
        assert answer.status_code == 403
        assert forms_of(document) == []


def test_a_form_is_remembered_as_gone_through(ada):
    ada_browser = Client()
    ada_browser.force_login(ada)
    written = {"body": "Words", "written_on": "2026-11-19"}

    taken = ada_browser.post(WRITE, {**written, "kept": "abc-1x"})
    assert taken.cookies["kept"].value == "abc-1x"
    for kept, more in (("abc", {"body": ""}), ("a b; c=d", {}), ("", {})):
        answer = ada_browser.post(WRITE, {**written, "kept": kept, **more})
        assert "kept" not in answer.cookies
    assert not re.search("kept", str(ada_browser.get("/journal/").cookies))
