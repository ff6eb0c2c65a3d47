"""This is too much right now, while writing in the journal."""

import re
from datetime import timedelta

import pytest

from journal.people import clock
from tests.factories import make_entry
from tests.guide.test_pause import back_to_writing, typed_on

WRITE = "/journal/write/"


def bodies(person) -> list[str]:
    return [entry.body for entry in person.entries.live()]


def page(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def form(ada):
    return {"title": "", "written_on": clock.today(ada).isoformat(), "do": "enough"}


def test_what_was_written_is_saved_and_the_next_page_asks_for_nothing(ada, ada_client, form):
    answer = ada_client.post(WRITE, {**form, "body": "It all came at once"}, follow=True)

    entry = ada.entries.get()
    html = page(answer)
    assert entry.body == "It all came at once"
    assert answer.redirect_chain == [(f"/journal/enough/?entry={entry.pk}", 302)]
    assert "both feet on the floor" in html
    assert "It all came at once" not in html
    links = re.findall(r'href="(/[^"]+)"', re.search("<main.*</main>", html, re.S)[0])
    assert links == ["/support/?country=DE", "/today/", f"/journal/{entry.pk}/edit/"]


def test_nothing_written_leaves_nothing(ada, ada_client, form):
    answer = ada_client.post(WRITE, {**form, "body": "  "}, follow=True)

    assert 'href="/journal/write/"' in page(answer)
    assert bodies(ada) == []


def test_a_day_that_does_not_hold_keeps_the_words(ada, ada_client, form):
    tomorrow = (clock.today(ada) + timedelta(days=1)).isoformat()

    answer = ada_client.post(WRITE, {**form, "body": "Too much", "written_on": tomorrow})

    assert "both feet on the floor" in page(answer)
    assert bodies(ada) == ["Too much"]
    assert ada.entries.get().written_on == clock.today(ada)


def test_what_is_too_long_stays_in_the_page_and_comes_back(ada, ada_client, form):
    long = "word " * 4001

    answer = ada_client.post(WRITE, {**form, "title": "Long", "body": long})

    assert "both feet on the floor" in page(answer)
    assert bodies(ada) == []
    assert typed_on(answer)["body"] == long
    again = back_to_writing(ada_client, answer)
    assert long.strip() in page(again)
    assert "longer" in page(again)
    assert bodies(ada) == []


def test_a_title_that_is_too_long_is_saved_later_into_the_same_entry(ada, ada_client, form):
    answer = ada_client.post(WRITE, {**form, "title": "t" * 121, "body": "Too much"})

    again = back_to_writing(ada_client, answer)

    entry = ada.entries.get()
    assert "t" * 121 in page(again)
    fixed = {**typed_on(answer), "title": "Shorter"}
    assert ada_client.post(f"/journal/{entry.pk}/edit/", fixed).url == f"/journal/{entry.pk}/"
    assert [(one.title, one.body) for one in ada.entries.all()] == [("Shorter", "Too much")]


def test_sent_twice_it_is_one_entry(ada, ada_client, form):
    html = ada_client.get(WRITE, follow=True).content.decode()
    form["id"] = re.search(r'name="id" value="([^"]+)"', html)[1]

    for _time in range(2):
        ada_client.post(WRITE, {**form, "body": "Once"})

    assert bodies(ada) == ["Once"]


def test_an_entry_that_changed_elsewhere_is_not_overwritten(ada, ada_client, form):
    entry = make_entry(ada, "From the phone")
    edit = f"/journal/{entry.pk}/edit/"
    stale = {**form, "version": "9", "body": "From the desk"}

    answer = ada_client.post(edit, stale)

    assert "both feet on the floor" in page(answer)
    assert "From the desk" in page(answer)
    assert bodies(ada) == ["From the phone"]
    assert "From the desk" in page(back_to_writing(ada_client, answer))
    assert ada_client.post(edit, typed_on(answer)).status_code == 409


def test_changing_an_entry_saves_too(ada, ada_client, form):
    entry = make_entry(ada, "First")

    answer = ada_client.post(
        f"/journal/{entry.pk}/edit/", {**form, "version": "1", "body": "Second"}
    )

    assert answer.url == f"/journal/enough/?entry={entry.pk}"
    assert bodies(ada) == ["Second"]


def test_somebody_elses_entry_is_no_place_to_go_back_to(ada, eve_client):
    entry = make_entry(ada)

    html = page(eve_client.get(f"/journal/enough/?entry={entry.pk}"))

    assert str(entry.pk) not in html
    assert 'href="/journal/write/"' in html


def test_words_are_in_no_address_and_no_session(ada, ada_client, form):
    answer = ada_client.post(WRITE, {**form, "title": "t" * 121, "body": "zanzibarquokka"})

    assert "zanzibarquokka" not in str(answer.headers)
    assert "zanzibarquokka" not in str(dict(ada_client.session))
