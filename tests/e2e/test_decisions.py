"""A decision is made and looked back on: with and without JavaScript, and on two devices."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE
from tests.e2e.test_promises import CONTINUE, question
from tests.factories import PASSWORD

STEPS: list[tuple[str, dict[str, str]]] = [
    ("What are you deciding?", {"The question": "How shall I use Fridays?", "Work": "check"}),
    ("Which values are in play?", {}),
    ("How do you feel, how strongly?", {"How do you feel?": "Excited"}),
    ("What could you do? At least two.", {"Option 1": "Study", "Option 2": "Freelance"}),
    ("For each: gains, costs, consequences, undoable?", {}),
    ("What do you know? What is missing?", {"What do you know?": "The fee"}),
    ("Ten days, months, years on? Advising a friend?", {}),
    ("It went badly. Why?", {"What went badly": "Never protected the day"}),
    ("Wait before choosing?", {}),
    ("What do you choose, and why?", {"Study": "check", "Why?": "It lasts"}),
    (
        "What will happen, by when? How sure?",
        {"What will happen, by when?": "Passed by June", "How sure are you, in per cent?": "70"},
    ),
    ("When will you look back?", {}),
]
LOOKING_BACK: list[tuple[str, dict[str, str]]] = [
    ("Was the way you decided sound, given what you knew?", {"Sound": "check"}),
    ("Did what you predicted come true?", {"No": "check"}),
    ("How did it turn out, and what was luck?", {"Badly": "check"}),
    (
        "Is there a lesson in it?",
        {"If this comes up": "a place is scarce", "Then I will": "ask a month before"},
    ),
]


def go_on(page) -> None:
    page.get_by_role("button", name=CONTINUE, exact=True).last.click()


def answer(page, answers: dict[str, str]) -> None:
    for label, text in answers.items():
        field = page.get_by_label(label, exact=True)
        field.check() if text == "check" else field.fill(text)


def decide(page, site: str, upto: str = "") -> None:
    """Answers the steps one by one; stops at the one that asks `upto`."""
    page.goto(f"{site}/decisions/new/")
    for asked, answers in STEPS:
        question(page, asked)
        if asked == upto:
            return
        answer(page, answers)
        go_on(page)
    question(page, "Check your answers")
    page.get_by_label("It is sound").check()
    page.get_by_role("button", name="Decide", exact=True).click()
    question(page, "How shall I use Fridays?")


def look_back(page) -> None:
    page.get_by_role("link", name="Look back").click()
    for asked, answers in LOOKING_BACK:
        question(page, asked)
        answer(page, answers)
        go_on(page)
    question(page, "Check your answers")
    page.get_by_role("button", name="Save the review").click()
    question(page, "How shall I use Fridays?")


@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_question_to_looking_back_and_its_lesson(visit, javascript):
    ada = visit(viewport=PHONE, java_script_enabled=javascript)
    ada.sign_up()
    page = ada.page
    decide(page, ada.site)
    expect(page.get_by_role("heading", name="What I decided")).to_be_visible()
    expect(page.get_by_text("70 %")).to_be_visible()

    look_back(page)

    expect(page.locator(".cell.here b")).to_have_text("Unlucky")
    page.get_by_role("link", name="If a place is scarce, then I ask a month before").click()
    question(page, "If a place is scarce, then I ask a month before")
    decide(page, ada.site, upto="For each: gains, costs, consequences, undoable?")
    expect(page.get_by_role("heading", name="You learned this before")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_options_come_and_go_and_a_lesson_is_used_without_losing_a_word(visit, javascript):
    ada = visit(java_script_enabled=javascript)
    ada.sign_up()
    page = ada.page
    page.goto(f"{ada.site}/lessons/new/")
    answer(page, {"If this comes up": "I skip lunch", "Then I will": "wait", "Work": "check"})
    page.get_by_role("button", name="Keep this lesson").click()
    decide(page, ada.site, upto="What could you do? At least two.")
    answer(page, {"Option 1": "Study", "Option 2": "Rest"})
    page.get_by_role("button", name="Add an option").click()
    page.get_by_label("Option 3").fill("Travel")
    page.get_by_role("button", name=re.compile("Remove.*Option 2")).click()
    expect(page.get_by_label("Option 3")).to_have_count(0)
    if javascript:  # the copy of what was typed has had its say
        page.wait_for_function("document.getElementById('step').dataset.unsaved === ''")
    expect(page.get_by_label("Option 2")).to_have_value("Travel")
    go_on(page)

    question(page, "For each: gains, costs, consequences, undoable?")
    expect(page.locator("main h2.own-words")).to_have_text(["Study", "Travel"])
    page.get_by_label("What it gives").first.fill("It lasts")
    page.get_by_role("button", name=re.compile("^Use it")).click()
    page.get_by_text("In use here").wait_for()
    expect(page.get_by_label("What it gives").first).to_have_value("It lasts")
    page.get_by_role("button", name=re.compile("^Hide")).click()
    expect(page.get_by_role("heading", name="You learned this before")).to_have_count(0)
    expect(page.get_by_label("What it gives").first).to_have_value("It lasts")
    go_on(page)
    question(page, "What do you know? What is missing?")
    page.get_by_role("button", name="Back", exact=True).click()
    question(page, "For each: gains, costs, consequences, undoable?")
    expect(page.get_by_label("What it gives").first).to_have_value("It lasts")


def test_left_half_way_and_carried_on_at_a_second_device(visit):
    desk = visit()
    email = desk.sign_up()
    page = desk.page
    decide(page, desk.site, upto="What do you choose, and why?")
    answer(page, {"Why?": "It lasts"})
    page.get_by_role("button", name="Save and stop").click()
    page.wait_for_url("**/decisions/")

    phone = visit(viewport=PHONE)
    page = phone.go("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today/")
    page = phone.go("/decisions/")
    page.get_by_role("link", name=re.compile("How shall I use Fridays.*Exploring")).click()
    question(page, "What do you choose, and why?")
    expect(page.get_by_label("Why?")).to_have_value("It lasts")


def test_left_before_a_word_was_written_nothing_stays(visit):
    ada = visit()
    ada.sign_up()
    page = ada.go("/decisions/new/")
    page.get_by_role("button", name="Save and stop").click()
    page.wait_for_url("**/decisions/")
    expect(page.get_by_role("heading", name="No decisions yet")).to_be_visible()


def test_a_review_left_half_way_is_offered_again(visit):
    ada = visit()
    ada.sign_up()
    page = ada.page
    decide(page, ada.site)
    page.get_by_role("link", name="Look back").click()
    answer(page, {"Shaky": "check"})
    go_on(page)
    question(page, "Did what you predicted come true?")
    page.get_by_role("button", name="Save and stop").click()
    page.wait_for_url("**/decisions/")

    page.get_by_role("link", name=re.compile("How shall I use Fridays")).click()
    page.get_by_role("link", name="Carry on").click()
    question(page, "Did what you predicted come true?")
    expect(page.get_by_role("heading", name="As you wrote it then")).to_be_visible()
