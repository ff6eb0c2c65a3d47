"""Searching as a person does it: the results follow the typing and never hold it up."""

from tests.browser import PHONE


def test_results_follow_the_typing(visit):
    ada = visit(viewport=PHONE)
    ada.sign_up()
    ada.write("The café closed at noon")
    ada.write("Nothing of the kind")
    page = ada.go("/search/")
    field, said = page.get_by_label("Words you remember"), page.locator("#found")

    field.press_sequentially("CAFE")
    page.locator("#results mark").first.wait_for()
    assert page.locator("#results mark").all_inner_texts() == ["café", "café"]  # heading, excerpt
    assert said.inner_text() == "Results for “CAFE”"
    field.press_sequentially("s")
    page.get_by_text("Nothing found for “CAFEs”").wait_for()
    field.press("Enter")
    field.press("Backspace")
    page.locator("#results mark").first.wait_for()

    assert page.url == f"{ada.site}/search/"


def test_a_slow_answer_holds_up_no_letter_and_the_last_words_count(visit):
    ada = visit()
    ada.sign_up()
    ada.write("The quote could wait until Friday")
    page = ada.go("/search/")
    held = []
    page.route("**/search/", lambda route: held.append(route), times=1)
    field = page.get_by_label("Words you remember")

    with page.expect_request("**/search/"):
        field.press_sequentially("quo")
    field.press_sequentially("te could")
    field.press("Enter")
    assert field.input_value() == "quote could"
    assert page.locator("#found").inner_text() == ""
    held[0].continue_()
    page.get_by_text("Results for “quote could”").wait_for()

    assert page.locator("#results mark").all_inner_texts()[-2:] == ["quote", "could"]
