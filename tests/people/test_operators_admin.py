"""The operator looks after accounts and prompts, and reads nobody's words on the way."""

import re

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.test import Client

from journal.reflections.entries.prompts.models import Prompt
from tests.conftest import signed_in
from tests.factories import PASSWORD, make_entry, make_person
from tests.people.second_steps import connect_app, digits, sign_in

ACCOUNTS = "/admin/people/user/"
PROMPTS = "/admin/entries/prompt/"


def page(answer) -> str:
    return answer.content.decode()


def can_read(browser: Client) -> bool:
    return browser.get("/journal/").status_code == 200


def choose(browser: Client, action: str, *people) -> str:
    chosen = {"action": action, "_selected_action": [person.pk for person in people]}
    return page(browser.post(ACCOUNTS, chosen, follow=True))


def test_accounts_are_listed_without_a_word(ada, operator_client):
    ada.called = "Zanzibar"
    ada.save(update_fields=["called"])
    make_entry(ada, "Quokkas sing", title="On quokkas")

    for address in (ACCOUNTS, f"{ACCOUNTS}{ada.pk}/change/", f"{ACCOUNTS}{ada.pk}/history/"):
        html = page(operator_client.get(address))
        assert not re.search("zanzibar|quokka", html, re.IGNORECASE)
    assert "ada@example.org" in page(operator_client.get(ACCOUNTS))


def test_switching_off_ends_every_session_at_once(ada, eve, operator_client):
    here, there, eves = sign_in(ada), sign_in(ada), sign_in(eve)

    assert "1 account switched off." in choose(operator_client, "deactivate", ada)

    assert [can_read(browser) for browser in (here, there, eves)] == [False, False, True]
    keys = [browser.session.session_key for browser in (here, there)]
    assert not Session.objects.filter(session_key__in=keys).exists()
    assert not UserSession.objects.filter(user=ada).exists()
    answer = Client().post("/accounts/login/", {"login": ada.email, "password": PASSWORD})
    assert answer.url == "/accounts/inactive/"


def test_switched_on_again_ada_signs_in_and_finds_her_words(ada, operator_client):
    entry = make_entry(ada, "It is all here").get_absolute_url()
    before = sign_in(ada)
    choose(operator_client, "deactivate", ada)

    assert "1 account switched on." in choose(operator_client, "activate", ada)

    assert not can_read(before)
    assert "It is all here" in page(sign_in(ada).get(entry))


def test_nobody_switches_themselves_off(operator, ada, operator_client):
    html = choose(operator_client, "deactivate", operator, ada)

    assert "1 account switched off." in html
    assert "You can’t switch off your own account" in html
    operator.refresh_from_db()
    assert operator.is_active


def test_no_account_is_made_changed_or_deleted_there(ada, operator_client):
    for address in ("add/", f"{ada.pk}/delete/"):  # no such pages
        answer = operator_client.post(f"{ACCOUNTS}{address}", {"post": "yes"}, follow=True)
        assert answer.redirect_chain[-1][0] == "/admin/"
    changed = {"email": "x@example.org", "is_staff": "on"}
    assert operator_client.post(f"{ACCOUNTS}{ada.pk}/change/", changed).status_code == 403
    choose(operator_client, "delete_selected", ada)
    ada.refresh_from_db()
    assert (ada.email, ada.is_staff) == ("ada@example.org", False)
    assert "Invite someone" in page(operator_client.get(ACCOUNTS))


def test_what_was_done_is_logged_without_an_address(ada, operator, operator_client):
    choose(operator_client, "deactivate", ada)

    (line,) = LogEntry.objects.all()
    assert (line.user_id, line.object_repr) == (operator.pk, f"person {ada.pk}")
    assert line.get_change_message() == "Changed Active."


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_as_often_for_one_as_for_thirty(
    operator_client, django_assert_num_queries, count
):
    for number in range(count):
        make_person(f"person{number}@example.org")

    with django_assert_num_queries(9):
        operator_client.get(ACCOUNTS)


def test_a_prompt_is_added_and_changed_and_never_deleted(ada, operator_client):
    operator_client.post(f"{PROMPTS}add/", {"practice": "", "text": "What did the sea say?"})
    prompt = Prompt.objects.get(text="What did the sea say?")
    entry = make_entry(ada, "Come in", prompt=prompt).get_absolute_url()

    operator_client.post(f"{PROMPTS}{prompt.pk}/change/", {"practice": "", "text": "What then?"})

    assert "What then?" in page(signed_in(ada).get(entry))
    operator_client.post(f"{PROMPTS}{prompt.pk}/delete/", {"post": "yes"})
    assert Prompt.objects.filter(pk=prompt.pk).exists()


@pytest.mark.parametrize("address", [ACCOUNTS, PROMPTS, f"{ACCOUNTS}add/"])
def test_it_is_not_there_for_anyone_else(ada_client, address):
    assert ada_client.get(address).status_code == 404
    assert ada_client.post(address).status_code == 404


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/admin/autocomplete/", 404),
        (f"{ACCOUNTS}?_to_field=password", 400),
        (f"{ACCOUNTS}?password__startswith=argon2", 400),
        (f"{ACCOUNTS}?called__isnull=0", 400),
        (f"{ACCOUNTS}?entries__title__contains=x", 400),
        (f"{ACCOUNTS}?is_active__exact=1", 200),
        (f"{ACCOUNTS}?q=zanzibar", 200),
    ],
)
def test_no_side_door_shows_more(operator_client, ada, address, status):
    answer = operator_client.get(address)

    assert (answer.status_code, "argon2" in page(answer)) == (status, False)


# --- the second step of an operator -----------------------------------------------------------


def test_an_operator_who_has_a_second_step_shows_it_first(operator):
    browser = sign_in(operator)
    key = connect_app(browser)  # in a session that knows only the password

    asked = browser.get(ACCOUNTS)

    assert asked.url == "/accounts/2fa/reauthenticate/?next=%2Fadmin%2Fpeople%2Fuser%2F"
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert browser.get("/admin/").status_code == 302  # the password again is not enough
    assert browser.post(asked.url, {"code": digits(key)}).url == ACCOUNTS
    assert browser.get(ACCOUNTS).status_code == 200


def test_without_one_it_is_recommended(operator_client):
    html = page(operator_client.get("/accounts/operator/"))

    assert "protect it with more than a password" in html


def test_with_one_it_is_not_recommended_again(operator):
    browser = sign_in(operator)
    connect_app(browser)

    assert "more than a password" not in page(browser.get("/accounts/operator/"))
