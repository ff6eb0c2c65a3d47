"""A quarter of an hour of writing: suggested without a script, and asked about with one."""

from playwright.sync_api import expect

from tests.browser import PHONE
from tests.e2e.steps import answer_steps

SUGGESTED = "About fifteen minutes is plenty. Then pause, or finish the thought."
ASKED = "Pause, or finish the thought?"
LETTER = "Write to yourself as someone on your side would"


def open_letter(page, site: str) -> None:
    page.goto(f"{site}/self-compassion/new/?mode=letter")
    answers = {"trigger": "Lost my thread", "feeling": "ashamed", "intensity_before": "7"}
    answer_steps(page, answers, until="letter_body")


def test_after_a_quarter_of_an_hour_of_writing_she_is_asked_once_and_goes_on(visit):
    ada = visit()
    ada.sign_up()
    ada.page.clock.install()
    page = ada.go("/journal/write/")
    question = page.get_by_role("status").filter(has_text=ASKED)
    expect(page.get_by_text(SUGGESTED)).to_be_visible()
    page.get_by_label("Your entry").fill("Again the same call")
    page.clock.run_for("14:59")
    expect(question).to_have_count(0)

    page.clock.run_for("00:01")
    expect(question).to_be_visible()
    page.get_by_role("button", name="Finish the thought").click()

    expect(question).to_have_count(0)
    expect(page.get_by_label("Your entry")).to_be_focused()
    page.keyboard.type(", and now it is said")
    page.clock.run_for("30:00")
    expect(question).to_have_count(0)


def test_nobody_is_asked_who_has_not_written_and_whoever_begins_late_is(visit):
    ada = visit(viewport=PHONE)
    ada.sign_up()
    ada.page.clock.install()
    page = ada.go("/journal/write/")
    question = page.get_by_role("status").filter(has_text=ASKED)
    page.clock.run_for("40:00")
    expect(question).to_have_count(0)

    page.get_by_label("Your entry").fill("A word")

    expect(question).to_be_visible()


def test_pausing_saves_and_stops_in_the_journal_and_in_a_letter(visit):
    ada = visit()
    ada.sign_up()
    ada.page.clock.install()
    page = ada.go("/journal/write/")
    page.get_by_label("Your entry").fill("Again the same call")
    page.clock.run_for("15:00")
    page.get_by_role("button", name="Pause", exact=True).click()
    page.get_by_role("link", name="Edit", exact=True).wait_for()
    expect(page.get_by_text("Again the same call")).to_be_visible()

    open_letter(page, ada.site)
    expect(page.get_by_text(SUGGESTED)).to_be_visible()
    page.get_by_label(LETTER).fill("Dear Ana, you were tired")
    page.clock.run_for("15:00")
    page.get_by_role("button", name="Pause", exact=True).click()

    page.wait_for_url("**/self-compassion/")
    page.get_by_role("link", name="Continue").click()
    expect(page.get_by_label(LETTER)).to_have_value("Dear Ana, you were tired")


def test_without_a_script_there_is_the_suggestion_and_no_question(visit):
    ada = visit(java_script_enabled=False)
    ada.sign_up()
    page = ada.go("/journal/write/")

    expect(page.get_by_text(SUGGESTED)).to_be_visible()
    expect(page.get_by_role("button", name="Pause", exact=True)).to_have_count(0)
    open_letter(page, ada.site)
    expect(page.get_by_text(SUGGESTED)).to_be_visible()
