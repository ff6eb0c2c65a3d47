"""A boundary is set step by step: with and without JavaScript, by keyboard, on two devices."""

from playwright.sync_api import expect

from tests.browser import PHONE
from tests.e2e.keyboard import reach
from tests.e2e.steps import (
    answer_by_key,
    field,
    fill,
    go_on,
    open_step,
    question,
    wait_for_step,
)

ANSWERS = {
    "area": "work",
    "limit": "No calls after 19:00",
    "why": "Dinner",
    "my_action": "Let it ring",
    "risk": "no",
    "facts": "Three calls after nine",
    "impact": "I can't switch off",
    "ask": "Please write",
    "repeat_line": "At nine",
    "communication": "planned",
}


def begin(page, site: str, until: str = "") -> None:
    open_step(page, f"{site}/boundaries/new/", ANSWERS, until=until)


def make(page, site: str) -> None:
    begin(page, site)
    page.get_by_role("button", name="Finish").click()
    question(page, "No calls after 19:00")


def test_the_script_grows_while_it_is_written_and_can_be_copied(visit):
    ada = visit(viewport=PHONE, permissions=["clipboard-read", "clipboard-write"])
    ada.sign_up()
    page = ada.page
    begin(page, ada.site, until="ask")

    field(page, "ask").press_sequentially("Please write")
    last = "If it happens again: Let it ring"
    expect(page.locator("#spoken p")).to_have_text(
        ["Three calls after nine", "I can't switch off", "Please write", last]
    )
    page.get_by_role("button", name="Copy").click()
    page.get_by_text("Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.split("\n\n") == [
        "Three calls after nine",
        "I can't switch off",
        "Please write",
        last,
    ]


def test_a_situation_fills_what_is_empty_and_asks_about_the_rest(visit):
    ada = visit()
    ada.sign_up()
    page = ada.page
    begin(page, ada.site, until="facts")
    fill(page, "facts", "Three calls")

    page.get_by_text("Start from one of twelve situations").click()
    page.get_by_label("Start from a situation").select_option(label="Extra work")
    page.get_by_role("button", name="Use these words").click()
    page.get_by_label("Keep mine, and fill in only what’s empty").check()
    page.get_by_role("button", name="Use these words").click()

    expect(page.locator("#spoken p")).to_have_text(
        [
            "Three calls",
            "If this comes first, which one can wait?",
            "If it happens again: Let it ring",
        ]
    )


def test_not_sure_leads_to_support_and_to_no_script(visit):
    ada = visit(viewport=PHONE)
    ada.sign_up()
    page = ada.page
    begin(page, ada.site, until="risk")
    fill(page, "risk", "not-sure")
    go_on(page)

    question(page, "Kept to yourself")
    assert (
        page.get_by_role("link", name="See who you can call")
        .get_attribute("href")
        .startswith("/support/")
    )
    page.get_by_role("button", name="Continue", exact=True).last.click()
    question(page, "Check your answers")
    page.locator('a[href*="/step/safety/"]').click()
    wait_for_step(page, "risk")
    assert page.get_by_role("radio", checked=True).count() == 0
    page.go_back()
    page.get_by_role("button", name="Finish").click()
    page.get_by_text("Kept to yourself").first.wait_for()
    assert page.get_by_role("link", name="I said it").count() == 0


def test_not_safe_to_act_asks_nothing_more(visit):
    ada = visit(viewport=PHONE)
    ada.sign_up()
    page = ada.page
    make(page, ada.site)
    page.get_by_role("link", name="It was crossed").click()

    page.get_by_label("It wasn’t safe to act").check()
    expect(page.get_by_label("What’s next?")).to_be_hidden()
    page.get_by_role("button", name="Save", exact=True).click()

    page.wait_for_url("**/support/**")


def test_the_whole_flow_by_keyboard_alone(visit):
    ada = visit()
    ada.sign_up()
    page = ada.go("/boundaries/")
    reach(page, "Set a boundary")
    page.keyboard.press("Enter")
    answer_by_key(page, ANSWERS)
    reach(page, "Finish")
    page.keyboard.press("Enter")
    question(page, "No calls after 19:00")
