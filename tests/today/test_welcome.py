"""Getting started: five pages, each skipped or answered, and none that holds anyone back."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from journal.people import clock
from journal.people.models import User
from journal.privacy.rls import acting_as
from tests.factories import PASSWORD
from tests.people.factories import make_value
from tests.query_counts import statements_of
from tests.reflections.rating_factories import make_rating

SLUGS = ["welcome", "values", "picture", "reminders", "begin"]
SIGNUP = {"email": "new@example.org", "password1": PASSWORD}


def at(slug: str) -> str:
    return f"/welcome/{slug}/"


def page_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def values(person) -> list[tuple[str, str]]:
    with acting_as(person):
        return [(value.name, value.meaning) for value in person.values.active()]


def step_of(person) -> str:
    return User.objects.get(pk=person.pk).welcome_step


def test_a_new_person_lands_there_once(client, db, settings):
    settings.SELFTRUST_SIGNUP = "open"
    assert client.post("/accounts/signup/", SIGNUP).url == "/welcome/welcome/"

    later = Client().post("/accounts/login/", {"login": SIGNUP["email"], "password": PASSWORD})
    assert later.url == "/today/"


def test_who_follows_a_link_arrives_where_it_leads(client, db, settings):
    settings.SELFTRUST_SIGNUP = "open"
    assert client.post("/accounts/signup/?next=/journal/", SIGNUP).url == "/journal/"


def test_every_address_works_at_any_time(ada_client):
    for slug in reversed(SLUGS):
        page = page_of(ada_client.get(at(slug)))
        number = SLUGS.index(slug) + 1
        assert f"Getting started: step {number} of 5" in page
    assert ada_client.get(at("check")).status_code == 404


def test_all_of_it_can_be_skipped(ada, ada_client):
    led_to = [ada_client.post(at(slug), {"do": "skip"}).url for slug in SLUGS]

    assert led_to == [at(slug) for slug in [*SLUGS[1:], "begin"]]
    assert values(ada) == []
    ada.refresh_from_db()
    assert (ada.remind_at, ada.welcome_step) == (None, "begin")


def test_the_last_page_can_be_reached_at_once(ada, ada_client):
    assert ada_client.post(at("welcome"), {"do": "last"}).url == at("begin")


def test_back_leads_back_and_coming_again_goes_on_where_it_was(ada, ada_client):
    ada_client.post(at("welcome"))
    ada_client.post(at("values"), {"starters": ["calm"]})

    assert ada_client.post(at("picture"), {"do": "back", "q1": "3"}).url == at("values")
    assert ada_client.get("/welcome/").url == at("picture")
    with acting_as(ada):
        assert ada.ratings.get().q1 == 3  # Back keeps what was given


def test_save_and_stop_keeps_and_leaves(ada, ada_client):
    answer = ada_client.post(at("values"), {"starters": ["calm"], "do": "stop"})

    assert answer.url == "/today/"
    assert values(ada) == [("calm", "")]


def test_values_are_chosen_and_written(ada, ada_client):
    own = "Honesty: say the awkward thing kindly\n\n  swimming \n"
    assert ada_client.post(at("values"), {"starters": ["calm", "rest"], "own": own}).url == at(
        "picture"
    )

    assert values(ada) == [
        ("calm", ""),
        ("rest", ""),
        ("Honesty", "say the awkward thing kindly"),
        ("swimming", ""),
    ]
    page = page_of(ada_client.get(at("values")))
    assert page.count("checked") == 4  # all of them, and none of the starters is offered twice
    assert 'value="calm"' not in page


def test_sent_twice_each_value_is_there_once(ada, ada_client):
    for _time in range(2):
        ada_client.post(at("values"), {"starters": ["calm"], "own": "Calm\nswimming"})

    assert values(ada) == [("calm", ""), ("swimming", "")]


def test_six_are_too_many_to_begin_with_and_nothing_is_lost(ada, ada_client):
    five = ["calm", "rest", "care", "craft", "faith"]
    answer = ada_client.post(at("values"), {"starters": five, "own": "swimming: in the sea"})

    assert answer.status_code == 200
    page = page_of(answer)
    assert "Choose up to five to begin with." in page
    assert "swimming: in the sea" in page
    assert page.count(" checked") == 5
    assert values(ada) == []


def test_who_has_more_already_is_not_held_up(ada, ada_client):
    for name in ("one", "two", "three", "four", "five", "six"):
        make_value(ada, name)
    page = page_of(ada_client.get(at("values")))
    ids = re.findall(r'name="mine" value="([^"]+)"', page)

    sent = ada_client.post(at("values"), {"mine": ids, "shown": ids})

    assert sent.url == at("picture")
    assert len(values(ada)) == 6


def test_a_value_that_is_unticked_rests_and_one_the_page_never_showed_stays(ada, ada_client):
    calm, craft = make_value(ada, "calm", meaning="Quiet"), make_value(ada, "craft")
    make_value(ada, "rest")  # from another tab

    shown = {"shown": [str(calm.pk), str(craft.pk)], "mine": [str(craft.pk)]}
    ada_client.post(at("values"), shown)

    assert values(ada) == [("craft", ""), ("rest", "")]
    ada_client.post(at("values"), {"starters": ["calm"]})
    assert values(ada)[-1] == ("calm", "Quiet")  # woken, with what was said about it


@pytest.mark.parametrize(
    ("own", "sentence"),
    [
        ("x" * 41, "is longer than 40 characters"),
        ("calm: " + "x" * 201, "is over 200 characters"),
    ],
)
def test_what_is_too_long_gets_a_sentence(ada, ada_client, own, sentence):
    answer = ada_client.post(at("values"), {"own": own})

    page = page_of(answer)
    assert sentence in page
    assert own in page
    assert values(ada) == []


def test_the_starting_picture_is_taken_and_can_be_left_empty(ada, ada_client):
    assert ada_client.post(at("picture"), {}).url == at("reminders")
    with acting_as(ada):
        assert not ada.ratings.exists()

    ada_client.post(at("picture"), {"q1": "4", "q5": "2"})
    with acting_as(ada):
        assert ada.ratings.get().answers == [4, None, None, None, 2]
    page = page_of(ada_client.get(at("picture")))
    assert page.count(" checked") == 2


def test_a_picture_of_last_week_is_shown_and_does_not_stop_anyone(ada, ada_client):
    make_rating(ada, clock.today(ada) - timedelta(days=7))

    page = page_of(ada_client.get(at("picture")))
    assert "the next one can be taken from" in page
    assert 'name="q1"' not in page
    assert ada_client.post(at("picture"), {"q1": "5"}).url == at("reminders")
    with acting_as(ada):
        assert ada.ratings.count() == 1


def test_two_tabs_take_one_picture(ada, ada_client):
    make_rating(ada, clock.today(ada), (1, 1, 1, 1, 1))

    answer = ada_client.post(at("picture"), {"q1": "5"})

    assert answer.status_code == 409
    assert "You answered elsewhere meanwhile." in page_of(answer)


def test_reminders_are_off_unless_asked_for(ada, ada_client):
    page = page_of(ada_client.get(at("reminders")))
    assert 'value="off" id="id_often_0" checked' in page
    assert "Selftrust does not send reminders yet" in page

    ada_client.post(at("reminders"), {"often": "off", "remind_at": "20:30"})
    assert User.objects.get(pk=ada.pk).remind_at is None
    ada_client.post(at("reminders"), {"often": "daily", "remind_at": "21:15"})
    assert f"{User.objects.get(pk=ada.pk).remind_at:%H:%M}" == "21:15"
    assert "21:15, “Time for your notes”" in page_of(ada_client.get(at("begin")))


@pytest.mark.parametrize(
    ("given", "sentence"), [("", "Choose a time."), ("25:00", "Enter a time, for example 20:30.")]
)
def test_a_reminder_needs_a_time(ada, ada_client, given, sentence):
    for path in (at("reminders"), "/settings/reminders/"):
        answer = ada_client.post(path, {"often": "daily", "remind_at": given})
        assert answer.status_code == 200
        assert sentence in page_of(answer)
    assert User.objects.get(pk=ada.pk).remind_at is None


def test_reminders_change_in_settings_too(ada, ada_client):
    daily = {"often": "daily", "remind_at": "07:00"}
    assert ada_client.post("/settings/reminders/", daily).url == "/settings/"
    assert f"{User.objects.get(pk=ada.pk).remind_at:%H:%M}" == "07:00"
    ada_client.post("/settings/reminders/", {"often": "off"})
    assert User.objects.get(pk=ada.pk).remind_at is None


@pytest.mark.parametrize(
    ("start", "leads_to"),
    [
        ("promise", "/promises/new/?step=promise"),
        ("entry", "/journal/write/"),
        ("look", "/today/"),
    ],
)
def test_where_one_begins_is_where_one_is_led(ada, ada_client, start, leads_to):
    answer = ada_client.post(at("begin"), {"start": start})

    assert answer.url == leads_to
    assert ada_client.get(answer.url, follow=True).status_code == 200
    assert step_of(ada) == "done"


def test_the_last_page_wants_an_answer_but_lets_everyone_back(ada, ada_client):
    answer = ada_client.post(at("begin"), {})

    assert answer.status_code == 200
    assert "Choose where to start." in page_of(answer)
    assert ada_client.post(at("begin"), {"do": "back"}).url == at("reminders")
    assert ada_client.post(at("begin"), {"do": "stop"}).url == "/today/"
    assert step_of(ada) == ""


def test_who_is_through_can_come_again_and_stays_through(ada, ada_client):
    ada_client.post(at("begin"), {"start": "look"})

    assert ada_client.get("/welcome/").url == at("welcome")
    ada_client.post(at("welcome"))
    assert step_of(ada) == "done"
    assert 'href="/welcome/"' in page_of(ada_client.get("/settings/"))


def test_nothing_ada_chose_is_eves(ada, ada_client, eve, eve_client):
    ada_client.post(at("values"), {"starters": ["calm"], "own": "zanzibar"})

    page = page_of(eve_client.get(at("values")))
    assert "zanzibar" not in page
    with acting_as(ada):
        foreign = [str(value.pk) for value in ada.values.active()]
    eve_client.post(at("values"), {"shown": foreign})
    assert len(values(ada)) == 2


@pytest.mark.parametrize(
    ("slug", "statements"),
    [("welcome", 2), ("values", 3), ("picture", 4), ("reminders", 2), ("begin", 4)],
)
def test_what_a_step_asks_of_the_database(ada, ada_client, slug, statements):
    """The session and who is here; values; the latest picture."""
    for name in ("calm", "craft"):
        make_value(ada, name)
    make_rating(ada, clock.today(ada) - timedelta(days=7))

    assert len(statements_of(ada_client, at(slug))) == statements
