"""Three evenings under one label that did not ease: an offer, answered with one tap each."""

import re
from datetime import date, timedelta

from playwright.sync_api import expect

from tests.browser import PHONE
from tests.e2e.conftest import Visit

HEADING = "This keeps coming back"


def wrote(ada: Visit, days_ago: int, strength: int) -> None:
    given = {"body": f"The same call, {days_ago} days ago", "intensity": str(strength)}
    day = date.today() - timedelta(days=days_ago)
    ada.send("/journal/write/", **given, written_on=day.isoformat(), tags="Work")


def write(page, site: str, days_ago: int, strength: int) -> None:
    page.goto(f"{site}/journal/write/")
    page.get_by_label("Your entry").fill(f"The same call, {days_ago} days ago")
    day = date.today() - timedelta(days=days_ago)
    page.locator("summary", has_text="Today").click()
    page.get_by_label("Day", exact=True).fill(day.isoformat())
    page.get_by_label("Tags").fill("Work")
    page.get_by_role("radio", name=str(strength), exact=True).check()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Edit", exact=True).wait_for()


def answer(page, name: str) -> None:
    page.get_by_role("region", name=HEADING).get_by_role("button", name=name).click()


def test_what_keeps_coming_back_is_looked_at_another_way(visit):
    """Without a script: tests/reflections/rumination/test_answers.py."""
    ada = visit(viewport=PHONE)
    ada.sign_up()
    page = ada.go("/settings/")
    page.get_by_label("What should we call you?").fill("Ada")
    page.get_by_role("button", name=re.compile("Save.*Name")).click()
    expect(page.get_by_role("status").filter(has_text="Saved ")).to_be_visible()
    for days_ago, strength in ((3, 5), (2, 6)):
        wrote(ada, days_ago, strength)
    write(page, ada.site, 1, 6)
    expect(page.get_by_role("heading", name=HEADING)).to_be_visible()  # right where it was saved
    ada.go("/practices/")
    offer = page.get_by_role("region", name=HEADING)
    expect(offer).to_contain_text("In the past seven days you wrote 3 entries tagged Work")

    # Not now, and taken back; set aside, and taken back.
    for name in ("Not now", "Set it aside until"):
        answer(page, name)
        undo = page.get_by_role("button", name="Undo")
        undo.wait_for()
        other = ada.tab()
        other.goto(f"{ada.site}/practices/")
        expect(other.get_by_role("region", name=HEADING)).to_have_count(0)
        other.close()
        undo.click()
        expect(undo).to_have_count(0)
        ada.go("/practices/")
        expect(offer).to_be_visible()

    answer(page, "An outside view")
    expect(
        page.get_by_text(re.compile("What would someone who knows .Ada. well see here"))
    ).to_be_visible()
    expect(page.get_by_label("Tags")).to_have_value("Work")
    page.get_by_label("Your entry").fill("She would see somebody who wants to do it well.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Edit", exact=True).wait_for()
    expect(page.get_by_text("Work", exact=True)).to_be_visible()
    ada.go("/practices/")
    expect(page.get_by_role("heading", level=1, name="Practices")).to_be_visible()
    expect(offer).to_have_count(0)


def test_never_again_is_one_tap_and_the_settings_turn_it_on(visit):
    """Without a script: tests/reflections/rumination/test_answers.py."""
    ada = visit(viewport=PHONE)
    ada.sign_up()
    page = ada.page
    for days_ago in (2, 1, 0):
        wrote(ada, days_ago, 7)
    ada.go("/practices/")
    offer = page.get_by_role("region", name=HEADING)
    answer(page, "Turn off these suggestions")
    expect(offer).to_have_count(0)

    ada.go("/settings/")
    page.get_by_role("button", name="Turn on these suggestions").click()
    expect(page.get_by_role("button", name="Turn off these suggestions")).to_be_visible()
    ada.go("/practices/")

    expect(offer).to_be_visible()
    answer(page, "One next step")
    expect(page.get_by_text("What’s one small thing you could do next")).to_be_visible()
