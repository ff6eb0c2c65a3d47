from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from journal.people.models import User
from tests.browser import watched
from tests.console_watch import Watch
from tests.factories import make_person
from tests.routes.conftest import _refusals_are_no_news  # noqa: F401
from tests.sweeps import looks, rubbish


@pytest.fixture
def ada(transactional_db) -> User:
    """As in the other tests, but there for the server's threads to see."""
    return make_person("ada@example.org", zone="Europe/Berlin")


@pytest.fixture(autouse=True)
def _swept_anew_when_run_once_more(request: pytest.FixtureRequest) -> None:
    """What a test claimed to be the first to sweep, before it failed, nobody has."""
    if getattr(request.node, "execution_count", 1) > 1:
        for file in rubbish.claimed:
            file.unlink(missing_ok=True)
    rubbish.claimed.clear()


@pytest.fixture(scope="session")
def open_tab(browser: Browser, live_server: LiveServer) -> Iterator[tuple[Page, Watch]]:
    watch = Watch(live_server.url)
    context = watched(browser, watch, live_server.url, service_workers="block")
    page = context.new_page()
    page.goto("/healthz")
    yield page, watch
    context.close()


@pytest.fixture(scope="session")
def axe_tab(open_tab: tuple[Page, Watch]) -> Page:
    """A tab beside it with axe in it (looks.py); it asks for style and pictures as ada, too."""
    page = open_tab[0].context.new_page()
    looks.make_ready(page)
    return page


@pytest.fixture
def tab(open_tab: tuple[Page, Watch]) -> Iterator[Page]:
    """One page for all the tests that only look: style and fonts are loaded once."""
    page, watch = open_tab
    yield page
    # A page of the same server that asks nothing: to leave it, for about:blank, and come back would
    # take a new process each time, which then reads axe anew.
    page.goto("/healthz")
    page.context.clear_cookies()
    assert watch.take_problems() == []
