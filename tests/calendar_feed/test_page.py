"""The page of the calendar's address: make, read again, change, end."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from journal.access_tokens.models import AccessToken
from journal.calendar_feed import address
from journal.privacy.rls import acting_as
from tests.calendar_feed.factories import by_title, fetch, make_address
from tests.conftest import signed_in
from tests.decisions.factories import make_decision
from tests.reminders.factories import make_preference

pytestmark = pytest.mark.django_db
PAGE = "/settings/calendar/"


def page_of(client) -> str:
    return client.get(PAGE).content.decode()


def token_of(person) -> AccessToken | None:
    with acting_as(person):
        return address.token_of(person)


def test_nobody_has_an_address_unasked(ada, ada_client):
    assert "/t/feed/" not in page_of(ada_client)
    assert token_of(ada) is None


def test_the_address_is_made_once_and_shown_again(ada, ada_client):
    for _click in range(2):
        ada_client.post(PAGE)
    token = token_of(ada)
    for client in (ada_client, signed_in(ada)):
        assert f'value="http://testserver{token.path}"' in page_of(client)
    assert "No calendar has fetched it yet" in page_of(ada_client)
    fetch(token)
    assert "Thursday 19 November 2026, 12:00" in page_of(ada_client)
    assert "19 November 2027" in page_of(ada_client)


def test_titles_are_shown_only_when_ticked(ada, ada_client):
    make_decision(ada, "Fridays?")
    make_preference(ada, sender_name="Post")
    ada_client.post(PAGE)
    token = token_of(ada)
    assert set(by_title(token)) == {"Post"}

    ada_client.post(PAGE, {"titles": "on"})
    assert "Fridays?" in by_title(token)  # at the same address
    assert "checked" in page_of(ada_client)

    ada_client.post(f"{PAGE}change/", {"shown": token.pk})
    assert "Fridays?" in by_title(token_of(ada))
    ada_client.post(PAGE)
    assert set(by_title(token_of(ada))) == {"Post"}


def test_a_new_address_ends_the_old_one(ada, ada_client):
    old = make_address(ada)
    ada_client.post(f"{PAGE}change/", {"shown": old.pk})
    assert fetch(old).status_code == 404
    assert fetch(token_of(ada)).status_code == 200


def test_turned_off_it_is_gone(ada, ada_client):
    old = make_address(ada)
    ada_client.post(f"{PAGE}end/", {"shown": old.pk})
    assert (fetch(old).status_code, token_of(ada)) == (404, None)


@pytest.mark.parametrize("verb", ["change", "end"])
@pytest.mark.parametrize("shown", [lambda: uuid4(), lambda: "rubbish\0", lambda: ""])
def test_a_page_that_is_out_of_date_ends_nothing(ada, ada_client, verb, shown):
    token = make_address(ada)
    answer = ada_client.post(f"{PAGE}{verb}/", {"shown": shown()}, follow=True)
    assert "out of date" in answer.content.decode()
    assert fetch(token).status_code == 200


def test_eve_ends_nothing_of_adas(ada, eve_client):
    token = make_address(ada)
    for verb in ("change", "end"):
        eve_client.post(f"{PAGE}{verb}/", {"shown": token.pk})
    assert "/t/feed/" not in page_of(eve_client)
    assert fetch(token).status_code == 200


def test_an_address_that_ended_by_itself_is_made_anew(ada, ada_client):
    old = make_address(ada)
    with acting_as(ada):
        ended = old.created_at - timedelta(days=1)
        AccessToken.objects.filter(pk=old.pk).update(expires_at=ended)
    assert "/t/feed/" not in page_of(ada_client)
    ada_client.post(PAGE)
    assert fetch(old).status_code == 404
    assert fetch(token_of(ada)).status_code == 200


def test_the_database_keeps_one_for_each_person(ada):
    make_address(ada)
    with acting_as(ada), pytest.raises(IntegrityError), transaction.atomic():
        AccessToken.issue(ada, AccessToken.Scope.FEED, subject="another")


def test_the_address_is_sealed(ada):
    token = make_address(ada)
    raw = AccessToken.objects.extra(select={"raw": "token::text"}).values_list("raw", flat=True)
    assert token.token not in raw.get()
