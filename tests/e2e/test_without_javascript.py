"""The whole story with JavaScript switched off: nothing here depends on it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import sign_up, write


@pytest.fixture
def plain(new_context) -> Page:
    return new_context(java_script_enabled=False).new_page()


def test_the_whole_story(plain, live_server, transactional_db):
    sign_up(plain)
    at = write(plain, "It rained.", title="Weather")
    expect(plain.get_by_role("heading", name="Weather")).to_be_visible()

    plain.get_by_role("link", name="Change").click()
    plain.get_by_label("Your entry").fill("It rained, then it stopped.")
    plain.get_by_role("button", name="Save").click()
    expect(plain).to_have_url(at)
    expect(plain.get_by_text("It rained, then it stopped.")).to_be_visible()

    plain.get_by_role("button", name="Move to the trash").click()
    expect(plain.get_by_role("status")).to_contain_text("Moved to the trash.")
    expect(plain.get_by_text("then it stopped")).to_have_count(0)
    plain.get_by_role("button", name="Undo").click()
    expect(plain).to_have_url(at)
    expect(plain.get_by_text("It rained, then it stopped.")).to_be_visible()

    plain.goto("/search/")
    plain.get_by_label("Words you remember").fill("stopped")
    plain.get_by_role("main").get_by_role("button", name="Search").click()
    expect(plain.locator("mark")).to_have_text("stopped")

    plain.goto("/settings/")
    plain.get_by_text("Dark", exact=True).click()
    plain.get_by_role("button", name="Save").click()
    expect(plain.locator("html")).to_have_attribute("data-theme", "dark")
    plain.get_by_role("button", name="Sign out").click()
    expect(plain).to_have_url(re.compile(r":\d+/$"))
    plain.goto(at)
    expect(plain.get_by_label("Password")).to_be_visible()


def test_two_windows_keep_both_texts(plain, live_server, transactional_db):
    sign_up(plain)
    at = write(plain, "One.")
    other = plain.context.new_page()
    for window in (plain, other):
        window.goto(at + "edit/")
    other.get_by_label("Your entry").fill("One, and what the other window said.")
    other.get_by_role("button", name="Save").click()
    other.wait_for_url(at)

    plain.get_by_label("Your entry").fill("One, and what this window said.")
    plain.get_by_role("button", name="Save").click()

    expect(plain.get_by_text("This entry changed elsewhere; both are kept")).to_be_visible()
    here = plain.get_by_role("region", name="What you typed here")
    expect(here).to_contain_text("what this window said")
    there = plain.get_by_role("region", name="What was saved elsewhere")
    expect(there).to_contain_text("what the other window said")
    plain.get_by_role("radio", name="Keep both").check()
    plain.get_by_role("button", name="Save my choice").click()
    expect(plain).to_have_url(at)
    expect(plain.get_by_text("One, and what this window said.")).to_be_visible()
    expect(plain.get_by_text("One, and what the other window said.")).to_be_visible()
