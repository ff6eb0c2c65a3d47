"""The network goes, the session ends, the database stops, two tabs meet: every word is there.

Texts are read where they ended up: in the journal, as its owner sees it after a reload.
"""

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from subprocess import Popen

import pytest

from tests.e2e.conftest import PASSWORD, Visit
from tests.e2e.test_every_page import violations
from tests.e2e.test_promises import make
from tests.e2e.watching import Watch
from tests.embedded.running import postmaster, served

UNSAVED = "Not saved yet. Your words are kept in this browser"
ENTRY = re.compile(r"/journal/[0-9a-f-]{36}/")


def begin(ada: Visit, words: str, page=None):
    """A new entry, typed and saved by itself."""
    page = page or ada.page
    page.goto(ada.site + "/journal/write/")
    page.get_by_label("Your entry").press_sequentially(words)
    saved(page)
    return page


def type_on(page, words: str) -> None:
    field = page.get_by_label("Your entry")
    field.press("Control+End")
    field.press_sequentially(words)


def saved(page) -> None:
    page.get_by_text(re.compile(r"^\s*Saved \d\d:\d\d\s*$")).wait_for()
    page.locator("form[data-autosave]:not([data-unsaved])").wait_for()


def entries(ada: Visit) -> list[str]:
    """The text of each entry of the journal, read in a tab of its own."""
    tab = ada.tab()
    tab.goto(ada.site + "/journal/")
    found = []
    for link in tab.locator("li.entry h3 a").evaluate_all("all => all.map(a => a.href)"):
        tab.goto(link)
        found.append(tab.locator("article .own").last.inner_text())
    tab.close()
    return found


def kept_in_browser(page) -> str:
    return page.evaluate("() => JSON.stringify({...localStorage, ...sessionStorage})")


# --- while all is well ------------------------------------------------------------------------


def test_an_entry_is_there_without_any_button(visit):
    ada = visit()
    ada.sign_up()
    page = ada.go("/journal/write/")
    page.get_by_label("Title, optional").fill("A title alone is no entry")
    assert entries(ada) == []

    page.get_by_label("Your entry").press_sequentially("The quote could wait")
    saved(page)

    assert entries(ada) == ["The quote could wait"]
    assert "quote" not in kept_in_browser(page)
    type_on(page, " until Friday")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(ENTRY)
    assert entries(ada) == ["The quote could wait until Friday"]


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
        page.get_by_label("Your entry").press_sequentially("Sent")
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
    page.get_by_text("What was saved last stays").wait_for()

    assert entries(ada) == ["Second thoughts"]


# --- the network ------------------------------------------------------------------------------


def test_the_network_goes_while_typing_and_comes_back(visit):
    ada = visit()
    ada.sign_up()
    page = begin(ada, "Before the tunnel")
    ada.context.set_offline(True)
    type_on(page, ", inside it")
    page.get_by_text(UNSAVED).wait_for()
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
    page.get_by_label("Your entry").press_sequentially("Only once")
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
    page.get_by_label("Your entry").press_sequentially("Typed on the train")
    page.get_by_text(UNSAVED).wait_for()
    page.close()

    page = ada.tab()
    page.goto(ada.site + "/today/")
    page.get_by_role("link", name="Go to them").click()
    page.get_by_role("button", name="Put them back").click()
    saved(page)

    assert page.get_by_label("Your entry").input_value() == "Typed on the train"
    assert entries(ada) == ["Typed on the train"]
    ada.forgive("ERR_FAILED")


# --- two tabs ---------------------------------------------------------------------------------


def test_two_tabs_never_overwrite_each_other(visit):
    ada = visit()
    ada.sign_up()
    first = begin(ada, "The beginning")
    second = ada.tab()
    second.goto(first.url)
    type_on(second, ", from the desk")
    saved(second)
    type_on(first, ", from the phone")
    first.get_by_text("Nothing was overwritten").wait_for()
    assert entries(ada) == ["The beginning, from the desk"]

    first.get_by_role("button", name="Look at both").click()
    assert [text.strip() for text in first.locator("ins").all_inner_texts()] == ["phone", "desk"]
    first.get_by_role("button", name="Save my choice").click()
    first.wait_for_url(ENTRY)

    [text] = entries(ada)
    assert "from the desk" in text
    assert "from the phone" in text
    assert "phone" not in kept_in_browser(first)


# --- the session and the database -------------------------------------------------------------


