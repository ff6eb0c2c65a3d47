"""The start: one small promise, when, and then Today, where it can be kept at once."""

import re
from datetime import date
from uuid import uuid4

import pytest
import time_machine

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.promises import suggestions
from journal.promises.models import Promise
from tests.page import compact
from tests.promises.factories import make_draft, make_promise

FRIDAY, SATURDAY = "2026-11-20T10:00:00+01:00", "2026-11-21T10:00:00+01:00"
PASSWORD = "four unrelated words work"
SIGNUP = {"email": "new@example.org", "password1": PASSWORD, "zone": "Europe/Berlin"}


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel(FRIDAY, tick=False):
        yield


def promises(person: User) -> list[Promise]:
    with acting_as(person):
        return list(person.promises.live().order_by("id"))


def one_of(person: User) -> Promise:
    (promise,) = promises(person)
    return promise


def pick(client, key="walk", **fields) -> str:
    """Taps a suggestion; returns the address of the page that asks when."""
    return client.post("/welcome/", {"pick": key, **fields}).url


def test_a_new_person_starts_there_once(client, db, settings):
    settings.SELFTRUST_SIGNUP = "open"

    assert client.post("/accounts/signup/", SIGNUP).url == "/welcome/"
    client.post("/accounts/logout/")
    answer = client.post("/accounts/login/", {"login": SIGNUP["email"], "password": PASSWORD})
    assert answer.url == "/today/"


def test_a_link_to_a_page_leads_there_after_signing_up(client, db, settings):
    settings.SELFTRUST_SIGNUP = "open"
    assert client.post("/accounts/signup/?next=/journal/", SIGNUP).url == "/journal/"


def test_two_taps_make_a_promise_that_can_be_kept_at_once(ada, ada_client):
    page = compact(ada_client.get("/welcome/", follow=True))
    pk = re.search(r'name="id" value="([^"]+)"', page)[1]

    when = ada_client.post("/welcome/", {"pick": "water", "id": pk})
    asked = compact(ada_client.get(when.url))
    made = ada_client.post(when.url, filled(asked))

    promise = one_of(ada)
    assert str(promise.pk) == pk
    assert (promise.state, promise.statement, promise.cue, promise.cadence) == (
        *("active", "A glass of water before coffee", "getting up", "daily"),
    )
    assert (promise.smallest_version, promise.action) == ("", "")
    assert made.url.startswith("/today/")
    today = compact(ada_client.get(made.url))
    assert f'name="{pk}-status"' in today
    answer = {"date": "2026-11-20", "seen": "2026-11-20", f"{pk}-status": "kept"}
    ada_client.post("/today/check/", answer)
    with acting_as(ada):
        assert promise.checkins.get().status == "kept"


def filled(page: str) -> dict[str, str]:
    """What a browser sends of the page without another tap."""
    chosen = re.findall(r'name="(moment|rhythm)" value="(\w+)"[^>]* checked', page)
    return {**dict(chosen), "cue": "", "version": re.search(r'"version" value="(\d+)"', page)[1]}


@pytest.mark.parametrize("key", suggestions.BY_KEY)
def test_each_suggestion_brings_when_and_how_often(ada, ada_client, key):
    asked = compact(ada_client.get(pick(ada_client, key)))

    one = suggestions.BY_KEY[key]
    assert {"moment": one.moment, "rhythm": one.rhythm}.items() <= filled(asked).items()


@pytest.mark.parametrize("fields", [{"pick": "walk"}, {"own": "Ring Gran"}])
def test_on_a_weekend_weekdays_give_way_so_that_it_is_due_at_once(ada, ada_client, fields):
    with time_machine.travel(SATURDAY, tick=False):
        when = ada_client.post("/welcome/", fields).url
        assert filled(compact(ada_client.get(when)))["rhythm"] == "daily"


def test_own_words_are_safe_from_the_first_page_on(ada, ada_client):
    when = ada_client.post("/welcome/", {"own": "  Ring  Gran "}).url

    assert one_of(ada).statement == "Ring Gran"
    page = compact(ada_client.get(when))
    assert "Ring Gran" in page
    assert filled(page)["rhythm"] == "weekdays"
    assert "moment" not in filled(page)
    ada_client.post(when, {"rhythm": "weekdays", "version": "1"})
    promise = one_of(ada)
    assert (promise.state, promise.cue, promise.weekdays) == ("active", "", [0, 1, 2, 3, 4])


@pytest.mark.parametrize(
    ("rhythm", "columns"),
    [
        ("daily", ("daily", [], None, None)),
        ("weekdays", ("weekdays", [0, 1, 2, 3, 4], None, None)),
        ("three", ("times_per_week", [], 3, None)),
        ("once", ("once", [], None, date(2026, 11, 20))),
    ],
)
def test_each_rhythm(ada, ada_client, rhythm, columns):
    ada_client.post(pick(ada_client), {"rhythm": rhythm, "moment": "lunch", "version": "1"})

    promise = one_of(ada)
    found = (promise.cadence, promise.weekdays, promise.times_per_week, promise.due_on)
    assert (promise.state, found) == ("active", columns)


