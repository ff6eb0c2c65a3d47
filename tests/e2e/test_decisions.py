"""A decision is made and looked back on (tests/decisions does it without JavaScript)."""

import re

from playwright.sync_api import expect

from tests.browser import PHONE
from tests.decisions.flow_client import ANSWERS as PREDICTED
from tests.decisions.flow_client import option_on
from tests.e2e.steps import answer_steps, field, fill, go_on, open_step, question, wait_for_step

ANSWERS = {
    "question": "How shall I use Fridays?",
    "area": "work",
    "feelings": "Excited",
    "name-1": "Study",
    "name-2": "Freelance",
    "info_have": "The fee",
    "premortem": "Never protected the day",
    "chosen_option": "Study",
    "reasons": "It lasts",
    "honest_yes": "unsure",
    "process_sound_then": "yes",
    "prediction": "Passed by June",
    "prediction_on": PREDICTED["prediction_on"],
    "confidence": "70",
}
LOOKING_BACK = {
    "process_sound_now": "yes",
    "prediction_result": "no",
    "outcome_quality": "poor",
    "if_situation": "a place is scarce",
    "then_action": "ask a month before",
}


def begin(page, site: str, until: str = "") -> None:
    chosen = {"chosen_option": lambda step: option_on(step, "Study")}
    open_step(page, f"{site}/decisions/new/", ANSWERS | chosen, until=until)


def decide(page) -> None:
    page.get_by_role("button", name="Decide", exact=True).click()
    question(page, "How shall I use Fridays?")


def look_back(page) -> None:
    page.get_by_role("link", name="Look back").click()
    answer_steps(page, LOOKING_BACK)
    page.get_by_role("button", name="Save review").click()
    question(page, "How shall I use Fridays?")


def test_from_the_question_to_looking_back_and_its_lesson(visit):
    ada = visit(viewport=PHONE)
    ada.sign_up()
    page = ada.go("/decisions/new/")
    answer_steps(page, ANSWERS)
    decide(page)
    expect(page.get_by_role("heading", name="What you decided")).to_be_visible()
    expect(page.get_by_text("70%")).to_be_visible()

    look_back(page)

    expect(page.locator(".cell.here b")).to_have_text("Unlucky")
    page.get_by_role("link", name="If a place is scarce, then I ask a month before").click()
    question(page, "If a place is scarce, then I ask a month before")
    begin(page, ada.site, until="pros")
    expect(page.get_by_text("You learned this before")).to_be_visible()


def test_options_come_and_go_and_a_lesson_is_used_without_losing_a_word(visit):
    ada = visit()
    ada.sign_up()
    page = ada.page
    page.goto(f"{ada.site}/lessons/new/")
    page.get_by_label("If this comes up").fill("I skip lunch")
    page.get_by_label("Then I will").fill("wait")
    page.get_by_label("Work").check()
    page.get_by_role("button", name="Save lesson").click()
    begin(page, ada.site, until="name-1")
    fill(page, "name-1", "Study")
    fill(page, "name-2", "Rest")
    page.get_by_role("button", name="Add an option").click()
    page.get_by_label("Option 3").fill("Travel")
    page.get_by_role("button", name=re.compile("Remove.*Option 2")).click()
    expect(page.get_by_label("Option 3")).to_have_count(0)
    # The copy of what was typed has had its say.
    page.wait_for_function("() => document.getElementById('step').dataset.unsaved === ''")
    expect(page.get_by_label("Option 2")).to_have_value("Travel")
    go_on(page)

    wait_for_step(page, "pros")
    expect(page.locator("main h2.own-words")).to_have_text(["Study", "Travel"])
    field(page, "pros").first.fill("It lasts")
    page.get_by_role("button", name=re.compile("^Use this lesson")).click()
    page.get_by_text("Used here").wait_for()
    expect(field(page, "pros").first).to_have_value("It lasts")
    page.get_by_role("button", name=re.compile("^Hide")).click()
    expect(page.get_by_text("You learned this before")).to_have_count(0)
    expect(field(page, "pros").first).to_have_value("It lasts")
    go_on(page)
    field(page, "pros").first.wait_for(state="detached")
    page.get_by_role("button", name="Back", exact=True).click()
    expect(field(page, "pros").first).to_have_value("It lasts")


def test_left_before_a_word_was_written_nothing_stays(visit):
    ada = visit()
    ada.sign_up()
    page = ada.go("/decisions/new/")
    page.get_by_role("button", name="Save and close").click()
    page.wait_for_url("**/decisions/")
    expect(page.get_by_role("heading", name="No decisions yet")).to_be_visible()


def test_a_review_left_half_way_is_offered_again(visit):
    ada = visit()
    ada.sign_up()
    page = ada.page
    begin(page, ada.site)
    decide(page)
    page.get_by_role("link", name="Look back").click()
    fill(page, "process_sound_now", "no")
    go_on(page)
    wait_for_step(page, "prediction_result")
    page.get_by_role("button", name="Save and close").click()
    page.wait_for_url("**/decisions/")

    page.get_by_role("link", name=re.compile("How shall I use Fridays")).click()
    page.get_by_role("link", name="Continue").click()
    wait_for_step(page, "prediction_result")
    expect(page.get_by_role("heading", name="What you wrote at the time")).to_be_visible()
