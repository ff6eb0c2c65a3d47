"""Inviting: one link, for one address, once; and nothing comes of it but what both agreed to."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.sharing.models import Client as Coached
from journal.sharing.models import ShareGrant
from journal.sharing.models.links import CoachInvitation, CoachLink, ConsentEvent
from tests.coaching.factories import invited_by_client, invited_by_coach, link, made_coach, sure
from tests.conftest import signed_in
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

TEXT = (
    "You decide what {coach} sees. At first nothing is shared. Only what you choose is shared, "
    "until its end date or until you stop it. Stopping can’t make someone forget what they’ve "
    "read. {coach} keeps private notes; you may have a legal right to ask for them. {host}, who"
    " runs this server, could technically get at the data on it. {coach} doesn’t monitor your "
    "entries, and this isn’t emergency or clinical care. The law may sometimes require "
    "something to be disclosed. You can say no and keep using everything."
)
YES = {"do": "accept", "read": "on", "agree": "on", "name": "A. L."}


def links_of(person: User) -> list[CoachLink]:
    with acting_as(person):
        return list(CoachLink.objects.order_by("created_at"))


def address(token: str) -> str:
    return f"/sharing/invitation/{token}/"


# --- a coach invites -----------------------------------------------------------------------------


def test_ada_reads_what_it_means_word_for_word_and_connects_with_nothing_shared(
    ada, mira, settings
):
    settings.HOST_NAME = "The Reading Room"
    token = invited_by_coach(mira, "Ada@Example.org", "Mira K.")

    page = sure(ada).get(address(token)).content.decode()
    text = TEXT.format(coach="Mira K.", host="The Reading Room")
    assert text in page
    assert "What should \u2068Mira K.\u2069 call you?" in page

    answer = sure(ada).post(address(token), YES)

    (made,) = links_of(ada)
    assert answer.url == f"/sharing/grants/{made.pk}/"
    with acting_as(ada):
        assert (made.coach_name, made.consent_text) == ("Mira K.", text)
        assert not ShareGrant.objects.exists()
        assert [one.what for one in ConsentEvent.objects.all()] == ["connected"]
    with acting_as(mira):
        assert [one.name for one in Coached.objects.all()] == ["A. L."]


@pytest.mark.parametrize("left_out", ["read", "agree", "name"])
def test_both_ticks_and_a_name_are_needed(ada, mira, left_out):
    token = invited_by_coach(mira, ada.email)

    page = sure(ada).post(address(token), {**YES, left_out: ""})

    assert page.status_code == 200
    assert 'class="error-summary"' in page.content.decode()
    assert links_of(ada) == []


def test_accepting_asks_whether_it_is_her_and_declining_does_not(ada, mira):
    token = invited_by_coach(mira, ada.email)
    browser = signed_in(ada)

    assert browser.post(address(token), YES).status_code == 403  # asks, with the name kept in it
    assert links_of(ada) == []

    page = browser.post(address(token), {"do": "decline"}).content.decode()
    assert "That’s fine" in page
    assert browser.get(address(token)).status_code == 404
    assert links_of(ada) == []


def test_a_link_works_once(ada, mira):
    token = invited_by_coach(mira, ada.email)
    browser = sure(ada)
    browser.post(address(token), YES)

    again = browser.post(address(token), YES)

    assert again.status_code == 404
    assert "can’t be used" in again.content.decode()
    assert len(links_of(ada)) == 1


def test_whatever_cannot_be_used_looks_the_same(ada, mira, eve):
    token, old, back = (invited_by_coach(mira, ada.email) for _n in range(3))
    own, by_ex = invited_by_coach(mira, mira.email), invited_by_coach(mira, ada.email)
    with acting_as(mira):
        rows = list(CoachInvitation.objects.order_by("id"))
        rows[1].expires_at = timezone.now() - timedelta(seconds=1)
        rows[1].save()
        rows[2].trash()
    assert signed_in(ada).get(address(token)).status_code == 200

    def page(person: User, which: str) -> str:
        answer = signed_in(person).get(address(which))
        assert answer.status_code == 404
        main = answer.content.decode().partition("<main")[2]
        return main

    unusable = page(ada, "there-never-was-one")
    assert "This invitation can’t be used" in unusable
    assert page(ada, old) == page(ada, back) == page(eve, token) == page(mira, own) == unusable

    mira.coaches_since = None
    mira.save()
    assert page(ada, by_ex) == unusable


def test_it_ends_after_seven_days(ada, mira):
    token = invited_by_coach(mira, ada.email)
    with time_machine.travel(timezone.now() + timedelta(days=6, hours=23)):
        assert signed_in(ada).get(address(token)).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=1)):
        assert signed_in(ada).get(address(token)).status_code == 404


def test_a_stranger_who_has_the_link_cannot_answer_it(ada, mira, eve):
    token = invited_by_coach(mira, ada.email)

    assert sure(eve).post(address(token), YES).status_code == 404
    assert sure(eve).post(address(token), {"do": "decline"}).status_code == 404

    assert sure(ada).post(address(token), YES).status_code == 302
    assert links_of(eve) == []


def test_two_invitations_of_one_coach_make_one_link(ada, mira):
    first, second = invited_by_coach(mira, ada.email), invited_by_coach(mira, ada.email)
    browser = sure(ada)

    answers = {browser.post(address(one), YES).url for one in (first, second)}

    assert len(answers) == 1
    assert len(links_of(ada)) == 1


def test_an_invitation_gives_nothing_while_it_is_open(ada, mira):
    token = invited_by_coach(mira, ada.email)
    signed_in(ada).get(address(token))

    assert links_of(ada) == []
    with acting_as(mira):
        assert not Coached.objects.exists()


# --- without an account, or signed out -----------------------------------------------------------


def test_who_is_signed_out_is_led_to_sign_in_and_back(ada, mira):
    token = invited_by_coach(mira, ada.email)
    browser = Client()
    page = browser.get(address(token)).content.decode()
    assert f'href="/accounts/login/?next={address(token)}"' in page
    unknown = browser.get(address("unknown"))
    assert unknown.status_code == 200
    assert "Someone sent you a link" in unknown.content.decode()

    login = {"login": ada.email, "password": PASSWORD, "next": address(token)}
    assert browser.post("/accounts/login/", login).url == address(token)


def test_a_coachs_invitation_opens_the_door_to_its_very_address(mira, settings):
    settings.SELFTRUST_SIGNUP = "invite"
    token = invited_by_coach(mira, "noor@example.org")
    form = {"invite": token, "password1": PASSWORD, "next": address(token)}

    refused = Client().post("/accounts/signup/", {**form, "email": "someone@example.org"})
    assert "no longer works" in refused.content.decode()
    assert not User.objects.filter(email="someone@example.org").exists()

    browser = Client()
    assert browser.get(f"/accounts/signup/?invite={token}").status_code == 200
    answer = browser.post("/accounts/signup/", {**form, "email": "Noor@example.org"})
    assert answer.url == address(token)
    assert "would like to coach you here" in browser.get(address(token)).content.decode()


CLOSED = {"invite": "This invitation no longer works", "closed": "Sign-up is closed"}


@pytest.mark.parametrize("mode", ["invite", "closed"])
def test_no_other_invitation_opens_it(ada, mira, settings, mode):
    settings.SELFTRUST_SIGNUP = mode
    by_client = invited_by_client(ada, "noor@example.org")
    token = by_client if mode == "invite" else invited_by_coach(mira, "noor@example.org")

    page = Client().post(
        "/accounts/signup/", {"invite": token, "email": "noor@example.org", "password1": PASSWORD}
    )

    assert CLOSED[mode] in page.content.decode()
    assert not User.objects.filter(email="noor@example.org").exists()


# --- a client invites ----------------------------------------------------------------------------

WHOM = {"email": "mira@example.org", "coach_name": "Mira K.", "from_name": "A. L."}


def test_ada_invites_a_coach_after_reading_what_it_means(ada, mira):
    made_coach(mira)
    browser = sure(ada)

    page = browser.post("/sharing/invite/", WHOM).content.decode()
    assert TEXT.format(coach="Mira K.", host="The operator") in page

    page = browser.post("/sharing/invite/", {**WHOM, "agree": "on"}).content.decode()
    assert "Tick this once you’ve read it." in page
    with acting_as(ada):
        assert not CoachInvitation.objects.exists()

    page = browser.post("/sharing/invite/", {**WHOM, "read": "on", "agree": "on"}).content.decode()
    token = page.partition("/sharing/invitation/")[2].partition("/")[0]
    assert links_of(ada) == []

    page = sure(mira).get(address(token)).content.decode()
    assert "<bdi>A. L.</bdi> would like you as a coach" in page
    assert sure(mira).post(address(token), {"do": "accept"}).url == "/coach/"

    (made,) = links_of(ada)
    with acting_as(ada):
        assert made.coach_name == "Mira K."
        assert made.consent_text == TEXT.format(coach="Mira K.", host="The operator")
        assert not ShareGrant.objects.exists()
    with acting_as(mira):
        assert [one.name for one in Coached.objects.all()] == ["A. L."]


def test_ada_takes_an_invitation_back(ada, mira):
    made_coach(mira)
    token = invited_by_client(ada, mira.email)
    with acting_as(ada):
        row = CoachInvitation.objects.get()
    assert "mira@example.org" in signed_in(ada).get("/sharing/").content.decode()

    signed_in(ada).post(f"/sharing/invitations/{row.pk}/withdraw/")

    assert "mira@example.org" not in signed_in(ada).get("/sharing/").content.decode()
    assert sure(mira).post(address(token), {"do": "accept"}).status_code == 404
    assert links_of(ada) == []


def test_only_the_operator_makes_a_coach_unless_the_installation_says_otherwise(
    ada, mira, settings
):
    token = invited_by_client(ada, mira.email)

    page = sure(mira).post(address(token), {"do": "accept"}).content.decode()
    assert "you need the person who runs this server to allow it" in page
    mira.refresh_from_db()
    assert (mira.coaches_since, links_of(ada)) == (None, [])

    settings.COACHES = "invitation"
    assert sure(mira).post(address(token), {"do": "accept"}).url == "/coach/"
    mira.refresh_from_db()
    assert mira.coaches_since is not None
    assert len(links_of(ada)) == 1


def test_nobody_invites_themselves(ada):
    page = sure(ada).post("/sharing/invite/", {**WHOM, "email": "ADA@example.org"})
    assert "This is your own email address. Enter theirs." in page.content.decode()


def test_mail_carries_the_link_and_nothing_else(ada, settings):
    settings.MAIL_WORKS = True
    page = sure(ada).post("/sharing/invite/", {**WHOM, "read": "on", "agree": "on"})
    assert "We’ve emailed them a link" in page.content.decode()
    assert "/sharing/invitation/" not in page.content.decode()

    (sent,) = mail.outbox
    assert sent.to == ["mira@example.org"]
    assert sent.subject == "An invitation for you"
    assert "http://testserver/sharing/invitation/" in sent.body
    assert not any(word in sent.body for word in ("Mira", "A. L.", "ada", "coach", "Coach"))


def test_no_word_of_an_invitation_lies_open(ada, mira):
    invited_by_client(ada, "zanzibar@example.org", "Zanzibar", "Zanzibarquokka")
    with connection.cursor() as cursor:
        cursor.execute("select row_to_json(i)::text from sharing_coachinvitation i")
        assert "anzibar" not in str(cursor.fetchall())


def test_a_link_that_ended_can_be_made_anew(ada, mira):
    old = link(ada, mira)
    with acting_as(ada):
        assert old.end()
    token = invited_by_coach(mira, ada.email)

    sure(ada).post(address(token), YES)

    assert [one.ended_at is None for one in links_of(ada)] == [False, True]
