"""Every page of tests/pages.py, opened once in a browser: readable for everyone, on every screen.

It is opened with the marks of translatable.py around each translated sentence, so the same HTML
shows what is in no catalogue and what HTML does not allow; then its forms are sent rubbish.
"""

import json
import os
from hashlib import sha256
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve
from playwright.sync_api import Page as Tab
from playwright.sync_api import Response

from journal.people.http import API_PATH
from tests import forms_left
from tests.browser import AXE, AXE_SCRIPT, DESK, PHONE, let_in
from tests.conftest import signed_in
from tests.markup import parse
from tests.page import Page, all_forms_on, visit
from tests.pages import PAGES
from tests.routes.table import TABLE
from tests.sweeps import direction, rubbish, translatable
from tests.sweeps.validity import faults_in

pytestmark = pytest.mark.sweep

NARROW = {"width": 320, "height": 640}
# By day on a desk, by night on a phone: each look of the colours and each of the layout once.
LOOKS = [("light", DESK), ("dark", PHONE)]
SEND = """([end, fill]) => {
  const action = (one) => one.getAttribute("action") || location.pathname;
  const sent = [...document.forms].filter((one) => one.getAttribute("method") === "post")
    .sort((one, other) => !one.closest("main") - !other.closest("main"));
  const form = sent.find((one) =>
    [action(one), action(one).split("?")[0]].some((address) => address.endsWith(end)))
    ?? sent.find((one) => action(one).startsWith(end));  // with an id at its end
  for (const [name, value] of Object.entries(fill)) {
    const named = form.elements[name], several = named instanceof RadioNodeList ? [...named] : [];
    const taps = several.some((one) => one.type === "submit");  // suggestions beside the field
    const field = taps ? several.find((one) => one.type !== "submit") : named;
    // Buttons alone, one of which is pressed: `submit` sends none of them.
    const pressed = () => Object.assign(document.createElement("input"), { name });
    (field ?? form.appendChild(pressed())).value = value;
  }
  HTMLFormElement.prototype.submit.call(form);
}"""
# What sticks out where lines end, other than what scrolls inside a box of its own.
STICKS_OUT = """(dir) => {
  const root = document.documentElement, before = root.dir;
  root.dir = dir;
  const out = (box) => dir === "rtl" ? box.left < -1 : box.right > innerWidth + 1;
  const found = document.scrollingElement.scrollWidth <= innerWidth ? [] :
    [...document.body.querySelectorAll("*")]
      .filter((one) => out(one.getBoundingClientRect()))
      .map((one) => one.outerHTML.slice(0, 90));
  root.dir = before;
  return found;
}"""


def open_page(tab: Tab, seen: Page, path: str) -> Response:
    response = tab.goto(path)
    if seen.send:
        with tab.expect_navigation() as navigation:
            tab.evaluate(SEND, [seen.send, seen.fill])
        response = navigation.value
    assert response is not None
    assert response.status == seen.status
    return response


def show_whole(tab: Tab, screen: dict[str, int]) -> None:
    """As wide as the screen and as high as the page, so that the bar below covers nothing."""
    tab.set_viewport_size(screen)
    height = tab.evaluate("document.scrollingElement.scrollHeight")
    tab.set_viewport_size({"width": screen["width"], "height": max(height, screen["height"])})


def looks(tab: Tab, *, colours: bool) -> list[str]:
    """What is wrong with how the page that is open looks."""
    tab.evaluate(AXE_SCRIPT)
    if not colours:
        tab.evaluate("axe.configure({rules: [{id: 'color-contrast', enabled: false}]})")
    complaints = []
    for scheme, screen in LOOKS:
        tab.emulate_media(color_scheme=scheme)
        show_whole(tab, screen)
        complaints += [f"{scheme}, {screen['width']} wide: {one}" for one in tab.evaluate(AXE)]
    tab.set_viewport_size(NARROW)
    for lines in ("ltr", "rtl"):
        complaints += [f"320 wide, {lines}: {one}" for one in tab.evaluate(STICKS_OUT, lines)]
    return complaints


@pytest.mark.parametrize("seen", PAGES, ids=str)
def test_a_page_is_for_everyone(seen: Page, ada, tab: Tab, live_server):
    with translatable.marked():
        if not seen.visitor:
            let_in(tab, ada, live_server.url, sure=seen.sure, coach=seen.coach)
        address = seen.path_for(ada)
        direction.write_from_right_to_left()
        known = translatable.own_words()  # before what is open in a browser saves by itself
        response = open_page(tab, seen, address)
        html = response.text()
    path = urlsplit(response.url).path
    cookies = SimpleCookie({one["name"]: one["value"] for one in tab.context.cookies()})
    note(seen, path, html)

    if seen.send:
        known |= translatable.own_words()
    known |= translatable.words_in(ada.email, *seen.fill.values())
    complaints = [
        f"wrap in {{% translate %}} or _(): {one}" for one in translatable.untranslated(html, known)
    ]
    if not seen.stock:
        # Axe takes most of the time, and contrast most of that. Another state of a page has the
        # colours of the first, or those of the first with errors on it.
        colours = rubbish.first_of_its_kind("colours", path, str(bool(seen.send)))
        complaints += looks(tab, colours=colours) + faults_in(html)
        complaints += direction.left_to_right(parse(html)[0])
    complaints += rubbish.sent_to_forms(cookies, all_forms_on(path, html))
    if not seen.send:
        complaints += rubbish.sent_behind_question_mark(cookies, path, html)
    if not seen.send and rubbish.first_of_its_kind("left", path, seen.name):
        complaints += forms_left.differences(tab)  # last, since what is tapped there may be saved
    assert not complaints, "\n".join(complaints)


