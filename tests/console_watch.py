"""Looks over the shoulder of a browser, and keeps what should not have happened."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response

# Chromium says this of every page that answers 4xx; whether it should have is the test's business.
STATUS = re.compile(r"Failed to load resource: the server responded with a status of")
# Playwright says it on each page that may not have one (tests/browser.py).
NO_SERVICE_WORKER = "Service Worker registration blocked by Playwright"
SPEAK_OF_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.effectiveDirective} refused ${event.blockedURI || "inline"}`));
"""


class Watch:
    """Console errors, exceptions, policy violations, what did not load, and strangers called."""

    def __init__(self, home: str) -> None:
        self.host = urlsplit(home).netloc
        self.seen: list[str] = []

    def over(self, context: BrowserContext) -> BrowserContext:
        context.add_init_script(SPEAK_OF_VIOLATIONS)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.seen.append(f"exception: {error.error}"))
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)
        return context

    def problems(self) -> list[str]:
        return list(dict.fromkeys(self.seen))

    def take_problems(self) -> list[str]:
        """What was seen since this was last asked."""
        found = self.problems()
        self.seen.clear()
        return found

    def _console(self, message: ConsoleMessage) -> None:
        expected = STATUS.match(message.text) or message.text == NO_SERVICE_WORKER
        if message.type in {"error", "warning"} and not expected:
            self.seen.append(f"console {message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != self.host:
            self.seen.append(f"called a stranger: {request.url}")

    def _failed(self, request: Request) -> None:
        failure = request.failure or ""
        if "ERR_ABORTED" in failure:  # someone clicked on before it was there
            return
        # Signing out clears the site's storage, and with it a service worker that is still being
        # installed: its scripts fail then. That it installs is shown by tests/e2e/test_offline.py.
        if not (request.service_worker and "ERR_FAILED" in failure):
            self.seen.append(f"did not load: {request.url}: {request.failure}")

    def _response(self, response: Response) -> None:
        kind = response.request.resource_type
        # A page of ours may say 4xx, and so may what htmx swaps in, where two tabs met.
        # The service worker asks for pages on behalf of the browser.
        is_page = kind == "document" or response.request.service_worker is not None
        meant = is_page or (kind in {"xhr", "fetch"} and response.status in {409, 422})
        if response.status >= 500 or (response.status >= 400 and not meant):
            self.seen.append(f"{response.status}: {response.url}")
