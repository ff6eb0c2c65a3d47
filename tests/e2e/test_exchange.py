"""Everything out; into a second account, without JavaScript, and undone; and the first one ends."""

import re

from playwright.sync_api import Page, expect

from tests.browser import PHONE, violations
from tests.factories import PASSWORD


def look_again_until(page: Page, text: str) -> None:
    """What there is to do without JavaScript."""
    for _time in range(200):
        if page.get_by_text(text).count():
            return
        page.get_by_role("link", name="Refresh").click()
    raise AssertionError(f"{text!r} never came")


def test_ada_takes_everything_out_and_leaves(visit, tmp_path):
    ada = visit()
    email = ada.sign_up()
    ada.has_written("The heating ticks like somebody counting.", title="In the studio")
    page = ada.go("/settings/")
    page.get_by_role("link", name="Export", exact=True).click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Passphrase for the file").fill("five gulls over Emden")
    page.get_by_role("button", name="Prepare export").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    download.value.save_as(tmp_path / "journal.zip")

    eve = visit(viewport=PHONE, java_script_enabled=False)
    eve.sign_up()
    there = eve.go("/settings/import/")
    there.get_by_label("Choose a file").set_input_files(tmp_path / "journal.zip")
    there.get_by_label("Passphrase of the file").fill("five gulls over Emden")
    there.get_by_role("button", name="Upload and preview").click()
    look_again_until(there, "In the studio")
    there.get_by_role("button", name="Import 1 item").click()
    look_again_until(there, "Undo this import")
    expect(eve.go("/journal/").get_by_role("link", name="In the studio")).to_be_visible()
    eve.go("/settings/import/").get_by_role("link", name="journal.zip").click()
    there.get_by_role("button", name="Undo this import").click()
    expect(there.get_by_role("heading", name="Import undone")).to_be_visible()
    assert eve.go("/journal/").get_by_text("In the studio").count() == 0

    page = ada.go("/settings/delete/")
    page.get_by_label("Now. This can’t be undone.").check()
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_role("link", name="Tick the box")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("Delete my account and everything in it").check()
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_role("heading", name="Goodbye")).to_be_visible()
    assert violations(page) == []
    ada.go("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    # The door closes at once; a moment later nobody knows of her.
    nobody = re.compile("This account has been switched off|Email or password is wrong")
    expect(page.locator("main")).to_contain_text(nobody)