def addresses_of_forms(path: str, html: str) -> list[str]:
    routes = {resolve(urlsplit(form.action).path).route for form in all_forms_on(path, html)}
    return sorted("/" + route.replace("^", "") for route in routes)


def note(page: Page, path: str, html: str) -> None:
    """For all processes of this run. Written beside its place first: another may be reading it."""
    place = noted(page)
    place.parent.mkdir(exist_ok=True)
    draft = place.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps(addresses_of_forms(path, html)))
    draft.rename(place)


def noted(page: Page) -> Path:
    name = sha256(page.name.encode()).hexdigest()
    return Path(os.environ["SELFTRUST_DATA_DIR"]).parent / "noted" / name


# Addresses whose form no page leads to: they are reached from an e-mail, or by hand.
NO_PAGE_LEADS_TO = {
    "/accounts/confirm-email/<key>/",
    "/accounts/password/reset/key/<uidb36>-<key>/",
    "/accounts/password/set/",
    "/accounts/login/code/confirm/",
    "/journal/<uuid:pk>/autosave/",  # sent by the script; tests/reflections/test_autosave.py
    # Offered as the undo of removing one; tests/boundaries.
    "/boundaries/<uuid:pk>/crossings/<uuid:crossing>/restore/",
    "/boundaries/<uuid:pk>/tellings/<uuid:telling>/restore/",
    "/promises/<uuid:pk>/week/<day:start>/undo/",  # likewise; tests/promises
    "/sharing/comments/<uuid:pk>/restore/",  # likewise; tests/coaching
    # A button of the step's own form leads there, with the whole form; tests/decisions.
    "/decisions/<uuid:pk>/lessons/<uuid:lesson>/use/",
    "/decisions/<uuid:pk>/lessons/<uuid:lesson>/hide/",
    "/week/<day:start>/tell/<uuid:promise>/",  # likewise; tests/reflections/week
    # Sent by the script, the service worker or another app; tests/offline, tests/e2e, tests/push.
    "/capture/share/",
    "/offline/outbox/",
    "/settings/reminders/devices/renew/",
    # Offered as the undo of sorting a note; tests/reflections.
    "/journal/<uuid:pk>/unsorted/",
    # Former addresses.
    "/journal/returning/topic/<uuid:pk>/answer/",
    "/today/prompt/",
    # Only links in e-mails lead there; tests/reminders.
    "/t/kept/<str:token>/",
    "/t/unsubscribe/<str:token>/",
    # Only where e-mail is sent, to an address that was confirmed; tests/reminders.
    "/settings/reminders/test/",
    # Django's admin has no form here, and answers a POST like a GET.
    "/admin/",
    "/admin/sharing/coachlink/",
    "/admin/jsi18n/",
    "/admin/<app_label>/",
    "/admin/support/supportresource/<path:object_id>/",
    "/admin/support/supportresource/<path:object_id>/history/",
    "/admin/people/user/<path:object_id>/",
    "/admin/people/user/<path:object_id>/history/",
    "/admin/entries/prompt/<path:object_id>/",
    "/admin/entries/prompt/<path:object_id>/history/",
    # Only shown; what is on them is sent elsewhere. A coach's addresses ask for a second step
    # whatever the method; tests/coaching/test_addresses.py asks each by every method.
    "/coach/clients/<uuid:pk>/",
    "/coach/clients/<uuid:pk>/brief/",
    "/coach/suggest/",
    "/coach/photos/<uuid:pk>/<slug:size>/",
    # Offered as the undo of removing one; tests/coaching.
    "/coach/library/<uuid:pk>/restore/",
    # What allauth only shows, asks first whatever the method.
    "/accounts/2fa/",
    "/accounts/2fa/recovery-codes/download/",
    "/accounts/signup/",  # closed where ada has an account; tests/people/ opens it
}


def test_every_address_that_takes_a_form_is_swept(ada):
    takes_forms = {
        address
        for address, line in TABLE.items()
        if "POST" in line.ada and not address.startswith(API_PATH)  # JSON: tests/api
    }
    swept: set[str] = set()
    for page in PAGES:
        if not noted(page).exists():  # another process has not come to it yet
            with transaction.atomic():
                response = visit(Client() if page.visitor else signed_in(ada), page, ada)
                note(page, response.request["PATH_INFO"], response.content.decode())
                transaction.set_rollback(True)
            ada.refresh_from_db()  # a page may have changed her settings
        swept.update(json.loads(noted(page).read_text()))
    missing = sorted(takes_forms - swept - NO_PAGE_LEADS_TO)
    assert not missing, (
        f"No page of tests/pages.py has a form for {missing}. Add the page that has it."
    )
