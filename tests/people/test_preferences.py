"""The settings page keeps what is right and says what is not."""

import re
import unicodedata
from datetime import UTC, datetime

import pytest
import time_machine

from tests.conftest import signed_in
from tests.page import compact

SETTINGS = "/settings/"
GOOD = {
    "called": "Ada",
    "zone": "America/New_York",
    "day_starts_at": "4",
    "week_starts_on": "6",
    "theme": "dark",
    "language": "en-us",
}


def page(answer) -> str:
    return answer.content.decode()


def kept(person) -> dict[str, object]:
    person.refresh_from_db()
    return {name: getattr(person, name) for name in GOOD if name != "called"}


def test_everything_right_is_kept_and_said(ada, ada_client):
    answer = ada_client.post(SETTINGS, GOOD)

    assert (answer.status_code, answer.url) == (302, SETTINGS)
    assert kept(ada) == {
        "zone": "America/New_York",
        "day_starts_at": 4,
        "week_starts_on": 6,
        "theme": "dark",
        "language": "en-us",
    }
    shown = page(ada_client.get(SETTINGS))
    assert 'role="status"' in shown
    assert 'value="Ada"' in shown


def test_theme_and_language_take_effect_at_once(ada_client):
    answer = ada_client.post(SETTINGS, GOOD, follow=True)

    assert '<html lang="en-us" data-theme="dark">' in compact(answer)


def test_the_look_stays_on_pages_that_know_nobody(ada_client):
    answer = ada_client.post(SETTINGS, GOOD)

    cookie = answer.cookies["theme"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("dark", True, "Lax")
    ada_client.post("/accounts/logout/")
    assert 'data-theme="dark"' in page(ada_client.get("/accounts/login/"))


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("zone", "Mars/Olympus", "Choose a time zone from the list."),
        ("zone", "\0", "Choose a time zone from the list."),
        ("zone", "x" * 10_000, "Choose a time zone from the list."),
        ("day_starts_at", "24", "Choose a full hour from 0 to 23."),
        ("day_starts_at", "-1", "Choose a full hour from 0 to 23."),
        ("day_starts_at", "four", "Choose a full hour from 0 to 23."),
        ("day_starts_at", "", "This field is required."),
        ("week_starts_on", "3", "Choose Monday, Saturday or Sunday."),
        ("week_starts_on", "x", "Choose Monday, Saturday or Sunday."),
        ("week_starts_on", "9" * 5000, "Choose Monday, Saturday or Sunday."),
        ("theme", "neon", "Choose light, dark or the same as your device."),
        ("language", "xx", "Choose a language from the list."),
        ("called", "x" * 41, "Ensure this value has at most 40 characters (it has 41)."),
        ("called", "a\0b", "Null characters are not allowed."),
    ],
)
def test_a_wrong_value_gets_a_sentence_and_nothing_typed_is_lost(
    ada, ada_client, field, value, sentence
):
    before = kept(ada)

    answer = ada_client.post(SETTINGS, {**GOOD, "called": "Countess", field: value})

    assert answer.status_code == 200
    assert page(answer).count(sentence) == 2  # in the summary and beside the field
    assert kept(ada) == before
    if field != "called":
        assert 'value="Countess"' in page(answer)
    else:
        assert '<option value="America/New_York" selected>' in compact(answer)


def test_half_a_character_in_a_name_is_refused_or_replaced(ada, ada_client):
    raw = b"called=a%ED%A0%80b&zone=&day_starts_at=0&week_starts_on=0&theme=system&language="

    answer = ada_client.post(SETTINGS, raw, content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 302


def test_a_name_of_forty_signs_in_any_script_is_kept_and_sealed(ada, ada_client):
    name = "ا" * 20 + "é" * 10

    ada_client.post(SETTINGS, {**GOOD, "called": unicodedata.normalize("NFD", name)})

    assert f'value="{name}"' in page(ada_client.get(SETTINGS))


def test_in_two_tabs_the_last_one_wins(ada, ada_client):
    other_tab = signed_in(ada)

    ada_client.post(SETTINGS, {**GOOD, "theme": "dark"})
    other_tab.post(SETTINGS, {**GOOD, "theme": "light"})

    assert kept(ada)["theme"] == "light"


def test_preferences_are_ones_own(ada, eve, ada_client):
    before = kept(eve)

    ada_client.post(
        SETTINGS, {**GOOD, "id": str(eve.pk), "email": "x@example.org", "is_staff": "1"}
    )

    assert kept(eve) == before
    ada.refresh_from_db()
    assert (ada.email, ada.is_staff) == ("ada@example.org", False)


def test_one_tap_takes_the_zone_the_browser_found(ada, ada_client):
    assert ada_client.post("/settings/zone/", {"zone": "Asia/Tokyo"}).url == "/today/"

    assert kept(ada)["zone"] == "Asia/Tokyo"


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "\0", "x" * 10_000])
def test_a_zone_nobody_knows_leads_to_the_settings(ada, ada_client, zone):
    assert ada_client.post("/settings/zone/", {"zone": zone}).url == SETTINGS

    assert kept(ada)["zone"] == "Europe/Berlin"


def test_words_instead_of_numbers_are_a_fact_with_a_time(ada, ada_client):
    with time_machine.travel(datetime(2026, 11, 20, 9, tzinfo=UTC), tick=False):
        ada_client.post(SETTINGS, {**GOOD, "words_for_numbers": "on"})
    with time_machine.travel(datetime(2026, 11, 21, 9, tzinfo=UTC), tick=False):
        ada_client.post(SETTINGS, {**GOOD, "words_for_numbers": "on"})

    ada.refresh_from_db()
    assert ada.numbers_hidden_since == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert re.search(r'name="words_for_numbers"[^>]* checked', page(ada_client.get(SETTINGS)))

    ada_client.post(SETTINGS, GOOD)

    ada.refresh_from_db()
    assert ada.numbers_hidden_since is None
    assert not re.search(r'name="words_for_numbers"[^>]* checked', page(ada_client.get(SETTINGS)))
