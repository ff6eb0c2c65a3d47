"""A week is looked back on: half-way, on paper, as it closes."""

import re

import pytest
import time_machine
from playwright.sync_api import Locator, Page, expect

from tests.e2e.steps import answer_steps, field, fill, go_on
from tests.reflections.week.factories import EVENING, PAGE, TALLY_HTML, make_reflection, make_week

ANSWERS = {
    "sentence_of_week": "Crowded, decent",
    "kept_days": "The book lay on the table",
    "easier": "Eat before the call",
    "rely_on": "I come back",
}
TALLY = re.sub("<[^>]+>", "", TALLY_HTML)


@pytest.fixture
def sunday():
    with time_machine.travel(EVENING) as clock:
        yield clock


@pytest.fixture
def phone(ada, phone_of, sunday):
    """Opens ada's phone, with or without JavaScript."""
    return lambda script=True: phone_of(ada, script=script)


def option(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=re.compile(name))


def test_from_today_to_a_finished_week(ada, phone):
    make_week(ada)
    page = phone()
    page.goto("/today/")
    page.locator(".later > summary").click()
    page.get_by_role("link", name=re.compile("Look back on your week")).click()
    expect(page.get_by_role("main")).to_contain_text(TALLY)
    page.get_by_role("link", name="Start").click()
    answer_steps(page, ANSWERS, until="kept_days")
    fill(page, "kept_days", "Half a thought")
    page.get_by_role("button", name=re.compile("Yes, week finished")).click()
    expect(page.get_by_role("main")).to_contain_text("12 of 15 kept")
    expect(field(page, "kept_days")).to_have_value("Half a thought")
    answer_steps(page, ANSWERS, until="easier")

    walk = page.get_by_role("group", name="Walk after lunch")
    expect(walk.get_by_label("The smaller version")).to_be_hidden()
    walk.get_by_text("Make it smaller").click()
    expect(walk.get_by_label("The smaller version")).to_have_value("One lap outside")
    walk.get_by_label("The smaller version").fill("Shoes on")
    answer_steps(page, ANSWERS, until="next_statement")
    option(page, "Shoes on").click()

    page.wait_for_url("**/done/")
    expect(page.get_by_role("heading", level=1)).to_have_text("That’s your week done")
    expect(page.get_by_role("main")).to_contain_text("I come back")
    expect(page.get_by_role("main")).to_contain_text("Shoes on")
    page.get_by_role("link", name="Close").click()
    page.wait_for_url("**/today/")


def test_enter_in_own_words_promises_them_and_chooses_no_row(ada, phone):
    make_reflection(ada, step="next")
    page = phone(script=False)
    page.goto(f"{PAGE}step/next/")
    field(page, "next_statement").fill("Walk twice")
    page.get_by_role("button", name="Promise this").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/done/")
    expect(page.get_by_role("main")).to_contain_text("Walk twice")


def test_left_in_the_middle_across_midnight_and_the_weeks_end(ada, phone, sunday):
    make_week(ada)
    sunday.move_to("2026-11-22T23:59:00+01:00")
    page = phone()
    page.goto(f"{PAGE}step/arrive/")
    answer_steps(page, ANSWERS, until="kept_days")
    fill(page, "kept_days", "The book lay there")
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()

    sunday.move_to("2026-11-23T00:04:00+01:00")
    other = phone(script=False)
    other.goto("/today/")
    other.locator(".later > summary").click()
    other.get_by_role("link", name=re.compile("Your week")).click()
    expect(field(other, "kept_days")).to_have_value("The book lay there")
    expect(other.get_by_role("main")).to_contain_text(TALLY)
    answer_steps(other, {}, until="easier")

    sunday.move_to("2026-11-29T00:01:00+01:00")
    fill(other, "easier", "Eat before the call")
    go_on(other)
    other.get_by_text("This week has closed.").wait_for()
    expect(other.get_by_role("main")).to_contain_text("Eat before the call")


def test_it_prints_on_one_sheet_or_two(ada, phone):
    make_week(ada)
    page = phone()
    page.goto(f"{PAGE}step/arrive/")
    answer_steps(page, ANSWERS, until="next_statement")
    option(page, "A rest week").click()
    page.wait_for_url("**/done/")
    page.get_by_role("link", name="Print this week").click()
    page.wait_for_url("**/print/")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.get_by_role("heading", name="By hand")).to_be_visible()
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    for paper in ("A4", "Letter"):
        printed = page.pdf(format=paper)
        assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) <= 2, paper
