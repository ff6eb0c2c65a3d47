"""A stranger signs up, writes, and finds it again; afterwards the browser knows nothing of it."""

import re

import pytest

from tests.browser import PHONE
from tests.e2e.keyboard import reach
from tests.factories import PASSWORD

# A row of a list has its name in bold, and says more about it below.
FIRST_LINE_OF_FOCUS = "() => document.activeElement.innerText.trim().split('\\n')[0]"


def test_sign_up_write_reload_and_find(visit):
    ada = visit(viewport=PHONE)
    ada.sign_up()

    page = ada.write("The *quote* could wait until Friday", title="After the call")
    page.reload()

    assert page.locator("h1").inner_text() == "After the call"
    assert page.locator("article em").inner_text() == "quote"
    page = ada.go("/journal/")
    page.get_by_role("link", name="Search").click()
    page.get_by_label("Words you remember").fill("FRIDAY")
    page.keyboard.press("Enter")
    assert page.locator("#results mark").first.inner_text() == "Friday"
    assert "Friday" not in page.url


@pytest.mark.service_worker
def test_after_sign_out_the_browser_shows_and_keeps_nothing(visit):
    ada = visit()
    ada.sign_up()
    page = ada.write("Zanzibar at dusk")
    ada.go("/journal/")
    page.locator(".account-menu > summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in").wait_for()

    behind: list[str] = []
    for _step in range(10):
        page.go_back()
        if page.url == "about:blank":
            break
        behind.append(page.url)
        assert "Zanzibar" not in page.content()
    assert len(behind) >= 2  # at least the entry, and the page it was written on
    ada.go("/")
    kept = page.evaluate(
        "async () => JSON.stringify([{...localStorage}, {...sessionStorage}, await caches.keys()])"
    )
    assert "anzibar" not in kept
    assert kept.startswith("[{},")


def test_a_double_click_makes_one_entry(visit):
    ada = visit()
    ada.sign_up()
    page = ada.go("/journal/write/")
    page.get_by_label("Your entry").fill("Only once")
    page.get_by_role("button", name="Save").dblclick()
    page.get_by_role("link", name="Edit", exact=True).wait_for()

    page = ada.go("/journal/")
    assert page.locator("li.entry").count() == 1


def test_by_keyboard_alone(visit):
    """From the landing page to a saved entry, and one can always see where one is."""
    someone = visit()
    email = someone.sign_up()
    ada = visit()
    page = ada.go("/")

    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to content"
    page.keyboard.press("Enter")
    assert page.locator(":focus").get_attribute("id") == "main"
    reach(page, "Email")
    page.keyboard.type(email)
    reach(page, "Password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/today/")
    reach(page, "Write a few lines", FIRST_LINE_OF_FOCUS)
    page.keyboard.press("Enter")
    page.wait_for_url("**/journal/write/?id=*")
    reach(page, "Your entry")
    page.keyboard.type("Typed without a mouse")
    reach(page, "Save")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Edit", exact=True).wait_for()
    assert "Typed without a mouse" in page.content()


def test_the_whole_flow_without_javascript(visit):
    ada = visit(viewport=PHONE, java_script_enabled=False)
    ada.sign_up()
    page = ada.write("Plain as paper")
    address = page.url

    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Your entry").fill("Plain as paper, and a second line")
    page.get_by_role("button", name="Save").click()
    assert "second line" in page.locator("article").inner_text()

    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Move to bin").click()
    page.get_by_role("button", name="Undo").click()
    assert page.url == address

    page = ada.go("/search/")
    page.get_by_label("Words you remember").fill("paper")
    page.locator("main").get_by_role("button", name="Search").click()
    assert page.locator("mark").first.inner_text() == "paper"


def test_two_tabs_meet_and_both_texts_stay(visit):
    ada = visit()
    ada.sign_up()
    first = ada.write("The beginning")
    second = ada.tab()
    second.goto(first.url + "edit/")
    first.get_by_role("link", name="Edit", exact=True).click()
    first.get_by_label("Your entry").fill("The beginning, from the phone")
    first.get_by_role("button", name="Save").click()
    first.get_by_role("link", name="Edit", exact=True).wait_for()

    second.get_by_label("Your entry").fill("The beginning, from the desk")
    second.get_by_role("button", name="Save").click()
    second.get_by_role("radio", name="Keep both, one after the other").wait_for()
    assert second.get_by_role("radio", name="Keep both, one after the other").is_checked()
    second.get_by_role("button", name="Save").click()
    second.get_by_role("link", name="Edit", exact=True).wait_for()

    text = second.locator("article").inner_text()
    assert "from the phone" in text
    assert "from the desk" in text


def test_the_chosen_look_is_there_at_once(visit):
    ada = visit()
    ada.sign_up()
    page = ada.go("/settings/")
    page.get_by_label("Dark").check()
    page.get_by_role("button", name=re.compile("Save.*Appearance")).click()
    page.get_by_text("Saved ").wait_for()

    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert ada.go("/journal/write/").locator("html").get_attribute("data-theme") == "dark"


def test_the_browser_says_in_which_zone_it_is(visit):
    ada = visit()
    ada.sign_up()
    assert (
        ada.go("/settings/").get_by_label("Time zone", exact=True).input_value() == "Europe/Berlin"
    )


def test_how_many_words_there_are_is_said_while_one_writes(visit):
    ada = visit(viewport=PHONE)
    ada.sign_up()
    page = ada.go("/journal/write/")
    count = page.locator("[data-words-in]")
    assert count.inner_text() == "0 words"

    page.get_by_label("Your entry").press_sequentially("It’s")
    assert count.inner_text() == "1 word"
    page.get_by_label("Your entry").fill("It’s well-known: — " + "niño 東京 " * 600)
    assert count.inner_text() == "1,202 words"


def test_a_printed_entry_is_only_the_entry(visit):
    ada = visit()
    ada.sign_up()
    page = ada.write("On paper.", title="Printed")
    page.emulate_media(media="print")

    assert page.get_by_text("On paper.").is_visible()
    for left_out in (".site-top", ".site-nav", ".skip", ".no-print"):
        assert not [one for one in page.locator(left_out).all() if one.is_visible()], left_out
