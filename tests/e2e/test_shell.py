"""The header and the navigation in a browser: the account menu, and windows low or narrow."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, let_in
from tests.factories import make_person

COVERS = """() => [...document.body.querySelectorAll("*")]
  .filter((one) => ["fixed", "sticky"].includes(getComputedStyle(one).position))
  .map((one) => one.outerHTML.slice(0, 80))"""
ROWS = """() => new Set([...document.querySelector(".site-top").children]
  .filter((one) => one.offsetParent && getComputedStyle(one).position !== "absolute")
  .map((one) => one.getBoundingClientRect())
  .map((box) => Math.round(box.top + box.height / 2))).size"""
PAGES = ("/today/", "/journal/write/", "/promises/new/", "/settings/", "/coach/")


@pytest.fixture
def adas(tab: Page, live_server, transactional_db) -> Page:
    let_in(tab, make_person("ada@example.org", zone="Europe/Berlin"), live_server.url)
    return tab


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1440, "height": 900}])
def test_the_account_menu_closes_by_escape_and_by_what_is_done_elsewhere(adas, viewport):
    adas.set_viewport_size(viewport)
    adas.goto("/practices/")
    menu, first = adas.locator(".account-menu > summary"), adas.get_by_role("link", name="Security")

    menu.press("Enter")
    adas.keyboard.press("Tab")
    expect(adas.get_by_role("link", name="Settings")).to_be_focused()
    adas.keyboard.press("Escape")
    expect(first).to_be_hidden()
    expect(menu).to_be_focused()

    menu.click()
    expect(first).to_be_visible()
    adas.mouse.click(120, 700)
    expect(first).to_be_hidden()

    menu.press("Enter")
    adas.get_by_role("link", name="Leave quickly").focus()
    expect(first).to_be_hidden()


def test_nothing_covers_a_low_window_and_the_header_is_one_row_in_any(adas):
    """Each page is loaded once: which window it stands in, styles alone decide."""
    for path in PAGES:
        adas.goto(path)
        for width, height in ((320, 256), (844, 390)):
            adas.set_viewport_size({"width": width, "height": height})
            assert adas.evaluate(COVERS) == [], (path, width)
        for width in (320, 361, 390, 720, 900, 1440):
            adas.set_viewport_size({"width": width, "height": 800})
            assert adas.evaluate(ROWS) == 1, (path, width)


def test_the_end_of_the_account_menu_is_reached_in_a_low_window(adas):
    adas.set_viewport_size({"width": 320, "height": 256})
    adas.goto("/practices/")

    adas.locator(".account-menu > summary").click()
    adas.get_by_role("button", name="Sign out").click()

    adas.get_by_role("link", name="Create an account").wait_for()
