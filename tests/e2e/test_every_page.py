"""Every page of tests/pages.py in a browser: readable for everyone, on every screen."""

from collections import Counter

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page as Tab

from journal.people.models import User
from tests.e2e.conftest import DESK, PHONE, let_in
from tests.factories import make_person
from tests.page import Page
from tests.pages import PAGES

NARROW = {"width": 320, "height": 640}
# By day on a desk, by night on a phone: each look of the colours and each of the layout once.
LOOKS = [("light", DESK), ("dark", PHONE)]
AXE = """async () => (await axe.run({resultTypes: ["violations"]})).violations.flatMap(
  (one) => one.nodes.map((node) =>
    `${one.help}: ${node.html.slice(0, 120)} ${node.failureSummary.split("\\n").slice(1)}`))"""
SEND = """([end, fill]) => {
  const form = [...document.forms].find((one) => one.getAttribute("action")?.endsWith(end));
  for (const [name, value] of Object.entries(fill)) form.elements[name].value = value;
  form.submit();
}"""
# What sticks out on the right, other than what scrolls inside a box of its own.
STICKS_OUT = """() => {
  if (document.scrollingElement.scrollWidth <= innerWidth) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .map((one) => one.outerHTML.slice(0, 90));
}"""


@pytest.fixture
def ada(transactional_db) -> User:
    """As in the other tests, but there for the server's threads to see."""
    return make_person("ada@example.org", zone="Europe/Berlin")


def violations(tab: Tab) -> list[str]:
    """What axe finds on a page that a story came to."""
    tab.evaluate(AXE_SCRIPT)
    return tab.evaluate(AXE)


def open_page(tab: Tab, seen: Page, path: str) -> None:
    response = tab.goto(path)
    if seen.send:
        with tab.expect_navigation() as navigation:
            tab.evaluate(SEND, [seen.send, seen.fill])
        response = navigation.value
    assert response is not None
    assert response.status == seen.status


def show_whole(tab: Tab, screen: dict[str, int]) -> None:
    """As wide as the screen and as high as the page, so that the bar below covers nothing."""
    tab.set_viewport_size(screen)
    height = tab.evaluate("document.scrollingElement.scrollHeight")
    tab.set_viewport_size({"width": screen["width"], "height": max(height, screen["height"])})


@pytest.mark.parametrize("seen", [page for page in PAGES if not page.stock], ids=str)
def test_a_page_is_for_everyone(seen: Page, ada, window: Tab, live_server):
    if not seen.visitor:
        let_in(window, ada, live_server.url, sure=seen.sure, coach=seen.coach)
    open_page(window, seen, seen.path_for(ada))
    window.evaluate(AXE_SCRIPT)
    complaints = []
    for scheme, screen in LOOKS:
        window.emulate_media(color_scheme=scheme)
        show_whole(window, screen)
        complaints += [f"{scheme}, {screen['width']} wide: {one}" for one in window.evaluate(AXE)]
    window.set_viewport_size(NARROW)
    complaints += [f"320 wide, sticks out: {one}" for one in window.evaluate(STICKS_OUT)]
    assert not complaints, "\n".join(complaints)


def test_the_first_visit_is_light(tab: Tab, live_server, transactional_db):
    """At most 8 requests and 40 KB as sent, 16 KB of it style, 130 KB with the fonts, all from
    this server."""
    sent: dict[str, int] = {}
    by_type: Counter[str] = Counter()

    def count(request) -> None:
        size = request.sizes()["responseBodySize"]
        sent[request.url] = size
        by_type[request.resource_type] += size

    tab.on("requestfinished", count)
    tab.goto("/", wait_until="networkidle")
    tab.evaluate("document.fonts.ready")
    total = sum(sent.values())
    table = "\n".join(f"{size:7} {url}" for url, size in sent.items())
    assert len(sent) <= 8, table
    assert by_type["stylesheet"] <= 16_000, table
    assert total - by_type["font"] <= 40_000, table
    assert total <= 130_000, table
