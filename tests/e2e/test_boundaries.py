"""A boundary is set step by step: with and without JavaScript, by keyboard, on two devices."""

import re

from playwright.sync_api import expect

from tests.browser import PHONE
from tests.e2e.keyboard import reach
from tests.e2e.steps import (
    answer_by_key,
    answer_steps,
    field,
    fill,
    go_on,
    question,
    wait_for_step,
)
from tests.factories import PASSWORD

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
    """Answers step by step to the one that asks for the field `until`, or to the check page."""
    page.goto(f"{site}/boundaries/new/")
    answer_steps(page, ANSWERS, until=until)


def make(page, site: str) -> None:
    begin(page, site)
    page.get_by_role("button", name="Save", exact=True).click()
    question(page, "No calls after 19:00")


def test_the_script_grows_while_it_is_written_and_can_be_copied(visit):
    ada = visit(viewport=PHONE, permissions=["clipboard-read", "clipboard-write"])
    ada.sign_up()
    page = ada.page
    begin(page, ada.site, until="ask")

    field(page, "ask").press_sequentially("Please write")
    expect(page.locator("#spoken")).to_have_text(
        "Three calls after nineI can't switch offPlease write"
    )
    page.get_by_role("button", name="Copy").click()
    page.get_by_text("Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.split("\n\n") == ["Three calls after nine", "I can't switch off", "Please write"]


def test_a_situation_fills_what_is_empty_and_asks_about_the_rest(visit):
    ada = visit()
    ada.sign_up()
    page = ada.page
    begin(page, ada.site, until="facts")
    fill(page, "facts", "Three calls")

    page.get_by_text("Twelve situations to start from").click()
    page.get_by_label("Start from a situation").select_option(label="Extra work")
    page.get_by_role("button", name="Use these words").click()
    page.get_by_label("Keep mine, fill only what is empty").check()
    page.get_by_role("button", name="Use these words").click()

    expect(page.locator("#spoken p")).to_have_text(
        ["Three calls", "If this comes first, which waits?"]
    )


def test_the_whole_flow_without_javascript(visit):
    ada = visit(viewport=PHONE, java_script_enabled=False)
    ada.sign_up()
    page = ada.page
    begin(page, ada.site, until="impact")
    fill(page, "impact", "I can't switch off")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#spoken p")).to_have_text(["Three calls after nine", "I can't switch off"])
    assert page.get_by_role("button", name="Copy").count() == 0

    make(page, ada.site)
    page.get_by_role("link", name="I said it").click()
    page.get_by_label("To whom?").fill("Sam")
    page.get_by_label("What did they say?").fill("All right")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("In place").wait_for()
    page.get_by_role("link", name="It was crossed").click()
    page.get_by_label("What happened?").fill("Called at 22:10")
    page.get_by_label("I held it", exact=True).check()
    page.get_by_label("What next?").fill("Remind Sam")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Tested once, held once.").wait_for()
    page.get_by_role("button", name=re.compile("Tick off")).click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name=re.compile("Tick off")).wait_for()
    ada.go("/boundaries/").get_by_text("Holding").wait_for()


def test_not_sure_leads_to_support_and_to_no_script(visit):
    ada = visit(viewport=PHONE)
    ada.sign_up()
    page = ada.page
    begin(page, ada.site, until="risk")
    fill(page, "risk", "not-sure")
    go_on(page)

    question(page, "You never owe anyone a confrontation.")
    assert (
        page.get_by_role("link", name="See who you can call").get_attribute("href") == "/support/"
    )
    page.get_by_role("button", name="Continue", exact=True).last.click()
    question(page, "Check your answers")
    page.locator('a[href*="/step/safety/"]').click()
    wait_for_step(page, "risk")
    assert page.get_by_role("radio", checked=True).count() == 0
    page.go_back()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Kept to yourself").first.wait_for()
    assert page.get_by_role("link", name="I said it").count() == 0


def test_not_safe_to_act_asks_nothing_more(visit):
    ada = visit(viewport=PHONE)
    ada.sign_up()
    page = ada.page
    make(page, ada.site)
    page.get_by_role("link", name="It was crossed").click()

    page.get_by_label("It was not safe to act").check()
    expect(page.get_by_label("What next?")).to_be_hidden()
    page.get_by_role("button", name="Save", exact=True).click()

    page.wait_for_url("**/support/")


def test_the_whole_flow_by_keyboard_alone(visit):
    ada = visit()
    ada.sign_up()
    page = ada.go("/boundaries/")
    reach(page, "Start a boundary")
    page.keyboard.press("Enter")
    answer_by_key(page, ANSWERS)
    reach(page, "Save")
    page.keyboard.press("Enter")
    question(page, "No calls after 19:00")


def test_left_half_way_and_carried_on_at_a_second_device(visit):
    desk = visit()
    email = desk.sign_up()
    page = desk.go("/boundaries/new/")
    page.goto(f"{desk.site}/boundaries/")
    assert page.get_by_text("Carry on").count() == 0  # nothing was written, nothing is kept
    begin(page, desk.site, until="ask")
    fill(page, "ask", "Please write")
    page.get_by_role("button", name="Save and stop").click()
    page.wait_for_url("**/boundaries/")

    phone = visit(viewport=PHONE)
    page = phone.go("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today/")
    page = phone.go("/boundaries/")
    page.get_by_role("link", name=re.compile("Carry on.*No calls")).click()
    wait_for_step(page, "ask")
    assert page.get_by_label("What I ask, or refuse").input_value() == "Please write"
