"""The starter list by country: shown at once, as not confirmed; the weak ones to nobody."""

import re

import pytest
from django.core.exceptions import ValidationError

from journal.support import countries, page_copy, starter
from journal.support.models import ServedCountry, SupportResource, dials
from tests.conftest import signed_in
from tests.support.factories import make_resource
from tests.support.test_support_page import page

pytestmark = pytest.mark.django_db
STARTER = "/admin/support/supportresource/starter/"
NOT_CONFIRMED = "Not yet confirmed by whoever runs this server"
ENTRIES = {
    entry.resource.starter: entry for entry in starter.entries_for(countries.NAMES, without=())
}


def listed(html: str) -> list[str]:
    return re.findall(r"<summary><h2[^>]*>(.*?)</h2>", html)


def opened(html: str) -> list[str]:
    return re.findall(r"<details [^>]* open> *<summary><h2[^>]*>(.*?)</h2>", html)


def test_all_countries_are_there_and_folded_and_none_is_called_confirmed(client):
    html = page(client.get("/support/"))

    assert listed(html) == sorted(map(str, countries.NAMES.values()))
    assert opened(html) == []
    assert html.count(NOT_CONFIRMED) == len(countries.NAMES) + 1  # and the directories
    assert "Verified" not in html


@pytest.mark.parametrize("wanted", ["SE", "se"])
def test_an_address_opens_one_and_puts_it_first(client, wanted):
    html = page(client.get(f"/support/?country={wanted}"))

    assert opened(html) == ["Sweden"]
    assert listed(html)[0] == "Sweden"
    assert len(listed(html)) == len(countries.NAMES)


@pytest.mark.parametrize("nonsense", ["XX", "", "Sweden", "<b>", "%00", "ß" * 500])
def test_a_country_that_is_none_changes_nothing(client, nonsense):
    assert page(client.get("/support/", {"country": nonsense})) == page(client.get("/support/"))


def test_the_environment_names_the_countries_and_the_only_one_is_open(client, settings):
    settings.COUNTRIES = ["SE"]
    html = page(client.get("/support/?country=DE"))

    assert (listed(html), opened(html)) == (["Sweden"], ["Sweden"])


def test_what_is_weak_is_shown_to_nobody(client):
    html = page(client.get("/support/"))
    weak = [entry.resource for entry in ENTRIES.values() if entry.weak]
    shown = [entry.resource for entry in ENTRIES.values() if not entry.weak]

    assert len(weak) == 34
    assert [one.name for one in weak if f">{one.name}</h" in html] == []
    assert [one.name for one in shown if one.url and f'href="{one.url}"' not in html] == []


def test_a_country_of_which_nothing_else_is_known_has_its_emergency_number(client, settings):
    settings.COUNTRIES = ["TR"]
    html = page(client.get("/support/"))

    assert re.findall(r'href="(?:tel|sms):([^"]*)"', html) == ["112"]
    assert "findahelpline.com" in html


def test_every_entry_has_two_sources_and_is_valid():
    for key, entry in ENTRIES.items():
        assert len(entry.sources) >= 2, key
        entry.resource.clean_fields(exclude=["verified_on"])
        entry.resource.validate_constraints()
    kinds = {(one.resource.country, one.resource.kind) for one in ENTRIES.values() if not one.weak}
    assert {code for code, kind in kinds if kind == "emergency"} == {*countries.NAMES}


def test_numbers_with_what_they_are_for():
    assert [(one.number, one.use, one.link) for one in dials("112, 110 (police)", "tel:")] == [
        ("112", "", "tel:112"),
        ("110", "police", "tel:110"),
    ]
    (text,) = dials("85258 (SHOUT)", "sms:")
    assert (text.use, text.link) == ("SHOUT", "sms:85258?&body=SHOUT")


@pytest.mark.parametrize("phone", ["112 (", "112 (1)", "112; 110", "police: 110", "112 (a) 110"])
def test_other_numbers_are_refused(phone):
    with pytest.raises(ValidationError):
        make_resource().__class__(name="x", kind="crisis", phone=phone).clean_fields(
            exclude=["verified_on"]
        )


# --- the operator -------------------------------------------------------------------------------


def test_countries_are_chosen_on_the_operators_page(
    operator_client, client, django_capture_on_commit_callbacks
):
    for codes in (["SE", "DK"], ["DK"]):
        with django_capture_on_commit_callbacks(execute=True):
            operator_client.post(STARTER, {"do": "countries", "countries": codes})

    assert listed(page(client.get("/support/"))) == ["Denmark"]
    assert "Kirkens SOS" not in operator_client.get(STARTER).content.decode()
    operator_client.post(STARTER, {"do": "countries", "countries": "XX"})
    assert [one.code for one in ServedCountry.objects.all()] == ["DK"]


def test_what_the_operator_confirms_has_a_date_and_may_be_a_weak_one(
    operator_client, client, settings, django_capture_on_commit_callbacks
):
    settings.COUNTRIES = ["SE"]
    answer = operator_client.get(STARTER).content.decode()
    assert "fewer than two named sources" in answer
    assert "eccdata.txt" in answer

    for _twice in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            chosen = {"do": "confirm", "entry": ["se-emergency", "se-sjalvmordslinjen"]}
            assert operator_client.post(STARTER, chosen).url == STARTER

    html = page(client.get("/support/"))
    assert SupportResource.objects.count() == 2
    assert html.count("Verified") == 2
    assert 'href="tel:90101"' in html
    assert 'value="se-emergency"' not in operator_client.get(STARTER).content.decode()


def test_what_the_operator_leaves_out_is_gone_until_it_is_deleted(
    operator_client, client, settings, django_capture_on_commit_callbacks
):
    settings.COUNTRIES = ["GB"]
    with django_capture_on_commit_callbacks(execute=True):
        operator_client.post(STARTER, {"do": "leave-out", "entry": "gb-shout"})
    assert "85258" not in page(client.get("/support/"))

    SupportResource.objects.all().delete()
    page_copy.refresh()
    assert "85258" in page(client.get("/support/"))


def test_an_entry_is_changed_in_the_form_of_any_other(
    operator_client, client, settings, django_capture_on_commit_callbacks
):
    settings.COUNTRIES = ["GB"]
    address = "/admin/support/supportresource/add/?starter=gb-shout"
    assert 'value="85258 (SHOUT)"' in operator_client.get(address).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        operator_client.post(
            address,
            {
                "kind": "crisis",
                "name": "Shout",
                "country": "GB",
                "text": "85259",
                "verified_on": "2026-11-02",
            },
        )

    assert SupportResource.objects.get().starter == "gb-shout"
    html = page(client.get("/support/"))
    assert ("85258" in html, "Text 85259" in html) == (False, True)


# --- the link -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "language", "country"),
    [
        ("Europe/Stockholm", "", "?country=SE"),
        ("Asia/Calcutta", "en-gb", "?country=IN"),
        ("", "en-us", "?country=US"),
        ("", "", ""),
        ("Africa/Lagos", "en-gb", ""),
    ],
)
def test_pages_link_to_the_country_of_the_person(ada, zone, language, country):
    ada.zone, ada.language = zone, language
    ada.save(update_fields=["zone", "language"])

    html = signed_in(ada).get("/practices/").content.decode()

    assert set(re.findall(r'href="/support/([^"]*)"', html)) == {country}


def test_who_is_not_signed_in_has_the_plain_link(client):
    html = client.get("/accounts/login/").content.decode()
    assert set(re.findall(r'href="/support/([^"]*)"', html)) == {""}
