"""The session ends while someone types: nothing is lost, and nobody else gets any of it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import violations
from tests.e2e.typing import (
    ENTRY,
    UNSAVED,
    begin,
    entries,
    hurry,
    kept_in_browser,
    saved,
    sign_in,
    type_on,
)
from tests.factories import PASSWORD

pytestmark = pytest.mark.service_worker


def test_the_session_ends_while_typing_and_she_signs_in_in_another_tab(visit):
    ada = visit()
    email = ada.sign_up()
    page = begin(ada, "First half")
    ada.context.clear_cookies(name="sessionid")
    type_on(page, ", second half")
    hurry(page)
    page.get_by_text("You’ve been signed out. Your words are kept").wait_for()
    with ada.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in, in a new tab").click()
    sign_in(opened.value, email)
    opened.value.close()
    page.bring_to_front()
    type_on(page, ".")
    saved(page)

    assert entries(ada) == ["First half, second half."]
    ada.forgive("403")


def test_pressing_save_after_the_session_ended_saves_with_the_sign_in(visit):
    ada = visit()
    email = ada.sign_up()
    page = ada.go("/journal/write/")
    page.get_by_label("Your entry").fill("The thing I want to remember")
    ada.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("You’ve been signed out, but your words are still here").wait_for()
    assert violations(page) == []
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in and save").click()
    page.wait_for_url(ENTRY)

    assert entries(ada) == ["The thing I want to remember"]
    assert "remember" not in kept_in_browser(page)
    ada.forgive("403")


def test_another_person_in_the_same_browser_gets_none_of_it(visit):
    """ada's session is over, and eve signs in while ada's unsaved words are still in her tab."""
    ada = visit()
    ada.sign_up()
    page = begin(ada, "Hers")
    page.route("**/autosave/", lambda route: route.abort())
    type_on(page, ", unsaved zanzibar")
    hurry(page)
    page.get_by_text(UNSAVED).wait_for()
    ada.context.clear_cookies(name="sessionid")
    eve = ada.tab()
    eve.goto(ada.site + "/accounts/signup/")
    eve.get_by_label("Email").fill("eve-in-the-same-browser@example.org")
    eve.get_by_label("Password", exact=True).fill(PASSWORD)
    eve.get_by_role("button", name="Create account").click()
    eve.wait_for_url("**/welcome/**")
    expect(page).to_have_url(re.compile(r"/(today|welcome)/"))  # by itself, more than once
    page.get_by_role("heading", level=1).wait_for()

    assert "zanzibar" not in kept_in_browser(eve) + page.content()
    assert entries(ada) == []  # what is eve's now, and nothing of ada's is in it
    ada.forgive("ERR_FAILED")


def test_after_signing_out_no_word_is_anywhere_in_the_browser(visit):
    ada = visit()
    ada.sign_up()
    other = begin(ada, "Zanzibar in the other tab", ada.tab())
    page = begin(ada, "Zanzibar")
    page.route("**/autosave/", lambda route: route.abort())
    type_on(page, ", not saved zanzibar")
    hurry(page)
    page.get_by_text(UNSAVED).wait_for()
    page.goto(ada.site + "/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in").wait_for()
    expect(other).to_have_url(re.compile(r":\d+/(accounts/logout/)?$"))

    for tab in (page, other):
        while tab.url != "about:blank":  # as far back as it goes
            assert "anzibar" not in tab.content()
            assert "anzibar" not in kept_in_browser(tab)
            assert tab.evaluate("() => localStorage.length") == 0
            if not tab.go_back():
                break
    ada.forgive("ERR_FAILED")
