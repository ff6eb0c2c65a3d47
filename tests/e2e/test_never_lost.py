"""The network goes, the database stops, two tabs meet: every word is there.

Texts are read where they ended up: in the journal, as its owner sees it after a reload.
"""

import os
import signal

import pytest

from tests.e2e.steps import answer_steps, field, go_on
from tests.e2e.test_promises import make
from tests.e2e.typing import (
    ENTRY,
    UNSAVED,
    begin,
    entries,
    hurry,
    kept_in_browser,
    let_copies_age,
    saved,
    type_on,
)
from tests.embedded.conftest import until
from tests.embedded.running import postmaster
from tests.factories import PASSWORD


@pytest.mark.service_worker
def test_an_entry_is_there_without_any_button(visit):
    ada = visit()
    ada.sign_up()
    page = ada.go("/journal/write/")
    page.get_by_label("Title (optional)").fill("A title alone is no entry")
    assert entries(ada) == []

    type_on(page, "The quote could wait")
    saved(page, by_itself=True)

    assert entries(ada) == ["The quote could wait"]
    assert "quote could" not in kept_in_browser(page)
    type_on(page, " until Friday")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(ENTRY)
    assert entries(ada) == ["The quote could wait until Friday"]


@pytest.mark.service_worker
def test_a_reload_at_any_moment_loses_no_word(visit):
    ada = visit()
    ada.sign_up()
    page = ada.go("/journal/write/")
    text = ""
    for words in ("One ", "and two ", "and three "):  # in the pause, and before anything is saved
        type_on(page, words)
        text += words
        page.reload()
        assert page.get_by_label("Your entry").input_value() == text
    saved(page)

    assert entries(ada) == [text.strip()]


def test_pressing_save_while_it_saves_meets_nobody(visit):
    """The answer to the autosave is held back until the button is pressed twice."""
    ada = visit()
    ada.sign_up()
    page = ada.go("/journal/write/")
    held = []
    page.route("**/autosave/", lambda route: held.append(route), times=1)
    with page.expect_request("**/autosave/"):
        type_on(page, "Sent")
        hurry(page)
    type_on(page, ", and more")
    page.get_by_role("button", name="Save").dblclick()
    held[0].continue_()
    page.wait_for_url(ENTRY)

    assert entries(ada) == ["Sent, and more"]


def test_everything_deleted_leaves_what_was_saved_last(visit):
    ada = visit()
    ada.sign_up()
    page = begin(ada, "Second thoughts")
    page.get_by_label("Your entry").fill("")
    hurry(page)
    page.get_by_text("Your last saved version stays").wait_for()

    assert entries(ada) == ["Second thoughts"]


