"""A mistake is looked at step by step: with and without JavaScript, on two devices, half-way."""

from playwright.sync_api import expect

from tests.browser import PHONE
from tests.e2e.steps import answer_steps, field, fill, go_on, open_step, question

ANSWERS = {
    "expected": "To call",
    "what_happened": "Forgot the call\nuntil nine",
    "intensity_before": "6",
    "conditions": "Long shift",
    "my_part": "Relied on memory",
    "not_mine": "The changed time",
    "repair": "Apologise",
    "if_situation": "I promise a call",
    "then_action": "set an alarm",
    "areas": "family",
}


def test_from_what_happened_to_at_rest(visit):
    ada = visit(viewport=PHONE)
    ada.sign_up()
    page = ada.page
    page.goto(f"{ada.site}/mistakes/new/")
    answer_steps(page, ANSWERS)
    expect(field(page, "title")).to_have_value("Forgot the call")
    page.get_by_role("button", name="Finish").click()
    question(page, "Forgot the call")

    expect(page.get_by_label("The lesson").get_by_role("definition")).to_have_text(
        ["I promise a call", "set an alarm"]
    )
    page.get_by_role("button", name="Mark done").click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Mark done").wait_for()
    page.get_by_role("link", name="Close mistake").click()
    page.get_by_role("radio", name="2", exact=True).check()
    page.get_by_role("button", name="Close mistake").click()
    page.get_by_text("6 before, 2 after.").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("link", name="Close mistake").wait_for()
    page.get_by_role("link", name="Write about it").click()
    expect(page.get_by_role("radio", name="Mistakes")).to_be_checked()
    ada.go("/lessons/").get_by_text("set an alarm").first.wait_for()


def test_something_heavy_waits_for_a_second_continue(visit):
    ada = visit()
    ada.sign_up()
    page = ada.page
    open_step(page, f"{ada.site}/mistakes/new/", ANSWERS, until="intensity_before")

    fill(page, "intensity_before", "9")
    go_on(page)
    page.get_by_role("heading", name="That’s a lot to carry").wait_for()
    go_on(page)
    field(page, "intensity_before").first.wait_for(state="detached")
