"""What a browser fetches that has seen nothing yet."""

from collections import Counter

from playwright.sync_api import Page

from tests.browser import let_in
from tests.factories import make_person


def test_the_first_visit_is_light(tab: Page, live_server, transactional_db):
    """At most 8 requests and 150 KB as sent, fonts included, 16 KB of it style, all from this
    server."""
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
    assert by_type["stylesheet"] <= 16 * 1024, table
    assert total <= 150 * 1024, table
    assert not any(url.endswith((".webmanifest", "/sw.js")) for url in sent), table


def test_the_manifest_comes_after_the_page(tab: Page, live_server, transactional_db):
    """And only for who is signed in, so that a first visit goes without it and its icons."""
    let_in(tab, make_person("ada@example.org"), live_server.url)

    tab.goto("/today/", wait_until="commit")
    tab.wait_for_selector("link[rel=manifest]", state="attached")

    loaded = "() => performance.getEntriesByType('navigation')[0].loadEventStart > 0"
    assert tab.evaluate(loaded)
