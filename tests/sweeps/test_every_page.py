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
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import resolve
from playwright.sync_api import Page as Tab
from playwright.sync_api import Response

from journal.people.http import API_PATH
from journal.people.models import User
from tests import forms_left
from tests.conftest import signed_in
from tests.markup import Form, parse
from tests.page import Page, all_forms_on, form_ending, forms_in, say_it_again, visit
from tests.pages import PAGES
from tests.people.second_steps import showed
from tests.routes.table import TABLE
from tests.sweeps import direction, looks, rubbish, translatable
from tests.sweeps.validity import faults_in

pytestmark = pytest.mark.sweep

SEND = """([action, fields]) => {
  const form = document.createElement("form");
  Object.assign(form, { action, method: "post" });
  for (const [name, value] of fields) {
    form.append(Object.assign(document.createElement("textarea"), { name, value }));
  }
  document.body.append(form);
  HTMLFormElement.prototype.submit.call(form);
}"""


def open_page(tab: Tab, client: Client, seen: Page, path: str, home: str) -> Response:
    """In the browser, to which the page before it, with the form, has nothing new to show."""
    form = form_ending(forms_in(client.get(path, follow=True)), seen.send) if seen.send else None
    cookies = client.cookies.items()
    tab.context.add_cookies(
        [{"name": name, "value": one.value, "url": home} for name, one in cookies]
    )
    if form:
        with tab.expect_navigation() as navigation:
            tab.evaluate(SEND, [form.action, [*(form.fields | seen.fill).items()]])
        response = navigation.value
    else:
        response = tab.goto(path)
    assert response is not None
    assert response.status == seen.status
    return response


def client_of(ada: User, seen: Page) -> Client:
    client = Client() if seen.visitor else signed_in(ada)
    if seen.sure:
        say_it_again(client)
    if seen.coach:
        showed(client)
    return client


@pytest.mark.parametrize("seen", PAGES, ids=str)
def test_a_page_is_for_everyone(seen: Page, ada, tab: Tab, axe_tab: Tab, live_server):
    with translatable.marked():
        client = client_of(ada, seen)
        address = seen.path_for(ada)
        direction.write_from_right_to_left()
        known = translatable.own_words()  # before what is open in a browser saves by itself
        response = open_page(tab, client, seen, address, live_server.url)
        html = response.text()
    path = urlsplit(response.url).path
    cookies = SimpleCookie({one["name"]: one["value"] for one in tab.context.cookies()})
    forms = all_forms_on(path, html)
    note(seen, forms)

    if seen.send:
        known |= translatable.own_words()
    names = (name for _code, name in settings.LANGUAGES)  # each in its own language
    known |= translatable.words_in(ada.email, *seen.fill.values(), *names)
    complaints = [
        f"wrap in {{% translate %}} or _(): {one}" for one in translatable.untranslated(html, known)
    ]
    if not seen.stock:
        new_kind = rubbish.first_of_its_kind("looks", path)
        complaints += looks.complaints_about(axe_tab, tab.content(), new_kind=new_kind)
        complaints += [*faults_in(html), *direction.left_to_right(parse(html)[0])]
    complaints += rubbish.sent_to_forms(cookies, forms)
    if not seen.send:
        complaints += rubbish.sent_behind_question_mark(cookies, path, html)
        if [form for form in forms if rubbish.new_to_leave(form)]:
            complaints += forms_left.differences(tab)  # last: what is tapped there may be saved
    assert not complaints, "\n".join(complaints)


def addresses_of(forms: list[Form]) -> list[str]:
    routes = {resolve(urlsplit(form.action).path).route for form in forms}
    return sorted("/" + route.replace("^", "") for route in routes)


def note(page: Page, forms: list[Form]) -> None:
    """For all processes of this run. Written beside its place first: another may be reading it."""
    place = noted(page)
    place.parent.mkdir(exist_ok=True)
    draft = place.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps(addresses_of(forms)))
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
    # Offered as an undo, sent by the script, or only looked at; tests/coaching asks each of them.
    *("/coach/programs/<uuid:pk>/restore/", "/coach/templates/<uuid:pk>/restore/"),
    *("/coach/sessions/<uuid:pk>/autosave/", "/coach/programs/", "/coach/team/mark/"),
    # Django's own pages, for the operator; tests/coaching/test_team_upkeep.py.
    *("/admin/sharing/team/", "/admin/sharing/team/add/"),
    "/admin/sharing/team/<path:object_id>/change/",
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
                path, html = response.request["PATH_INFO"], response.content.decode()
                note(page, all_forms_on(path, html))
                transaction.set_rollback(True)
            ada.refresh_from_db()  # a page may have changed her settings
        swept.update(json.loads(noted(page).read_text()))
    missing = sorted(takes_forms - swept - NO_PAGE_LEADS_TO)
    assert not missing, (
        f"No page of tests/pages.py has a form for {missing}. Add the page that has it."
    )
