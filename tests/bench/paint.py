"""When the largest thing on a page is drawn, for a browser that has nothing of ours yet, on slow 4G
and a processor four times slower: Lighthouse's figures for a phone."""

import statistics
from uuid import uuid4

from playwright.sync_api import Browser, sync_playwright

from tests.browser import CHROMIUM, PHONE

TIMES = 5
SLOW_4G = {
    "offline": False,
    "latency": 150,  # ms
    "downloadThroughput": 1_600_000 / 8,  # bytes a second
    "uploadThroughput": 750_000 / 8,
}
LARGEST = """() => new Promise(found => new PerformanceObserver(
  list => found(list.getEntries().at(-1).startTime)
).observe({type: "largest-contentful-paint", buffered: true}))"""


def paints(address: str, cookie: str) -> None:
    if not CHROMIUM:
        print("\nLargest paint: chromium is not installed.")
        return
    pages = {"Landing": "/", "Today": "/today/", "Journal": "/journal/"}
    pages["Write"] = f"/journal/write/?id={uuid4()}"
    print("\n| Largest paint, slow 4G, 4 x CPU | ms | aim |\n|---|---|---|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, path in pages.items():
            mine = cookie if path != "/" else ""
            found = [_largest(browser, f"{address}{path}", mine) for _time in range(TIMES)]
            print(f"| {name} | {statistics.median(found):.0f} | <= 1500 |")
        browser.close()


def _largest(browser: Browser, url: str, cookie: str) -> float:
    context = browser.new_context(viewport=PHONE)
    for pair in filter(None, cookie.split("; ")):
        name, _equals, value = pair.partition("=")
        context.add_cookies([{"name": name, "value": value, "url": url}])
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", SLOW_4G)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    answer = page.goto(url, wait_until="load")
    if answer is None or not answer.ok:
        raise SystemExit(f"{url} did not answer 200.")
    page.wait_for_timeout(500)  # a larger one may follow the load
    found: float = page.evaluate(LARGEST)
    context.close()
    return found
