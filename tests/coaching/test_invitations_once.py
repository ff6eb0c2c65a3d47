"""A double click, or a retry after a lost answer, makes one invitation, and both say the same."""

import pytest
from django.core import mail
from django.db import transaction

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.sharing.models.links import CoachInvitation
from tests.coaching.coach_client import browser_of
from tests.coaching.factories import made_coach, sure
from tests.coaching.interleaving import Other
from tests.conftest import signed_in
from tests.page import form_ending, forms_in

WHOM = {"email": "noor@example.org", "coach_name": "Noor", "from_name": "A. L."}
YES = {"read": "on", "agree": "on"}


def by_ada(ada: User):
    """Her browser on the last page, and what its form holds with both ticks."""
    browser = sure(ada)
    page = browser.get("/sharing/invite/", follow=True)
    form = form_ending(forms_in(page), "/invite/")
    form = form_ending(forms_in(browser.post(form.action, {**form.fields, **WHOM})), "/invite/")
    return browser, form.action, {**form.fields, **YES}


def by_coach(ada: User):
    browser = browser_of(made_coach(ada))
    form = form_ending(forms_in(browser.get("/coach/")), "/coach/")
    return browser, form.action, {**form.fields, "email": WHOM["email"], "from_name": "Ada"}


def made_by(person: User) -> list[CoachInvitation]:
    with acting_as(person):
        return list(CoachInvitation.objects.order_by("id"))


def link_in(answer) -> str:
    return answer.content.decode().partition("/sharing/invitation/")[2][:32]


BOTH = pytest.mark.parametrize("begun", [by_ada, by_coach])


@BOTH
@pytest.mark.django_db
def test_sent_twice_it_is_one_and_both_answers_show_the_link_that_works(ada, begun):
    browser, address, sent = begun(ada)

    first, second = (browser.post(address, sent) for _tap in range(2))

    assert (first.status_code, second.status_code) == (201, 201)
    assert link_in(first) == link_in(second)
    assert len(made_by(ada)) == 1
    noor = User.objects.create(email=WHOM["email"])
    assert signed_in(noor).get(f"/sharing/invitation/{link_in(second)}/").status_code == 200


@BOTH
@pytest.mark.django_db
def test_it_is_mailed_once(ada, begun, settings):
    settings.MAIL_WORKS = True
    browser, address, sent = begun(ada)

    codes = [browser.post(address, sent).status_code for _tap in range(2)]

    assert codes in ([201, 201], [302, 302])
    assert (len(made_by(ada)), len(mail.outbox)) == (1, 1)


@BOTH
@pytest.mark.django_db
def test_the_same_form_with_another_address_is_not_passed_off_as_sent(ada, begun):
    browser, address, sent = begun(ada)
    browser.post(address, sent)
    other = {**sent, "email": "somebody@example.org"}

    answer = browser.post(address, other)

    assert answer.status_code == 409
    assert "You’ve sent this before." in answer.content.decode()
    assert len(made_by(ada)) == 1
    again = form_ending(forms_in(answer), address).fields
    assert again["email"] == "somebody@example.org"
    assert browser.post(address, {**again, **YES}).status_code == 201
    with acting_as(ada):
        recipients = [one.recipient for one in made_by(ada)]
    assert recipients == ["noor@example.org", "somebody@example.org"]


@BOTH
@pytest.mark.django_db
def test_what_was_taken_back_is_not_sent_anew_by_a_retry(ada, begun):
    browser, address, sent = begun(ada)
    browser.post(address, sent)
    with acting_as(ada):
        made_by(ada)[0].trash()

    assert browser.post(address, sent).status_code == 409
    assert len(made_by(ada)) == 1


@BOTH
@pytest.mark.django_db
def test_an_id_that_is_somebody_elses_makes_nothing_and_shows_nothing(ada, eve, begun):
    browser, address, sent = by_ada(eve)
    browser.post(address, sent)
    browser, address, own = begun(ada)

    answer = browser.post(address, {**own, "id": sent["id"]})

    assert answer.status_code == 409
    assert "/sharing/invitation/" not in answer.content.decode()
    assert made_by(ada) == []
    assert len(made_by(eve)) == 1


@BOTH
@pytest.mark.django_db(transaction=True)
def test_sent_by_two_connections_at_once_it_is_one(ada, begun):
    """The second waits in PostgreSQL for the first, which has not committed yet."""
    browser, address, sent = begun(ada)
    answers: list = []

    with transaction.atomic():
        answers.append(browser.post(address, sent))
        retry = Other(lambda: browser.post(address, sent)).until_it_waits()
    answers.append(retry.done())

    assert [one.status_code for one in answers] == [201, 201]
    assert link_in(answers[0]) == link_in(answers[1])
    assert len(made_by(ada)) == 1
