"""Typing an entry in a browser, and looking for its words where they ended up."""

import re

from tests.e2e.conftest import Visit
from tests.factories import PASSWORD

UNSAVED = "Not saved yet. Your words are kept in this browser"
ENTRY = re.compile(r"/journal/[0-9a-f-]{36}/")


def begin(ada: Visit, words: str, page=None):
    """A new entry, typed and saved by itself."""
    page = page or ada.page
    page.goto(ada.site + "/journal/write/")
    page.get_by_label("Your entry").press_sequentially(words)
    saved(page)
    return page


def type_on(page, words: str) -> None:
    field = page.get_by_label("Your entry")
    field.press("Control+End")
    field.press_sequentially(words)


def saved(page) -> None:
    page.get_by_text(re.compile(r"^\s*Saved \d\d:\d\d\s*$")).wait_for()
    page.locator("form[data-autosave]:not([data-unsaved])").wait_for()


def entries(ada: Visit) -> list[str]:
    """The text of each entry of the journal, read in a tab of its own."""
    tab = ada.tab()
    tab.goto(ada.site + "/journal/")
    found = []
    for link in tab.locator("li.entry h3 a").evaluate_all("all => all.map(a => a.href)"):
        tab.goto(link)
        found.append(tab.locator("article .own-words").last.inner_text())
    tab.close()
    return found


def kept_in_browser(page) -> str:
    return page.evaluate("() => JSON.stringify({...localStorage, ...sessionStorage})")


def sign_in(page, email: str) -> None:
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today/")