@pytest.mark.service_worker
def test_the_network_goes_while_typing_and_comes_back(visit):
    ada = visit()
    ada.sign_up()
    page = begin(ada, "Before the tunnel")
    ada.context.set_offline(True)
    type_on(page, ", inside it")
    hurry(page)
    page.get_by_text(UNSAVED).wait_for()
    copy = page.get_by_role("button", name="Copy your text")
    page.evaluate("() => navigator.clipboard.writeText = async () => { throw Error(); }")
    copy.click()
    assert page.evaluate("() => getSelection().toString()") == "Before the tunnel, inside it"
    page.evaluate("() => navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    copy.click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("copied") == "Before the tunnel, inside it"
    page.get_by_role("button", name="Save").click()  # stays here: the browser has no page to show
    page.get_by_text(UNSAVED).wait_for()
    ada.context.set_offline(False)
    type_on(page, ", and after")
    saved(page)

    assert entries(ada) == ["Before the tunnel, inside it, and after"]
    ada.forgive("ERR_INTERNET_DISCONNECTED")


def test_an_answer_that_is_lost_doubles_nothing_and_is_no_conflict(visit):
    ada = visit()
    ada.sign_up()
    page = ada.go("/journal/write/")
    lost = []

    def lose(route):
        if len(lost) < 2:
            lost.append(route.fetch())  # it arrives, and its answer does not
            return route.abort()
        return route.continue_()

    page.route("**/autosave/", lose)
    type_on(page, "Only once")
    for _time in range(2):
        with page.expect_event("requestfailed"):
            hurry(page)
        page.get_by_text(UNSAVED).wait_for()
    type_on(page, ", all of it")
    saved(page)

    assert [answer.status for answer in lost] == [200, 200]
    assert entries(ada) == ["Only once, all of it"]
    ada.forgive("ERR_FAILED")


def test_a_closed_tab_leaves_its_words_for_the_next_one(visit):
    ada = visit()
    ada.sign_up()
    page = ada.go("/journal/write/")
    page.route("**/autosave/", lambda route: route.abort())
    type_on(page, "Typed on the train")
    hurry(page)
    page.get_by_text(UNSAVED).wait_for()
    let_copies_age(page)
    page.close()

    page = ada.tab()
    page.goto(ada.site + "/today/")
    page.get_by_role("link", name="Show them").click()
    page.get_by_role("button", name="Put them back").click()
    saved(page)

    assert page.get_by_label("Your entry").input_value() == "Typed on the train"
    assert entries(ada) == ["Typed on the train"]
    ada.forgive("ERR_FAILED")


def test_two_tabs_never_overwrite_each_other(visit):
    ada = visit()
    ada.sign_up()
    first = begin(ada, "The beginning")
    second = ada.tab()
    second.goto(first.url)
    type_on(second, ", from the desk")
    saved(second)
    type_on(first, ", from the phone")
    hurry(first)
    first.get_by_text("Nothing was overwritten").wait_for()
    assert entries(ada) == ["The beginning, from the desk"]

    first.get_by_role("button", name="Compare both").click()
    assert [text.strip() for text in first.locator("ins").all_inner_texts()] == ["phone", "desk"]
    first.get_by_role("button", name="Save").click()
    first.wait_for_url(ENTRY)

    [text] = entries(ada)
    assert "from the desk" in text
    assert "from the phone" in text
    assert "from the phone" not in kept_in_browser(first)


@pytest.mark.service_worker
def test_a_step_of_a_practice_is_saved_while_typing(visit):
    ada = visit()
    ada.sign_up()
    page = ada.go("/promises/new/?step=promise")
    page.get_by_role("textbox").first.fill("Walk after lunch")
    page.reload()  # no row yet, but the words are here
    assert page.get_by_role("textbox").first.input_value() == "Walk after lunch"
    answer_steps(page, {}, until="why")
    field(page, "why").fill("Energy for evenings")
    saved(page)
    address = page.url

    again = ada.tab()
    again.goto(address)
    assert field(again, "why").input_value() == "Energy for evenings"
    field(page, "why").fill("Energy for evenings, and sleep")
    go_on(page)
    field(page, "why").wait_for(state="detached")
    again.reload()
    assert field(again, "why").input_value() == "Energy for evenings, and sleep"
    assert "Energy" not in kept_in_browser(page)


@pytest.mark.service_worker
def test_a_first_step_that_cannot_be_sent_is_kept_and_saved_by_signing_in(visit):
    ada = visit()
    email = ada.sign_up()
    page = ada.go("/promises/new/?step=promise")
    page.get_by_role("textbox").first.fill("Walk after lunch")
    ada.context.set_offline(True)
    page.get_by_role("button", name="Continue", exact=True).last.click()
    page.get_by_text("Please try again when the connection is back").wait_for()
    ada.context.set_offline(False)
    ada.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Continue", exact=True).last.click()
    page.get_by_text("You’ve been signed out, but your words are still here").wait_for()
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in and save").click()
    page.wait_for_url("**/promises/*/step/**")

    assert page.locator(".pinned .own-words").inner_text() == "Walk after lunch"
    assert "lunch" not in kept_in_browser(page)
    ada.forgive("403")
    ada.forgive("ERR_INTERNET_DISCONNECTED")
    ada.forgive("htmx:")


def test_a_note_is_kept_until_it_went_through(visit):
    ada = visit()
    ada.sign_up()
    page = ada.page
    make(page, ada.site)
    promise = page.url.split("?")[0]
    page.goto(promise + "renegotiate/")
    reason = page.get_by_label("What changed?")
    reason.fill("The evenings are too full")
    page.goto(ada.site + "/today/")
    page.go_back()
    assert reason.input_value() == "The evenings are too full"
    page.get_by_role("button", name="Change the promise").click()
    page.wait_for_url(promise)

    assert "evenings" not in kept_in_browser(page)


def test_the_database_stops_while_typing_and_comes_back(visit, server):
    ada = visit()
    ada.sign_up()
    page = begin(ada, "Before")
    stopped = postmaster(server.data)
    server.process.send_signal(signal.SIGSTOP)  # or it would start the database again at once
    try:
        os.kill(stopped, signal.SIGKILL)
        type_on(page, ", during")
        with page.expect_response(lambda answer: answer.status == 503):
            hurry(page)
        page.get_by_text(UNSAVED).wait_for()
    finally:
        server.process.send_signal(signal.SIGCONT)
    until(lambda: ada.context.request.get(f"{ada.site}/readyz").ok)
    type_on(page, ", after")
    saved(page)

    assert entries(ada) == ["Before, during, after"]
    ada.forgive("503")