def test_typed_words_win_over_the_tapped_moment(ada, ada_client):
    fields = {"rhythm": "daily", "moment": "lunch", "cue": "the school run", "version": "1"}
    ada_client.post(pick(ada_client), fields)

    assert one_of(ada).cue == "the school run"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Tap one, or write a few words."),
        ({"own": " \n"}, "Tap one, or write a few words."),
        ({"pick": "dragon"}, "Tap one, or write a few words."),
        ({"own": "x" * 141}, "at most 140"),
        ({"own": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_a_first_page_without_a_promise_says_so_and_loses_nothing(
    ada, ada_client, fields, sentence
):
    page = compact(ada_client.post("/welcome/", fields))

    assert sentence in page
    assert fields.get("own", "").strip().replace("\x00", "") in page.replace("\x00", "")
    assert promises(ada) == []


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"rhythm": ""}, "Choose how often."),
        ({"rhythm": "hourly"}, "Choose how often."),
        ({"moment": "noon"}, "Choose one of these, or write your own."),
        ({"cue": "x" * 141}, "at most 140"),
    ],
)
def test_a_second_page_with_bad_input_says_so_and_loses_nothing(ada, ada_client, fields, sentence):
    given = {"rhythm": "daily", "cue": "the school run", "version": "1", **fields}

    page = compact(ada_client.post(pick(ada_client), given))

    assert sentence in page
    assert given["cue"] in page
    assert one_of(ada).state == "draft"


def test_a_double_tap_makes_one_promise(ada, ada_client):
    pk = str(uuid4())
    when = {pick(ada_client, id=pk) for _tap in range(2)}
    fields = {"rhythm": "daily", "version": "2"}

    made = [ada_client.post(address, fields).url for address in [*when, *when]]

    assert all(url.startswith("/today/") for url in made)
    assert one_of(ada).state == "active"
    with acting_as(ada):
        assert one_of(ada).revisions.count() == 1


def test_back_and_another_choice_change_the_same_promise(ada, ada_client):
    when = ada_client.post("/welcome/", {"own": "Ring Gran", "id": str(uuid4())}).url
    back = compact(ada_client.get(f"/welcome/?id={one_of(ada).pk}"))
    assert 'value="Ring Gran"' in back

    assert pick(ada_client, "table", id=str(one_of(ada).pk)) == when
    assert one_of(ada).statement == "Clear the kitchen table"


def test_the_page_sent_again_after_its_promise_was_made_makes_another(ada, ada_client):
    made = make_promise(ada)

    when = pick(ada_client, "read", id=str(made.pk))

    assert str(made.pk) not in when
    assert {one.statement for one in promises(ada)} == {"Walk after lunch", "Read two pages"}
    assert str(made.pk) not in ada_client.get(f"/welcome/?id={made.pk}").url


def test_a_page_out_of_date_shows_both_versions(ada, ada_client):
    when = pick(ada_client)
    draft = one_of(ada)
    with acting_as(ada):
        draft.cue = "the school run"
        draft.save()

    fields = {"rhythm": "daily", "cue": "the tea is made", "version": "1"}
    answer = ada_client.post(when, fields)

    page = compact(answer)
    assert answer.status_code == 409
    assert "the school run" in page
    assert "the tea is made" in page
    assert one_of(ada).state == "draft"
    ada_client.post(when, {**fields, "version": str(one_of(ada).version)})
    assert one_of(ada).cue == "the tea is made"


def test_look_around_first_stores_nothing_and_leads_to_today(ada, ada_client):
    page = compact(ada_client.get("/welcome/", follow=True))

    assert re.search(r'href="/today/"[^>]*>Look around first', page)
    assert promises(ada) == []


def test_a_strangers_id_is_as_good_as_none(ada, ada_client, eve, eve_client):
    draft = make_draft(ada, "Quokkazebra")

    page = compact(eve_client.get(f"/welcome/?id={draft.pk}", follow=True))
    assert "Quokkazebra" not in page
    assert eve_client.get(f"/welcome/{draft.pk}/").status_code == 404
    assert str(draft.pk) not in pick(eve_client, id=str(draft.pk))
    assert one_of(ada).statement == "Quokkazebra"
    assert one_of(eve).statement == "Walk round the block"


@pytest.mark.parametrize(
    ("slug", "place"),
    [
        ("welcome", "/welcome/"),
        ("values", "/settings/values/"),
        ("picture", "/rating/"),
        ("reminders", "/settings/reminders/"),
        ("begin", "/welcome/"),
    ],
)
def test_former_addresses_lead_on(ada_client, slug, place):
    assert ada_client.get(f"/welcome/{slug}/").url == place
    assert ada_client.get("/welcome/check/").status_code == 404
