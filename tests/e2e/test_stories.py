"""What a person does with it, from the first visit on."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE, sign_in, sign_up, write
from tests.makers import PASSWORD


def sign_out(page: Page) -> None:
    page.goto("/settings/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile(r"^[^?]*:\d+/$"))


def test_sign_up_write_reload_and_find_it_again(page, live_server, transactional_db):
    sign_up(page)
    at = write(page, "The *heron* stood in the rain.", title="By the canal")

    page.reload()
    expect(page.get_by_role("heading", name="By the canal")).to_be_visible()
    expect(page.locator("em")).to_have_text("heron")

    page.goto("/search/")
    page.get_by_label("Words you remember").fill("HERON")
    page.get_by_role("main").get_by_role("button", name="Search").click()
    expect(page.locator("mark")).to_have_text("heron")
    page.get_by_role("link", name="By the canal").click()
    expect(page).to_have_url(at)


def test_the_browser_says_in_which_zone_it_is(page, live_server, transactional_db):
    sign_up(page)
    page.goto("/settings/")
    expect(page.get_by_label("Time zone")).to_have_value("Europe/Berlin")


def test_signing_in_with_a_password(ada, page):
    sign_in(page, "ADA@example.org")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_back_after_signing_out_shows_nothing(ada, page):
    sign_in(page)
    at = write(page, "Only the heron knows.")
    page.goto("/journal/")
    page.goto(at)
    sign_out(page)

    for _step in range(4):
        page.go_back()
        assert "heron" not in page.content()
    page.goto(at)
    expect(page.get_by_label("Password")).to_be_visible()
    assert "heron" not in page.content()
    kept = page.evaluate(
        """async () => JSON.stringify([
            {...localStorage}, {...sessionStorage}, await caches.keys(),
            (await indexedDB.databases()).map((one) => one.name),
        ])"""
    )
    # htmx notes in the tab where it is; that is the sign-in page by now.
    assert re.sub(r'"htmx-current-path-for-history":"/accounts/login/[^"]*"', "", kept) == (
        "[{},{},[],[]]"
    )
    assert "sessionid" not in {cookie["name"] for cookie in page.context.cookies()}


def test_with_the_keyboard_alone(ada, page):
    """From the landing page to a saved entry, and one can always see where one is."""

    def tab_to(wanted: str) -> None:
        page.evaluate(FOCUS_SHOWS)
        for _press in range(40):
            page.keyboard.press("Tab")
            name = page.evaluate(NAME_OF_FOCUS)
            assert page.evaluate(FOCUS_SHOWS), f"No sign of the focus on {name!r}"
            if name.startswith(wanted):
                return
        raise AssertionError(f"{wanted!r} cannot be reached with Tab")

    page.goto("/")
    tab_to("Skip to content")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    tab_to("Email")
    page.keyboard.type("ada@example.org")
    tab_to("Password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/today/")
    tab_to("Write")
    page.keyboard.press("Enter")
    page.wait_for_url("**/write/")
    tab_to("Title")
    page.keyboard.type("Keys only")
    tab_to("Your entry")
    page.keyboard.type("No mouse was needed.")
    tab_to("Save")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Keys only")).to_be_visible()


NAME_OF_FOCUS = """() => {
  const at = document.activeElement;
  return (at.labels?.[0]?.textContent || at.getAttribute("aria-label") || at.textContent).trim();
}"""
# How everything looks that can have the focus and has not; and whether what has it looks otherwise.
# Nothing is blurred for that: a date has several stops of its own.
FOCUS_SHOWS = """() => {
  const at = document.activeElement;
  const look = (element) => [element, element.parentElement, element.closest("form") ?? element]
    .map((one) => getComputedStyle(one))
    .map((one) => [one.outline, one.boxShadow, one.borderColor, one.backgroundColor].join())
    .join();
  window.unfocused ??= new Map();
  for (const one of document.querySelectorAll("a, button, input, select, textarea, summary"))
    if (one !== at && !window.unfocused.has(one)) window.unfocused.set(one, look(one));
  if (!window.unfocused.has(at)) return true;
  const box = at.getBoundingClientRect();
  if (at.type === "date" && !at.matches(":focus-visible")) return true;  // Chromium's own button
  const onScreen = box.width > 1 && box.bottom > 0 && box.right > 0 && box.top < innerHeight;
  return onScreen && look(at) !== window.unfocused.get(at);
}"""


def test_a_phone_has_its_bar_at_the_bottom(ada_page):
    ada_page.set_viewport_size(PHONE)
    ada_page.goto("/today/")
    bar = ada_page.get_by_role("navigation", name="Main, bottom")
    expect(bar).to_be_visible()
    bar.get_by_role("link", name="Journal").click()
    expect(ada_page).to_have_url(re.compile("/journal/$"))


def test_a_printed_entry_is_the_entry(ada_page):
    write(ada_page, "On paper.", title="Printed")
    ada_page.emulate_media(media="print")
    expect(ada_page.get_by_text("On paper.")).to_be_visible()
    for left_out in (".rail", ".bar", ".top", ".no-print", ".skip"):
        for one in ada_page.locator(left_out).all():
            expect(one).to_be_hidden()
