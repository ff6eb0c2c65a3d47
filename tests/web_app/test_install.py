"""The page about installing, and the name and icon that a person chooses there."""

import pytest

from journal.people.models import User
from tests.markup import forms_of, parse
from tests.page import compact

INSTALL = "/settings/install/"


def form_on(answer) -> dict[str, str]:
    document, errors = parse(answer.content.decode())
    assert errors == []
    return next(form for form in forms_of(document) if form.action.startswith(INSTALL)).fields


def test_the_name_is_saved_and_the_page_links_its_manifest(ada, ada_client):
    assert 'data-manifest="/selftrust.webmanifest"' in ada_client.get("/today/").content.decode()

    sent = form_on(ada_client.get(INSTALL)) | {"app_name": "notes"}
    answer = ada_client.post(INSTALL, sent, follow=True)

    ada.refresh_from_db()
    assert ada.app_name == "notes"
    assert "Saved" in compact(answer)
    assert 'data-manifest="/notes.webmanifest"' in answer.content.decode()


def test_no_page_links_a_manifest_before_it_has_loaded(ada_client, client):
    """js/page.js does, and only for who is signed in."""
    for one in (ada_client, client):
        html = one.get("/", follow=True).content.decode()
        assert 'rel="manifest"' not in html
    assert ".webmanifest" not in client.get("/").content.decode()


def test_two_tabs_show_both_names_before_one_is_overwritten(ada, ada_client):
    opened = form_on(ada_client.get(INSTALL))
    ada_client.post(INSTALL, {**opened, "app_name": "notes"})

    answer = ada_client.post(INSTALL, {**opened, "app_name": "selftrust"})

    assert answer.status_code == 409
    assert "Notes" in compact(answer).partition("The version saved elsewhere")[2]
    ada.refresh_from_db()
    assert ada.app_name == "notes"
    ada_client.post(INSTALL, form_on(answer) | {"app_name": "selftrust"})
    ada.refresh_from_db()
    assert ada.app_name == "selftrust"


@pytest.mark.parametrize("given", ["", "x", "\0", "n" * 5000])
def test_another_name_is_refused(ada, ada_client, given):
    answer = ada_client.post(INSTALL, {"app_name": given})

    assert answer.status_code == 200
    assert 'id="errors"' in answer.content.decode()
    ada.refresh_from_db()
    assert ada.app_name == "selftrust"


def test_back_to_its_own_name_the_cookie_goes(ada_client):
    for name, cookie in (("notes", "notes"), ("selftrust", "")):
        ada_client.post(INSTALL, {"app_name": name})
        ada_client.get("/today/")
        assert ada_client.cookies["app"].value == cookie


def test_no_thanks_is_for_good_and_the_page_stays(ada, ada_client):
    assert "No, thanks" in compact(ada_client.get(INSTALL))

    assert ada_client.post("/today/offers/install/decline/", {"do": "never"}).url == "/today/"

    assert "No, thanks" not in compact(ada_client.get(INSTALL))
    assert "By hand" in compact(ada_client.get(INSTALL))
    assert User.objects.get(pk=ada.pk).declined_offers == ["install"]
