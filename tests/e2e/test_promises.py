"""A promise is made step by step: with and without JavaScript, by keyboard, on two devices."""

import re
from datetime import date, timedelta

from playwright.sync_api import expect

from tests.browser import PHONE
from tests.e2e.steps import answer_steps, field, fill, go_on, open_step, question, wait_for_step
from tests.factories import PASSWORD

ANSWERS = {
    "lines": "Walk after lunch",
    "why": "Energy for evenings",
    "cadence": "daily",
    "smallest_version": "One lap outside",
    "cue": "I finish lunch",
    "action": "put shoes on",
    "obstacle": "Rain",
}


def begin(page, site: str, until: str = "") -> None:
    open_step(
        page,
        f"{site}/promises/new/?step=promise",
        ANSWERS | {"statement": ANSWERS["lines"]},
        until=until,
    )


def make(page, site: str) -> None:
    begin(page, site)
    page.get_by_role("button", name="Promise it").click()
    question(page, "Walk after lunch")


def test_step_by_step_only_main_is_swapped_and_the_reader_follows(visit):
    ada = visit(viewport=PHONE)
    ada.sign_up()
    page = ada.page
    loads: list[str] = []
    page.on("load", lambda: loads.append(page.url))
    page.goto(f"{ada.site}/promises/new/")
    answer_steps(page, ANSWERS, until="obstacle")
    before = page.url
    fill(page, "obstacle", "Rain")
    go_on(page)
    field(page, "obstacle").wait_for(state="detached")

    assert len(loads) == 1  # the first step; the others came into its `main`
    assert page.url != before
    heading = page.locator("main h1").inner_text()
    assert page.title().lower() == f"new promise: {heading.lower()} – selftrust"
    expect(page.locator("main h1")).to_be_focused()
    assert page.evaluate("scrollY") == 0
    page.go_back()
    assert wait_for_step(page, "obstacle").input_value() == "Rain"


def test_errors_take_the_focus_and_lose_nothing(visit):
    ada = visit()
    ada.sign_up()
    page = ada.page
    yesterday = (date.today() - timedelta(days=1)).isoformat()
    begin(page, ada.site, until="cadence")

    fill(page, "cadence", "once")
    fill(page, "due_on", yesterday)
    go_on(page)
    page.get_by_role("alert").wait_for()

    expect(page.locator("#errors")).to_be_focused()
    assert field(page, "due_on").input_value() == yesterday
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.locator("#id_due_on")).to_be_focused()


def test_left_half_way_and_carried_on_at_a_second_device(visit):
    desk = visit()
    email = desk.sign_up()
    page = desk.page
    begin(page, desk.site, until="cue")
    fill(page, "cue", "I finish lunch")
    page.get_by_role("button", name="Save and close").click()
    page.wait_for_url("**/promises/")

    phone = visit(viewport=PHONE)
    page = phone.go("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today/")
    page = phone.go("/promises/")
    page.get_by_role("link", name=re.compile("Continue.*Walk")).click()
    assert wait_for_step(page, "cue").input_value() == "I finish lunch"


def test_back_and_change_never_lose_what_was_typed(visit):
    ada = visit()
    ada.sign_up()
    page = ada.page
    begin(page, ada.site, until="cue")
    fill(page, "cue", "I finish lunch")
    page.get_by_role("button", name="Back").click()
    field(page, "cue").wait_for(state="detached")
    answer_steps(page, {}, until="cue")
    assert field(page, "cue").input_value() == "I finish lunch"

    begin(page, ada.site)
    page.locator('a[href*="/step/smallest/"]').first.click()
    wait_for_step(page, "smallest_version").fill("To the gate")
    go_on(page)
    question(page, "Check your answers")
    page.get_by_text("To the gate").wait_for()


def test_a_conflict_in_the_middle_of_the_flow(visit):
    ada = visit()
    ada.sign_up()
    page = ada.page
    begin(page, ada.site)
    address = page.url.replace("/check/", "/smallest/")
    other = ada.tab()
    page.goto(address)
    other.goto(address)
    fill(page, "smallest_version", "To the gate")
    go_on(page)
    field(page, "smallest_version").wait_for(state="detached")

    fill(other, "smallest_version", "To the tree")
    go_on(other)
    question(other, "This answer was changed somewhere else")
    other.get_by_text("To the gate").wait_for()
    other.get_by_role("button", name=re.compile("Use this one.*typed here")).click()
    field(other, "smallest_version").wait_for(state="detached")
    other.goto(address)
    assert field(other, "smallest_version").input_value() == "To the tree"


def test_a_day_is_told_with_one_tap(visit):
    ada = visit(viewport=PHONE)
    ada.sign_up()
    page = ada.page
    make(page, ada.site)
    page.get_by_role("link", name="Not recorded yet").first.click()

    page.get_by_label("Missed").check()
    page.get_by_text("That happened.").wait_for()
    page.get_by_text("Next chance: Tomorrow").wait_for()
    page.get_by_label("Life happened").check()
    page.get_by_text("Saved").wait_for()
    page.get_by_label("Travel").check()
    page.get_by_text("Saved").wait_for()
    page.reload()
    assert page.get_by_label("Travel").is_checked()