def test_the_session_ends_while_typing_and_she_signs_in_in_another_tab(visit):
    ada = visit()
    email = ada.sign_up()
    page = begin(ada, "First half")
    ada.context.clear_cookies(name="sessionid")
    type_on(page, ", second half")
    page.get_by_text("You were signed out. Your words are kept").wait_for()
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
    page.get_by_label("Your entry").press_sequentially("The thing I want to remember")
    ada.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("You were signed out, and your words are still here").wait_for()
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
    page.get_by_text(UNSAVED).wait_for()
    ada.context.clear_cookies(name="sessionid")
    eve = ada.tab()
    eve.goto(ada.site + "/accounts/signup/")
    eve.get_by_label("Email").fill("eve-in-the-same-browser@example.org")
    eve.get_by_label("Password", exact=True).fill(PASSWORD)
    eve.get_by_role("button", name="Create account").click()
    eve.wait_for_url("**/welcome/welcome/")
    page.wait_for_url(re.compile(r"/(today|welcome/welcome)/$"))
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
    page.get_by_text(UNSAVED).wait_for()
    page.goto(ada.site + "/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in").wait_for()
    other.wait_for_url(re.compile(r":\d+/(accounts/logout/)?$"))

    for tab in (page, other):
        while tab.url != "about:blank":  # as far back as it goes
            assert "anzibar" not in tab.content()
            assert "anzibar" not in kept_in_browser(tab)
            assert tab.evaluate(
                "async () => [localStorage.length, (await caches.keys()).length]"
            ) == [0, 0]
            if not tab.go_back():
                break
    ada.forgive("ERR_FAILED")


# --- the other forms --------------------------------------------------------------------------


def test_a_step_of_a_practice_is_saved_while_typing(visit):
    ada = visit()
    ada.sign_up()
    page = ada.go("/promises/new/?step=promise")
    page.get_by_role("textbox").first.press_sequentially("Walk after lunch")
    page.reload()  # no row yet, but the words are here
    assert page.get_by_role("textbox").first.input_value() == "Walk after lunch"
    page.get_by_role("button", name="Save and continue").last.click()
    page.get_by_role("heading", name="Which value does it serve?").wait_for()
    page.get_by_role("textbox").last.press_sequentially("Energy for evenings")
    saved(page)
    address = page.url

    again = ada.tab()
    again.goto(address)
    assert again.get_by_role("textbox").last.input_value() == "Energy for evenings"
    page.get_by_role("textbox").last.press_sequentially(", and sleep")
    page.get_by_role("button", name="Save and continue").last.click()
    page.get_by_role("heading", name="How often?").wait_for()
    again.reload()
    assert again.get_by_role("textbox").last.input_value() == "Energy for evenings, and sleep"
    assert "Energy" not in kept_in_browser(page)


def test_a_first_step_that_cannot_be_sent_is_kept_and_saved_by_signing_in(visit):
    ada = visit()
    email = ada.sign_up()
    page = ada.go("/promises/new/?step=promise")
    page.get_by_role("textbox").first.press_sequentially("Walk after lunch")
    ada.context.set_offline(True)
    page.get_by_role("button", name="Save and continue").last.click()
    page.get_by_text("please try once more").wait_for()
    ada.context.set_offline(False)
    ada.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save and continue").last.click()
    page.get_by_text("You were signed out, and your words are still here").wait_for()
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in and save").click()
    page.get_by_role("heading", name="Which value does it serve?").wait_for()

    assert page.locator(".pin .own").inner_text() == "Walk after lunch"
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
    reason.press_sequentially("The evenings are too full")
    page.goto(ada.site + "/today/")
    page.go_back()
    assert reason.input_value() == "The evenings are too full"
    page.get_by_role("button", name="Change the promise").click()
    page.wait_for_url(promise)

    assert "evenings" not in kept_in_browser(page)


def sign_in(page, email: str) -> None:
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today/")


@pytest.fixture
def own_site() -> Iterator[tuple[str, Popen, Path]]:
    """A server whose database a test may stop."""
    with served() as (server, port, data):
        yield f"http://localhost:{port}", server, data


def test_the_database_stops_while_typing_and_comes_back(browser, own_site):
    site, server, data = own_site
    context = browser.new_context(reduced_motion="reduce")
    ada = Visit(context, site, Watch(site))
    ada.sign_up()
    page = begin(ada, "Before")
    server.send_signal(signal.SIGSTOP)  # or it would start the database again at once
    os.kill(postmaster(data), signal.SIGKILL)
    with page.expect_response(lambda answer: answer.status == 503):
        type_on(page, ", during")
    page.get_by_text(UNSAVED).wait_for()
    server.send_signal(signal.SIGCONT)
    type_on(page, ", after")
    saved(page)

    assert entries(ada) == ["Before, during, after"]
    context.close()
