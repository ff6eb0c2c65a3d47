"""The settings page keeps what is right and says what is not."""

import re
import unicodedata
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import transaction

from journal.people.models import User
from tests.coaching.interleaving import Other
from tests.conftest import signed_in
from tests.markup import parse
from tests.page import compact, form_ending, forms_on

SETTINGS = "/settings/"
GOOD = {
    "appearance": {"theme": "dark"},
    "name": {"called": "Ada", "language": "en-us"},
    "calendar": {"zone": "America/New_York", "day_starts_at": "4", "week_starts_on": "6"},
    "lock": {"lock_after": "5"},
}
STORED = {
    "theme": "dark",
    "called": "Ada",
    "language": "en-us",
    "zone": "America/New_York",
    "day_starts_at": 4,
    "week_starts_on": 6,
    "lock_after": 5,
}
SECTION_OF = {name: section for section, fields in GOOD.items() for name in fields}


def page(answer) -> str:
    return answer.content.decode()


def kept(person) -> dict[str, object]:
    person.refresh_from_db()
    return {name: getattr(person, name) for name in STORED}


def save(client, section: str, **fields: str):
    return client.post(f"{SETTINGS}?section={section}", GOOD[section] | fields)


def save_as_shown(client, html: str, section: str, **fields: str):
    """Sends the form of this section as it is in a page that was rendered before."""
    form = form_ending(forms_on(SETTINGS, html), f"#{section}")
    return client.post(form.action, form.fields | fields)


def test_each_section_saves_its_own_and_says_so_in_its_place(ada, ada_client):
    before = kept(ada)
    for section, fields in GOOD.items():
        answer = save(ada_client, section)

        assert (answer.status_code, answer.url) == (302, f"{SETTINGS}#{section}")
        before |= {name: STORED[name] for name in fields}
        assert kept(ada) == before
        document, _errors = parse(page(ada_client.get(SETTINGS)))
        said = [one for one in document.all("p") if one["role"] == "status" and one.text]
        assert [next(at["id"] for at in one.ancestors() if at["id"]) for one in said] == [section]


def test_theme_and_language_take_effect_at_once(ada_client):
    save(ada_client, "name")
    answer = ada_client.get(save(ada_client, "appearance").url)

    assert '<html lang="en-us" data-theme="dark">' in compact(answer)


def test_the_look_stays_on_pages_that_know_nobody(ada_client):
    answer = save(ada_client, "appearance")

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
        (
            "called",
            "x" * 41,
            "Use at most 40 characters: this has 41. Nothing is lost.",
        ),
        ("called", "a\0b", "Null characters are not allowed."),
        ("lock_after", "2", "Choose one of the times in the list."),
    ],
)
def test_a_wrong_value_gets_a_sentence_and_nothing_typed_is_lost(
    ada, ada_client, field, value, sentence
):
    before = kept(ada)

    answer = save(ada_client, SECTION_OF[field], **{field: value})

    assert answer.status_code == 200
    assert page(answer).count(sentence) == 2  # in the summary and beside the field
    assert page(answer).count('id="errors"') == 1
    assert kept(ada) == before
    if SECTION_OF[field] == "calendar" and field != "zone":
        assert '<option value="America/New_York" selected>' in compact(answer)
    if field == "language":
        assert 'value="Ada"' in page(answer)


def test_half_a_character_in_a_name_is_refused_or_replaced(ada, ada_client):
    raw = b"called=a%ED%A0%80b&language="

    answer = ada_client.post(
        f"{SETTINGS}?section=name", raw, content_type="application/x-www-form-urlencoded"
    )

    assert answer.status_code == 302


def test_a_name_of_forty_signs_in_any_script_is_kept_and_sealed(ada, ada_client):
    name = "ا" * 20 + "é" * 10

    save(ada_client, "name", called=unicodedata.normalize("NFD", name))

    assert f'value="{name}"' in page(ada_client.get(SETTINGS))


