"""A mistake is looked at step by step: with and without JavaScript, on two devices, half-way."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE
from tests.e2e.test_promises import CONTINUE, question
from tests.factories import PASSWORD

STEPS: list[tuple[str, dict[str, str]]] = [
    (
        "What did you expect? What happened?",
        {"What did you expect?": "To call", "What happened?": "Forgot the call\nuntil nine"},
    ),
    ("How heavy, 0–10?", {"6": "check"}),
    ("What made it likely?", {"What made it likely": "Long shift"}),
    ("What was yours?", {"Mine": "Relied on memory"}),
    ("What was not?", {"Not mine": "The changed time"}),
    ("Is anything owed or mendable?", {"What could be mended": "Apologise"}),
    ("What can you set down, still owning your part?", {}),
    (
        "If…, then I will…",
        {"If this comes up": "I promise a call", "Then I will": "set an alarm"},
    ),
    ("Where will you meet this next?", {"Family": "check"}),
]


def look_at_one(page, site: str, upto: str = "", start: str = "/mistakes/new/") -> None:
    """Answers the steps one by one; stops at the one that asks `upto`."""
    page.goto(f"{site}{start}")
    for asked, answers in STEPS:
        question(page, asked)
        if asked == upto:
            return
        for label, text in answers.items():
            field = page.get_by_label(label, exact=True)
            field.check() if text == "check" else field.fill(text)
        page.get_by_role("button", name=CONTINUE, exact=True).last.click()
    question(page, "Check your answers")
    expect(page.get_by_label("What shall it be called?")).to_have_value("Forgot the call")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("heading", level=1, name="Forgot the call").wait_for()


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_from_what_happened_to_at_rest(visit, script):
    ada = visit(viewport=PHONE, java_script_enabled=script)
    ada.sign_up()
    page = ada.page
    look_at_one(page, ada.site)

    expect(page.get_by_label("The lesson").get_by_role("definition")).to_have_text(
        ["I promise a call", "set an alarm"]
    )
    page.get_by_role("button", name="It is done").click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="It is done").wait_for()
    page.get_by_role("link", name="Put it at rest").click()
    page.get_by_role("radio", name="2", exact=True).check()
    page.get_by_role("button", name="Put it at rest").click()
    page.get_by_text("6 before, 2 after.").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("link", name="Put it at rest").wait_for()
    page.get_by_role("link", name="Write about it").click()
    expect(page.locator("#id_practice")).to_have_value("mistakes")
    ada.go("/lessons/").get_by_text("set an alarm").first.wait_for()


def test_something_heavy_waits_for_a_second_continue(visit):
    ada = visit()
    ada.sign_up()
    page = ada.page
    look_at_one(page, ada.site, upto="How heavy, 0–10?")

    page.get_by_role("radio", name="9", exact=True).check()
    page.get_by_role("button", name=CONTINUE, exact=True).last.click()
    page.get_by_text("That is a lot to carry.").wait_for()
    page.get_by_role("button", name=CONTINUE, exact=True).last.click()
    question(page, "What made it likely?")


def test_left_half_way_and_carried_on_at_a_second_device(visit):
    desk = visit()
    email = desk.sign_up()
    page = desk.go("/mistakes/new/")
    page.goto(f"{desk.site}/mistakes/")
    assert page.get_by_text("Carry on").count() == 0  # nothing was written, nothing is kept
    look_at_one(page, desk.site, upto="What was yours?")
    page.get_by_label("Mine", exact=True).fill("Relied on memory")
    page.get_by_role("button", name="Save and stop").click()
    page.wait_for_url("**/mistakes/")

    phone = visit(viewport=PHONE)
    page = phone.go("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today/")
    page = phone.go("/mistakes/")
    page.get_by_text("Step 4 of 9").wait_for()
    page.get_by_role("link", name=re.compile("Carry on.*Forgot the call")).click()
    question(page, "What was yours?")
    expect(page.get_by_label("Mine", exact=True)).to_have_value("Relied on memory")
    page.goto(f"{phone.site}/mistakes/")
    page.get_by_role("button", name=re.compile("Let it go")).click()
    page.get_by_text("Nothing here yet").wait_for()
