"""Whoever invited is told of "No, thank you", in one line, and nothing else."""

import pytest

from journal.privacy.rls import acting_as
from journal.sharing.models import CoachLink
from journal.sharing.models.links import CoachInvitation
from tests.coaching.coach_client import browser_of, text_of
from tests.coaching.factories import invited_by_client, invited_by_coach, made_coach, sure
from tests.conftest import signed_in
from tests.page import form_ending, forms_in
from tests.query_counts import statements_of

pytestmark = pytest.mark.django_db


def by_ada(ada, mira):
    """Who invited and where they look, and whoever says no, with what they got."""
    return signed_in(ada), "/sharing/", mira, invited_by_client(ada, mira.email), "/withdraw/"


def by_mira(ada, mira):
    token = invited_by_coach(mira, ada.email)
    return browser_of(mira), "/coach/", ada, token, "/take-back/"


BOTH = pytest.mark.parametrize("begun", [by_ada, by_mira])


def decline(person, token: str) -> None:
    answer = signed_in(person).post(f"/sharing/invitation/{token}/", {"do": "decline"})
    assert "will see that you said no" in answer.content.decode()


@BOTH
def test_it_is_said_in_one_line_and_no_longer_waits(ada, mira, begun):
    browser, page, other, token, _end = begun(ada, mira)
    assert "was declined" not in text_of(browser.get(page))

    decline(other, token)

    text = text_of(browser.get(page))
    assert text.count(other.email) == 2  # the line, and what its button is called to a reader
    assert f"The invitation to {other.email} was declined." in text
    assert "Open invitations" not in text


@BOTH
def test_put_away_it_is_gone_and_the_link_stays_used(ada, mira, begun):
    browser, page, other, token, end = begun(ada, mira)
    decline(other, token)
    form = form_ending(forms_in(browser.get(page)), end)

    text = text_of(browser.post(form.action, follow=True))

    assert other.email not in text
    assert "Taken back" not in text
    assert signed_in(other).get(f"/sharing/invitation/{token}/").status_code == 404


@BOTH
def test_an_invitation_that_was_accepted_says_nothing_of_it(ada, mira, settings, begun):
    settings.COACHES = "invitation"
    browser, page, other, token, _end = begun(ada, mira)
    yes = {"do": "accept", "read": "on", "agree": "on", "name": "A. L."}
    assert sure(other).post(f"/sharing/invitation/{token}/", yes).status_code == 302

    assert "was declined" not in text_of(browser.get(page))
    with acting_as(ada):
        assert CoachLink.objects.active().count() == 1


@BOTH
def test_nobody_else_can_put_it_away_or_is_told(ada, mira, eve, begun):
    browser, page, other, token, end = begun(ada, mira)
    decline(other, token)
    form = form_ending(forms_in(browser.get(page)), end)
    strangers = browser_of(made_coach(eve)) if page == "/coach/" else signed_in(eve)

    assert strangers.post(form.action).status_code == 404

    assert "was declined" in text_of(browser.get(page))
    assert "was declined" not in text_of(signed_in(other).get("/sharing/"))
    with acting_as(eve):
        assert not CoachInvitation.objects.exists()
    with acting_as(other):
        assert not CoachInvitation.objects.exists()


@BOTH
def test_as_many_statements_with_one_as_with_ten(ada, mira, begun):
    browser, page, other, token, _end = begun(ada, mira)
    decline(other, token)
    before = len(statements_of(browser, page))
    for _n in range(9):
        decline(other, begun(ada, mira)[3])

    assert text_of(browser.get(page)).count("was declined") == 10
    assert len(statements_of(browser, page)) == before <= 10
