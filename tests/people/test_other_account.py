"""Words typed on one person's page never end in the journal of who signs in on it."""

import pytest
from django.conf import settings as configured
from django.urls import reverse

from journal.privacy.form_account import account_hash
from tests.conftest import signed_in
from tests.factories import PASSWORD, make_entry
from tests.markup import forms_of, parse
from tests.page import compact
from tests.people.test_signed_out import (
    TYPED,
    WRITE,
    browser,
    form_of,
    sign_in,
    signed_out_while_writing,
)


def sign_in_as_eve(ada_browser, answer):
    return sign_in(ada_browser, answer, login="eve@example.org")


def press_every_button(browser_, answer):
    """What a person could do on this page, and on the ones it leads to."""
    document, errors = parse(answer.content.decode())
    assert errors == []
    forms = [form for form in forms_of(document) if form.action != reverse("people:language")]
    return [browser_.post(form.action, form.fields) for form in forms]


def test_eve_who_signs_in_on_adas_page_gets_the_words_to_look_at(ada, eve):
    ada_browser, answer = signed_out_while_writing(ada, title="Morning")

    answer = sign_in_as_eve(ada_browser, answer)

    page = answer.content.decode()
    assert "Nothing was saved" in page
    assert "Left the message until the morning again." in page
    assert "data-send-on" not in page
    for opened in press_every_button(ada_browser, answer):
        assert opened.status_code == 200
        assert form_of(opened, WRITE).fields["body"] == f"{TYPED}\n\nMorning"
    assert (ada.entries.count(), eve.entries.count()) == (0, 0)


@pytest.mark.parametrize("account", ["", "0" * 64, "é"])
def test_words_of_no_known_account_are_only_shown(ada, account):
    """The page was forged, or rendered before the secret key changed."""
    ada_browser, answer = signed_out_while_writing(ada, account=account)

    answer = sign_in(ada_browser, answer)

    assert "Nothing was saved" in answer.content.decode()
    press_every_button(ada_browser, answer)
    assert ada.entries.count() == 0


def test_adas_open_page_saves_nothing_for_eve_who_is_signed_in_now(ada, eve):
    """In another tab of the same browser. The token is of the old session too, so that one more
    press would have sent it."""
    tab = browser()
    tab.force_login(ada)
    form = form_of(tab.get(WRITE, follow=True), WRITE)
    tab.force_login(eve)
    here = {"origin": "http://testserver"}
    for token in (
        form.fields["csrfmiddlewaretoken"],
        tab.get(WRITE, follow=True).cookies[CSRF].value,
    ):
        given = {**form.fields, "body": TYPED, "csrfmiddlewaretoken": token}
        answer = tab.post(WRITE, given, headers=here)
        assert answer.status_code == 403
        for again in press_every_button(tab, answer):
            assert again.status_code in (200, 403)
    assert eve.entries.count() == 0


CSRF = configured.CSRF_COOKIE_NAME


@pytest.mark.parametrize("address", ["/today/check/", "/lessons/new/", "/settings/"])
def test_no_form_of_another_account_has_an_effect(ada, eve, address):
    answer = signed_in(eve).post(address, {"account": account_hash(ada), "trust": "5"})

    assert answer.status_code == 403
    assert "Nothing was saved" in compact(answer)


def test_autosave_of_another_account_is_refused(ada, eve):
    entry = make_entry(eve)
    given = {"account": account_hash(ada), "body": TYPED, "version": "1"}

    answer = signed_in(eve).post(f"/journal/{entry.pk}/autosave/", given)

    entry.refresh_from_db()
    assert (answer.status_code, entry.version) == (403, 1)


def test_a_locked_page_that_another_account_opens_keeps_the_words_out(ada, eve):
    tab = browser()
    tab.force_login(eve)
    held = {"held-to": WRITE, "held-body": TYPED, "held-account": account_hash(ada)}
    token = tab.get(WRITE, follow=True).cookies[CSRF].value
    given = {**held, "password": PASSWORD, "csrfmiddlewaretoken": token}

    answer = tab.post("/accounts/reauthenticate/", given)

    assert "Nothing was saved" in answer.content.decode()


def test_each_form_names_its_account_and_no_page_of_nobody_does(ada, eve):
    page = signed_in(ada).get(WRITE, follow=True).content.decode()

    assert page.count("csrfmiddlewaretoken") == page.count(
        f'name="account" value="{account_hash(ada)}"'
    )
    assert account_hash(ada) != account_hash(eve)
    assert 'name="account"' not in browser().get("/accounts/login/").content.decode()
