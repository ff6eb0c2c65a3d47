"""Pages of a browser that serve one test after the other.

A new context and the renderer of its first page take as long as three more pages. So the page of a
test is emptied and kept for the next test that asks for one of its kind: without a cookie, storage,
history, route or second tab. What the browser has of styles, scripts and fonts stays, as it does
for people. One whose timers a test has replaced cannot be mended, and is closed.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Error, Page

from tests.console_watch import Watch

HAS_OWN_TIMERS = "() => !`${setTimeout}`.includes('[native code]')"


def kind_of(home: str, options: dict[str, Any]) -> str:
    return repr((home, sorted(options.items())))


@dataclass(frozen=True)
class WatchedPage:
    page: Page
    watch: Watch
    home: str
    options: dict[str, Any]

    def empty(self) -> bool:
        """Whether nothing of the test is left. The page it ends at asks nothing of the server; for
        about:blank, a page would take a new process each time."""
        page, context = self.page, self.page.context
        for other in context.pages:
            if other is not page:
                other.close()
        page.unroute_all()
        context.unroute_all()
        context.set_offline(False)
        page.goto(f"{self.home}/healthz")
        if page.evaluate(HAS_OWN_TIMERS):
            return False
        page.evaluate("() => sessionStorage.clear()")
        context.clear_cookies()
        page.set_viewport_size(self.options["viewport"])
        page.emulate_media(media="null", color_scheme="null")
        devtools = context.new_cdp_session(page)
        everything = {"origin": self.home, "storageTypes": "all"}
        devtools.send("Storage.clearDataForOrigin", everything)
        devtools.send("Page.resetNavigationHistory")
        devtools.detach()
        return True


class KeptPages:
    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.free: dict[str, list[WatchedPage]] = defaultdict(list)

    def take(self, home: str, options: dict[str, Any], *, kept: bool) -> WatchedPage:
        free = self.free[kind_of(home, options)]
        if kept and free:
            return free.pop()
        watch = Watch(home)
        context = watch.over(self.browser.new_context(base_url=home, **options))
        context.set_default_timeout(15_000)
        return WatchedPage(context.new_page(), watch, home, options)

    def give_back(self, used: WatchedPage, *, keep: bool) -> list[str]:
        """What was seen on it that should not have happened."""
        try:
            keep = keep and used.empty()
        except Error:  # a test that failed may leave it in any state
            keep = False
        if keep:
            self.free[kind_of(used.home, used.options)].append(used)
        else:
            used.page.context.close()
        return used.watch.take_problems()
