"""A boundary is set step by step: with and without JavaScript, by keyboard, on two devices."""

import re

from playwright.sync_api import expect

from tests.browser import PHONE
from tests.e2e.test_promises import CONTINUE, question
from tests.e2e.test_story import reach
from tests.factories import PASSWORD

STEPS: list[tuple[str, dict[str, str]]] = [
    ("Where do you feel drained, rushed or resentful?", {"Work": "check"}),
    ("What is okay, and not okay?", {"The limit": "No calls after 19:00"}),
    ("What does this protect?", {"In your words": "Dinner"}),
    ("If crossed, what will I do?", {"If it is crossed, I will": "Let it ring"}),
    ("Could saying this put anyone at risk?", {"No": "check"}),
    ("What could anyone present have seen?", {"What happens": "Three calls after nine"}),
    ("How does it affect you?", {"What it does to me": "I can't switch off"}),
    ("What exactly do you want, or refuse?", {"What I ask, or refuse": "Please write"}),
    ("What improves if this works?", {}),
    ("Which line will you repeat? Where can you bend?", {"The line I repeat": "At nine"}),
    ("Who, when, how?", {"I am going to say it": "check"}),
]


def go_on(page) -> None:
    page.get_by_role("button", name=CONTINUE, exact=True).last.click()


def make(page, site: str, upto: str = "") -> None:
    """Answers the steps one by one; stops at the one that asks `upto`."""
    page.goto(f"{site}/boundaries/new/")
    for asked, answers in STEPS:
        question(page, asked)
        if asked == upto:
            return
        for label, text in answers.items():
            field = page.get_by_label(label, exact=True)
            field.check() if text == "check" else field.fill(text)
        go_on(page)
    question(page, "Check your answers")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("heading", level=1, name="No calls after 19:00").wait_for()


def test_the_script_grows_while_it_is_written_and_can_be_copied(visit):
    ada = visit(viewport=PHONE, permissions=["clipboard-read", "clipboard-write"])
    ada.sign_up()
    page = ada.page
    make(page, ada.site, upto="What exactly do you want, or refuse?")

    page.get_by_label("What I ask, or refuse").press_sequentially("Please write")
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
    make(page, ada.site, upto="What could anyone present have seen?")
    page.get_by_label("What happens").fill("Three calls")

    page.get_by_text("Twelve situations to start from").click()
    page.get_by_label("Start from a situation").select_option(label="Extra work")
    page.get_by_role("button", name="Use these words").click()
    page.get_by_label("Keep mine, fill only what is empty").check()
    page.get_by_role("button", name="Use these words").click()

    expect(page.locator("#spoken p")).to_have_text(
        ["Three calls", "If this comes first, which waits?"]
    )


def test_the_whole_story_without_javascript(visit):
    ada = visit(viewport=PHONE, java_script_enabled=False)
    ada.sign_up()
    page = ada.page
    make(page, ada.site, upto="How does it affect you?")
    page.get_by_label("What it does to me").fill("I can't switch off")
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
    make(page, ada.site, upto="Could saying this put anyone at risk?")
    page.get_by_label("I am not sure").check()
    go_on(page)

    question(page, "You never owe anyone a confrontation.")
    assert (
        page.get_by_role("link", name="See who you can call").get_attribute("href") == "/support/"
    )
    page.get_by_role("button", name="Continue", exact=True).last.click()
    question(page, "Check your answers")
    page.get_by_role("link", name=re.compile("Change.*at risk")).click()
    question(page, "Could saying this put anyone at risk?")
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
    for asked, answers in STEPS:
        question(page, asked)
        for label, text in answers.items():
            reach(page, label)
            if text == "check":
                page.keyboard.press("Space")
            else:
                page.keyboard.type(text)
        reach(page, CONTINUE)
        page.keyboard.press("Enter")
    question(page, "Check your answers")
    reach(page, "Save")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="No calls after 19:00").wait_for()


def test_left_half_way_and_carried_on_at_a_second_device(visit):
    desk = visit()
    email = desk.sign_up()
    page = desk.go("/boundaries/new/")
    page.goto(f"{desk.site}/boundaries/")
    assert page.get_by_text("Carry on").count() == 0  # nothing was written, nothing is kept
    make(page, desk.site, upto="What exactly do you want, or refuse?")
    page.get_by_label("What I ask, or refuse").fill("Please write")
    page.get_by_role("button", name="Save and stop").click()
    page.wait_for_url("**/boundaries/")

    phone = visit(viewport=PHONE)
    page = phone.go("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today/")
    page = phone.go("/boundaries/")
    page.get_by_text("Step 8 of 11").wait_for()
    page.get_by_role("link", name=re.compile("Carry on.*No calls")).click()
    question(page, "What exactly do you want, or refuse?")
    assert page.get_by_label("What I ask, or refuse").input_value() == "Please write"
