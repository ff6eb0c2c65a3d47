"""The browser says the language at first, a menu or the settings say it for good."""

import json
import re
from datetime import date

import pytest
from django.core import mail
from django.test import Client
from django.utils import translation
from django.utils.formats import date_format

from journal.people.models import User
from journal.people.regions import first_weekday
from tests.markup import parse

GERMAN = {"accept-language": "de-AT,de;q=0.9"}


def language(answer) -> str:
    document, _errors = parse(answer.content.decode())
    return document.all("html")[0]["lang"]


def test_a_page_for_anybody_follows_the_browser_and_then_the_menu(german, db):
    client = Client(headers=GERMAN)
    for path in ("/", "/accounts/login/", "/support/"):
        assert language(client.get(path)) == "de"
    page = client.get("/accounts/login/?next=/week/").content.decode()
    document, _errors = parse(page)
    (form,) = [one for one in document.all("form") if one["action"] == "/language/"]
    fields = {one["name"]: one["value"] for one in form.all("input")}
    chosen = {one["value"]: (one.text, one["aria-current"]) for one in form.all("button")}
    assert chosen == {"en-gb": ("English (UK)", ""), "de": ("Deutsch", "true")}

    answer = client.post("/language/", {"next": fields["next"], "language": "en-gb"})
    assert (answer.status_code, answer["location"]) == (303, "/accounts/login/?next=/week/")
    assert language(client.get("/")) == "en-gb"

    for wrong in ("xx", "\0", "a" * 1000):
        client.post("/language/", {"language": wrong, "next": "https://example.com/"})
        assert language(client.get("/")) == "en-gb"


def test_english_alone_offers_no_menu(db, settings):
    settings.LANGUAGES = [("en-gb", "English (UK)"), ("en-us", "English (US)")]
    assert "/language/" not in Client().get("/").content.decode()


def test_a_persons_choice_goes_before_the_browsers_and_stays_when_they_are_gone(
    german, ada, ada_client
):
    assert language(ada_client.get("/journal/", headers=GERMAN)) == "de"
    ada_client.post("/settings/?section=name", {"called": "", "language": "en-gb"})
    assert language(ada_client.get("/journal/", headers=GERMAN)) == "en-gb"
    ada_client.post("/accounts/logout/")
    assert language(ada_client.get("/", headers=GERMAN)) == "en-gb"

    answer = ada_client.post("/accounts/login/", {"login": "", "password": ""}, headers=GERMAN)
    assert language(answer) == "en-gb"


def test_without_a_choice_the_browser_is_followed_again(german, ada, ada_client):
    ada_client.cookies["language"] = "en-gb"
    ada_client.post("/settings/?section=name", {"called": "", "language": ""})
    assert language(ada_client.get("/journal/", headers=GERMAN)) == "de"


def test_a_language_that_is_no_longer_offered_is_not_used(ada, ada_client):
    ada.language = ada.browser_language = "tlh"
    ada.save()
    assert language(ada_client.get("/journal/")) == "en-gb"
    assert ada.reads_in == "en-gb"


def test_who_signs_up_keeps_language_and_region(german, db):
    client = Client(headers={"accept-language": "de-US,de"})
    client.post("/language/", {"language": "en-gb"})
    fields = {"email": "new@example.org", "password1": "a-long-enough-one-4"}
    client.post("/accounts/signup/", fields)
    person = User.objects.get(email="new@example.org")
    assert (person.language, person.browser_language) == ("en-gb", "en-gb")
    assert person.week_starts_on == User.WeekStart.SUNDAY


@pytest.mark.parametrize(
    ("languages", "day"),
    [
        *(("de-AT,en", 0), ("en-US", 6), ("en-GB", 0), ("ar", 5), ("ar-SA", 6), ("pt-BR", 6)),
        *(("", 0), ("*", 0), ("x" * 500, 0), ("zz-ZZ, en-US", 6), ("dv", 0)),
    ],
)
def test_a_week_starts_as_it_does_where_the_browser_is(languages, day):
    assert first_weekday(languages) == day


def test_a_mail_is_in_the_language_of_whom_it_goes_to(german, ada):
    """Whoever asks for it may read another one."""
    ada.browser_language = "de"
    ada.save()
    Client(headers={"accept-language": "en"}).post("/accounts/login/code/", {"email": ada.email})
    (sent,) = mail.outbox
    assert "Anmelden" in sent.subject


def test_the_service_worker_keeps_pages_in_the_persons_language(german, ada_client):
    german_worker, english = (
        ada_client.get("/sw.js", headers={"accept-language": one}).content.decode()
        for one in ("de", "en")
    )
    shells = [
        json.loads(re.search(r"const SHELL = (.*);", one)[1]) for one in (german_worker, english)
    ]
    assert [one["language"] for one in shells] == ["de", "en-gb"]
    assert shells[0]["version"] != shells[1]["version"]


def test_dates_are_as_the_language_writes_them():
    said = {}
    for code in ("en-gb", "en-us", "de", "fr", "es", "ar"):
        with translation.override(code):
            said[code] = date_format(date(2026, 11, 30), "l j F")
    assert said == {
        "en-gb": "Monday 30 November",
        "en-us": "Monday, November 30",
        "de": "Montag, 30.\xa0November",
        "fr": "lundi 30\xa0novembre",
        "es": "lunes, 30\xa0de noviembre",
        "ar": "الاثنين، 30\xa0نوفمبر",
    }