def test_two_tabs_with_two_sections_lose_nothing(ada, ada_client):
    html = page(ada_client.get(SETTINGS))

    save_as_shown(ada_client, html, "appearance", theme="dark")
    answer = save_as_shown(ada_client, html, "calendar", zone="Asia/Tokyo")

    assert answer.status_code == 302
    assert (kept(ada)["theme"], kept(ada)["zone"]) == ("dark", "Asia/Tokyo")


def test_a_page_that_is_out_of_date_shows_both_and_saves_when_sent_again(ada, ada_client):
    html = page(ada_client.get(SETTINGS))
    save_as_shown(signed_in(ada), html, "name", called="Countess")

    late = save_as_shown(ada_client, html, "name", called="Ada L.")

    assert late.status_code == 409
    assert kept(ada)["called"] == "Countess"
    document, _errors = parse(page(late))
    summary = next(one for one in document.walk() if one["id"] == "errors")
    assert "Countess" in summary.text
    assert 'value="Ada L."' in page(late)

    again = save_as_shown(ada_client, page(late), "name")

    assert again.status_code == 302
    assert kept(ada)["called"] == "Ada L."


@pytest.mark.django_db(transaction=True)
def test_two_saves_of_a_section_at_the_same_instant_are_not_both_taken(ada, ada_client):
    html = page(ada_client.get(SETTINGS))
    elsewhere = signed_in(ada)

    with transaction.atomic():
        save_as_shown(ada_client, html, "name", called="Countess")
        late = Other(lambda: save_as_shown(elsewhere, html, "name", called="Ada L."))
        late.until_it_waits()

    assert late.done().status_code == 409
    assert kept(ada)["called"] == "Countess"


def test_the_same_answer_sent_twice_is_no_conflict(ada, ada_client):
    html = page(ada_client.get(SETTINGS))

    for _time in range(2):
        answer = save_as_shown(ada_client, html, "name", called="Ada L.")
        assert answer.status_code == 302


def test_a_page_out_of_date_with_an_error_in_it_still_overwrites_nothing(ada, ada_client):
    html = page(ada_client.get(SETTINGS))
    save_as_shown(signed_in(ada), html, "name", called="Countess")

    wrong = save_as_shown(ada_client, html, "name", called="x" * 41)
    late = save_as_shown(ada_client, page(wrong), "name", called="Ada L.")

    assert late.status_code == 409
    assert kept(ada)["called"] == "Countess"


@pytest.mark.parametrize("section", ["", "nonsense", "called"])
def test_a_section_that_is_not_there_is_refused_and_the_words_come_back(ada, ada_client, section):
    before = kept(ada)

    answer = ada_client.post(f"{SETTINGS}?section={section}", {"called": "Countess of Lovelace"})

    assert answer.status_code == 400
    assert "Countess of Lovelace" in page(answer)
    assert kept(ada) == before


def test_preferences_are_ones_own(ada, eve, ada_client):
    before = kept(eve)

    for section in GOOD:
        save(ada_client, section, id=str(eve.pk), email="x@example.org", is_staff="1")

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
        save(ada_client, "appearance", words_for_numbers="on")
    with time_machine.travel(datetime(2026, 11, 21, 9, tzinfo=UTC), tick=False):
        save(ada_client, "appearance", words_for_numbers="on")

    ada.refresh_from_db()
    assert ada.numbers_hidden_since == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert re.search(r'name="words_for_numbers"[^>]* checked', page(ada_client.get(SETTINGS)))

    save(ada_client, "appearance")

    ada.refresh_from_db()
    assert ada.numbers_hidden_since is None
    assert not re.search(r'name="words_for_numbers"[^>]* checked', page(ada_client.get(SETTINGS)))


@pytest.mark.parametrize("zone", ["Asia/Tokyo", ""])
def test_of_the_zones_only_ones_own_is_chosen(ada, ada_client, zone):
    User.objects.filter(pk=ada.pk).update(zone=zone)
    page = ada_client.get("/settings/").text
    listed = page.partition('<select name="zone"')[2].partition("</select>")[0]
    assert re.findall(r'value="([^"]*)" selected', listed) == [zone]
    assert listed.count('value="Asia/Tokyo"') == listed.count('value="Europe/Oslo"') == 1
