"""A promise is made step by step: with and without JavaScript, by keyboard, on two devices."""

import re

from playwright.sync_api import expect

from journal.promises.steps import STEPS
from tests.browser import PHONE
from tests.e2e.test_story import reach
from tests.factories import PASSWORD

CONTINUE = "Save and continue"


def question(page, text: str) -> None:
    """Waits until a step asks this, as its only heading."""
    page.get_by_role("heading", level=1, name=text, exact=True).wait_for()


def make(page, site: str, upto: str = "") -> None:
    """Answers the steps one by one; stops at the one that asks `upto`."""
    page.goto(f"{site}/promises/new/")
    steps = [
        ("What have you told yourself you would do?", {"One on each line": "Walk after lunch"}),
        ("What will you do?", {}),
        ("Which value does it serve?", {"In your words": "Energy for evenings"}),
        ("How often?", {}),
        ("What counts on your worst day?", {"The smallest version": "One lap outside"}),
        ("If…, then I will…", {"If this happens": "I finish lunch", "Then I will": "put shoes on"}),
        ("What might get in the way, and then what?", {"What might get in the way?": "Rain"}),
        ("How many spare days a month?", {}),
    ]
    for asked, answers in steps:
        question(page, asked)
        if asked == upto:
            return
        for label, text in answers.items():
            page.get_by_label(label).fill(text)
        if asked == "How often?":
            page.get_by_label("Every day").check()
        page.get_by_role("button", name=CONTINUE, exact=True).last.click()
    question(page, "Check your answers")
    if upto:
        return
    page.get_by_role("button", name="Promise it").click()
    page.get_by_role("heading", level=1, name="Walk after lunch").wait_for()


def test_step_by_step_only_main_is_swapped_and_the_reader_follows(visit):
    ada = visit(viewport=PHONE)
    ada.sign_up()
    page = ada.page
    loads: list[str] = []
    page.on("load", lambda: loads.append(page.url))

    make(page, ada.site, upto="How many spare days a month?")

    assert len(loads) == 1  # the first step; the others came into its `main`
    assert page.url.endswith("/step/spare-days/")
    assert page.title() == "How many spare days a month? – Selftrust"
    expect(page.locator("main h1")).to_be_focused()
    assert page.evaluate("scrollY") == 0
    page.go_back()
    question(page, "What might get in the way, and then what?")
    assert page.get_by_label("What might get in the way?").input_value() == "Rain"


def test_errors_take_the_focus_and_lose_nothing(visit):
    ada = visit()
    ada.sign_up()
    page = ada.page
    make(page, ada.site, upto="If…, then I will…")

    page.get_by_label("If this happens").fill("I finish lunch")
    page.get_by_role("button", name=CONTINUE, exact=True).last.click()
    page.get_by_role("alert").wait_for()

    expect(page.locator("#errors")).to_be_focused()
    assert page.get_by_label("If this happens").input_value() == "I finish lunch"
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.locator("#id_action")).to_be_focused()


def test_the_whole_flow_without_javascript(visit):
    ada = visit(viewport=PHONE, java_script_enabled=False)
    ada.sign_up()
    make(ada.page, ada.site)

    page = ada.go("/promises/")
    assert page.get_by_text("Nothing told yet").count() == 1
    page.get_by_role("link", name="Walk after lunch").click()
    page.get_by_role("link", name="Open").first.click()
    page.get_by_label("Kept", exact=True).check()
    page.get_by_role("button", name="Save").first.click()
    page.get_by_text("1 of 1 kept").wait_for()


def test_the_whole_flow_by_keyboard_alone(visit):
    ada = visit()
    ada.sign_up()
    page = ada.go("/promises/")
    reach(page, "Make a promise")
    page.keyboard.press("Enter")
    answers = {
        "What have you told yourself you would do?": [("One on each line", "Walk")],
        "What will you do?": [],
        "Which value does it serve?": [],
        "How often?": [("Every day", " ")],
        "What counts on your worst day?": [("The smallest version", "One lap")],
        "If…, then I will…": [("If this happens", "I finish lunch"), ("Then I will", "go out")],
        "What might get in the way, and then what?": [],
        "How many spare days a month?": [],
    }
    for asked, fields in answers.items():
        question(page, asked)
        for label, text in fields:
            reach(page, label)
            page.keyboard.type(text)
        reach(page, CONTINUE)
        page.keyboard.press("Enter")
    question(page, "Check your answers")
    reach(page, "Promise it")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Walk").wait_for()


def test_left_half_way_and_carried_on_at_a_second_device(visit):
    desk = visit()
    email = desk.sign_up()
    page = desk.page
    make(page, desk.site, upto="If…, then I will…")
    page.get_by_label("If this happens").fill("I finish lunch")
    page.get_by_role("button", name="Save and stop").click()
    page.wait_for_url("**/promises/")

    phone = visit(viewport=PHONE)
    page = phone.go("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today/")
    page = phone.go("/promises/")
    page.get_by_text(f"Step 6 of {len(STEPS)}").wait_for()
    page.get_by_role("link", name=re.compile("Carry on.*Walk")).click()
    question(page, "If…, then I will…")
    assert page.get_by_label("If this happens").input_value() == "I finish lunch"


def test_back_and_change_never_lose_what_was_typed(visit):
    ada = visit()
    ada.sign_up()
    page = ada.page
    make(page, ada.site, upto="If…, then I will…")
    page.get_by_label("If this happens").fill("I finish lunch")
    page.get_by_role("button", name="Back").click()
    question(page, "What counts on your worst day?")
    page.get_by_role("button", name=CONTINUE, exact=True).last.click()
    question(page, "If…, then I will…")
    assert page.get_by_label("If this happens").input_value() == "I finish lunch"

    make(page, ada.site, upto="Check your answers")
    page.get_by_role("link", name=re.compile("Change.*worst day")).click()
    page.get_by_label("The smallest version").fill("To the gate")
    page.get_by_role("button", name=CONTINUE, exact=True).last.click()
    question(page, "Check your answers")
    page.get_by_text("To the gate").wait_for()


def test_a_conflict_in_the_middle_of_the_flow(visit):
    ada = visit()
    ada.sign_up()
    page = ada.page
    make(page, ada.site, upto="Check your answers")
    address = page.url.replace("/check/", "/smallest/")
    other = ada.tab()
    page.goto(address)
    other.goto(address)
    page.get_by_label("The smallest version").fill("To the gate")
    page.get_by_role("button", name=CONTINUE, exact=True).last.click()
    question(page, "If…, then I will…")

    other.get_by_label("The smallest version").fill("To the tree")
    other.get_by_role("button", name=CONTINUE, exact=True).last.click()
    question(other, "This answer changed elsewhere; both are kept")
    other.get_by_text("To the gate").wait_for()
    other.get_by_role("button", name=re.compile("Use this one.*typed here")).click()
    question(other, "If…, then I will…")
    other.goto(address)
    assert other.get_by_label("The smallest version").input_value() == "To the tree"


def test_a_day_is_told_with_one_tap(visit):
    ada = visit(viewport=PHONE)
    ada.sign_up()
    page = ada.page
    make(page, ada.site)
    page.get_by_role("link", name="Open").first.click()

    page.get_by_label("Missed").check()
    page.get_by_text("That happened.").wait_for()
    page.get_by_text("Next chance: Tomorrow").wait_for()
    page.get_by_label("Life happened").check()
    page.get_by_text("Choose what it was.").wait_for()
    page.get_by_label("Travel").check()
    page.get_by_text("Saved").wait_for()
    page.reload()
    assert page.get_by_label("Travel").is_checked()
