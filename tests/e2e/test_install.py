"""Chromium finds nothing that would keep it from installing the app, and only when it is asked."""

import json

import pytest
from playwright.sync_api import Page

from tests.browser import let_in, violations
from tests.factories import make_person

pytestmark = pytest.mark.service_worker

LINK = "() => document.querySelector('link[rel=manifest]')?.href"


@pytest.mark.parametrize("name", ["selftrust", "notes"])
def test_chromium_would_install_it(tab: Page, live_server, transactional_db, name):
    ada = make_person("ada@example.org", app_name=name)
    let_in(tab, ada, live_server.url)
    devtools = tab.context.new_cdp_session(tab)

    tab.goto("/today/")
    tab.wait_for_function(LINK)

    found = devtools.send("Page.getAppManifest")
    assert found["errors"] == []
    assert found["url"] == f"{live_server.url}/{name}.webmanifest"
    assert json.loads(found["data"])["name"].lower() == name
    assert devtools.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    assert tab.title().lower().endswith(f"– {name}")


def test_the_button_is_there_only_where_the_browser_offers_it(tab, live_server, transactional_db):
    let_in(tab, make_person("ada@example.org"), live_server.url)
    tab.goto("/settings/install/")
    button = tab.get_by_role("button", name="Install")
    by_hand = tab.get_by_text("Choose “Add to Home Screen”")
    assert by_hand.is_visible()
    assert violations(tab) == []

    tab.evaluate(
        """() => {
          const offer = new Event("beforeinstallprompt", { cancelable: true });
          offer.prompt = async () => ({ outcome: "accepted" });
          window.wasPrevented = !window.dispatchEvent(offer);
        }"""
    )

    assert tab.evaluate("window.wasPrevented")  # the browser's own banner stays away
    assert not by_hand.is_visible()
    assert violations(tab) == []
    tab.get_by_role("radio", name="Notes").check()
    button.click()  # another name than the saved one is saved first
    tab.wait_for_function(f"() => ({LINK})()?.endsWith('/notes.webmanifest')")
    assert tab.get_by_role("status").filter(has_text="Saved").is_visible()
