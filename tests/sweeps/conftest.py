from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from journal.people.models import User
from tests.browser import DESK, watched
from tests.console_watch import Watch
from tests.factories import make_person
from tests.routes.conftest import _refusals_are_no_news  # noqa: F401


@pytest.fixture
def ada(transactional_db) -> User:
    """As in the other tests, but there for the server's threads to see."""
    return make_person("ada@example.org", zone="Europe/Berlin")


@pytest.fixture(scope="session")
def open_tab(browser: Browser, live_server: LiveServer) -> Iterator[tuple[Page, Watch]]:
    watch = Watch(live_server.url)
    context = watched(browser, watch, live_server.url, service_workers="block")
    yield context.new_page(), watch
    context.close()


@pytest.fixture
def tab(open_tab: tuple[Page, Watch]) -> Iterator[Page]:
    """One page for all the tests that only look: style and fonts are loaded once."""
    page, watch = open_tab
    yield page
    # A page of the same server that asks nothing: to leave it, for about:blank, and come back would
    # take a new process each time, which then reads axe anew.
    page.goto("/healthz")
    page.context.clear_cookies()
    page.set_viewport_size(DESK)
    assert watch.take_problems() == []
