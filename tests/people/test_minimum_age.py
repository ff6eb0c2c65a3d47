"""The age that a host may ask for: one tick, of everyone who signs up."""

import re

from journal.people.models import Invitation, User
from tests.people.test_signing_up import NEW, SIGNUP, page


def test_an_age_is_asked_where_the_host_sets_one_and_not_stored(client, db, settings):
    settings.MINIMUM_AGE = 16
    assert "I’m 16 or older." in page(client.get(SIGNUP))

    for tick in ({}, {"old_enough": ""}, {"old_enough": "false"}):
        answer = client.post(SIGNUP, {**NEW, **tick})
        assert answer.status_code == 200
        assert "Only people who are 16 or older can sign up here." in page(answer)
        assert 'value="new@example.org"' in page(answer)
        assert not User.objects.exists()

    # The tick comes back with another error, so that nobody looks for it twice.
    again = client.post(SIGNUP, {**NEW, "password1": "short", "old_enough": "on"})
    assert re.search(r'name="old_enough"[^>]* checked', page(again))
    assert client.post(SIGNUP, {**NEW, "old_enough": "on"}).status_code == 302


def test_an_age_is_asked_of_those_who_are_invited_too(client, ada, settings):
    settings.MINIMUM_AGE, settings.SELFTRUST_SIGNUP = 16, "invite"
    invite = {"invite": Invitation.make(ada)}
    assert "I’m 16 or older." in page(client.get(SIGNUP, invite))
    assert client.post(SIGNUP, {**NEW, **invite}).status_code == 200
    # The invitation still works.
    assert client.post(SIGNUP, {**NEW, **invite, "old_enough": "on"}).status_code == 302
