"""Searching as a person does it: the results follow the typing and never hold it up."""

import re

from tests.browser import PHONE


def test_results_follow_the_typing(visit):
    ada = visit(viewport=PHONE)
    ada.sign_up()
    ada.has_written("The café closed at noon")
    ada.has_written("Nothing of the kind")
    page = ada.go("/search/")
    field, said = page.get_by_label("Words you remember"), page.locator("#found")

    field.press_sequentially("CAFE")
    page.locator("#results mark").first.wait_for()
    assert page.locator("#results mark").all_inner_texts() == ["café"]
    assert said.inner_text() == "1 found for “CAFE”"
    field.press_sequentially("s")
    page.get_by_text("Nothing found for “CAFEs”").wait_for()
    address = page.url
    assert re.fullmatch(rf"{ada.site}/search/[\w-]+/", address)
    field.press("Backspace")
    page.locator("#results mark").first.wait_for()
    assert page.url == address

    field.press("Enter")
    page.locator("#results a").first.click()
    page.get_by_role("heading", level=1).wait_for()
    page.go_back()
    assert page.locator("#results mark").all_inner_texts() == ["café"]
    assert field.input_value() == "CAFE"
    assert "cafe" not in page.url.lower()


def test_without_javascript_results_stay_on_back_and_on_reload(visit):
    ada = visit(java_script_enabled=False)
    ada.sign_up()
    ada.has_written("The café closed at noon")
    page = ada.go("/search/")
    page.get_by_label("Words you remember").fill("cafe")
    page.locator("main").get_by_role("button", name="Search").click()

    page.get_by_role("link", name="Entries 1").click()
    page.locator("#results .link, #results h3 a").first.click()
    page.go_back()
    page.reload()
    assert page.locator("#results mark").all_inner_texts() == ["café"]
    assert page.get_by_role("link", name="Entries 1").get_attribute("aria-current") == "true"


def test_a_slow_answer_holds_up_no_letter_and_the_last_words_count(visit):
    ada = visit()
    ada.sign_up()
    ada.has_written("The quote could wait until Friday")
    page = ada.go("/search/")
    held = []
    page.route("**/search/", lambda route: held.append(route), times=1)
    field = page.get_by_label("Words you remember")

    with page.expect_request("**/search/"):
        field.press_sequentially("quo")
    field.press_sequentially("te could")
    assert field.input_value() == "quote could"
    assert page.locator("#found").inner_text() == ""
    held[0].continue_()
    page.get_by_text("found for “quote could”").wait_for()

    assert page.locator("#results mark").all_inner_texts()[-2:] == ["quote", "could"]
