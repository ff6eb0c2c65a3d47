"""A page that served a test knows nothing of it when it serves the next (tests/kept_pages.py)."""

from tests.browser import DESK, PHONE

FILL = """async () => {
  localStorage.left = sessionStorage.left = "here";
  await new Promise((resolve) => { indexedDB.open("left").onsuccess = resolve; });
  await caches.open("left");
}"""
LEFT = """async () => [
  localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
  (await caches.keys()).length, document.cookie, history.length, innerWidth,
]"""


def test_nothing_is_left_on_it(kept_pages, site):
    options = {"viewport": PHONE, "locale": "fr-FR"}  # a kind of its own
    used = kept_pages.take(site, options, kept=True)
    page, context = used.page, used.page.context
    context.add_cookies([{"name": "left", "value": "here", "url": site}])
    page.goto(f"{site}/support/")
    page.evaluate(FILL)
    page.set_viewport_size(DESK)
    page.route("**/*", lambda route: route.abort())
    context.new_page()
    assert kept_pages.give_back(used, keep=True) == []

    again = kept_pages.take(site, options, kept=True)
    assert again.page is page
    page.goto(f"{site}/healthz")
    assert page.evaluate(LEFT) == [0, 0, 0, 0, "", 1, PHONE["width"]]
    assert context.pages == [page]
    assert kept_pages.take(site, options, kept=True).page is not page

    page.clock.install()
    page.goto(f"{site}/support/")
    kept_pages.give_back(again, keep=True)
    assert page.is_closed()
