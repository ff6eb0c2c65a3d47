"""The address of "Kept": it records one promise on one day as kept, and does nothing else."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from journal.access_tokens.models import AccessToken
from journal.people import clock
from journal.privacy.rls import acting_as
from journal.promises.models import CheckIn
from tests.conftest import signed_in
from tests.promises.factories import answer, make_promise

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


def token_of(promise, **given) -> AccessToken:
    person = promise.owner
    given = {"day": clock.today(person), **given}
    with acting_as(person):
        return AccessToken.issue(person, AccessToken.Scope.KEPT, row_id=promise.pk, **given)


def answers(person) -> list[tuple]:
    with acting_as(person):
        rows = CheckIn.objects.filter(owner=person)
        return list(rows.values_list("promise_id", "due_on", "status"))


@pytest.fixture
def promise(ada):
    return make_promise(ada)


def test_a_tap_records_the_promise_on_its_day(ada, promise):
    other = make_promise(ada)
    said = Client(enforce_csrf_checks=True).post(token_of(promise).path, **JSON)
    assert (said.status_code, said.json()) == (200, {"text": "Kept. Recorded."})
    assert answers(ada) == [(promise.pk, clock.today(ada), "kept")]
    assert other.pk not in {pk for pk, *_rest in answers(ada)}
    assert not said.cookies


def test_a_second_tap_makes_no_second_row(ada, promise):
    path = token_of(promise).path
    said = [Client().post(path, **JSON) for _tap in range(2)]
    assert [one.status_code for one in said] == [200, 200]
    assert len(answers(ada)) == 1
    with acting_as(ada):
        assert CheckIn.objects.get().version == 1


def test_a_promise_for_one_day_takes_a_second_tap_too(ada):
    once = make_promise(ada, cadence="once", due_on=clock.today(ada))
    path = token_of(once).path
    assert [Client().post(path, **JSON).status_code for _tap in range(2)] == [200, 200]


def test_opening_the_address_shows_a_button_and_changes_nothing(ada, promise):
    for method in ("get", "head"):
        page = getattr(Client(), method)(token_of(promise).path)
        assert page.status_code == 200
    assert 'method="post"' in Client().get(token_of(promise).path).content.decode()
    assert answers(ada) == []


def test_without_a_script_the_button_records_it_and_says_so(ada, promise):
    page = Client().post(token_of(promise).path)
    assert "Kept. Recorded." in page.content.decode()
    assert promise.statement not in page.content.decode()
    assert len(answers(ada)) == 1


@pytest.mark.parametrize("status", ["missed", "excused", "kept_small"])
def test_another_answer_is_never_replaced(ada, promise, status):
    promise.refresh_from_db()
    answer(promise, {clock.today(ada): status})
    said = Client().post(token_of(promise).path, **JSON)
    assert said.status_code == 409
    assert "something else" in said.json()["text"]
    assert [row[2] for row in answers(ada)] == [status]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda promise: promise.pause(), "paused"),
        (lambda promise: promise.retire("other"), "isn’t active"),
        (lambda promise: promise.trash(), "isn’t active"),
        (lambda promise: promise.delete(), "isn’t active"),
    ],
)
def test_what_became_of_the_promise_meanwhile_is_said(ada, promise, change, sentence):
    path = token_of(promise).path
    with acting_as(ada):
        change(promise)
    said = Client().post(path, **JSON)
    assert said.status_code == 409
    assert sentence in said.json()["text"]
    assert answers(ada) == []
    page = Client().post(path)
    assert sentence in page.content.decode()


def test_a_day_that_is_too_far_back_is_not_recorded(ada, promise):
    path = token_of(promise, day=clock.today(ada) - timedelta(days=30)).path
    assert Client().post(path, **JSON).status_code == 409
    assert answers(ada) == []


def test_a_token_ends_in_its_time(ada, promise):
    over = token_of(promise, expires_at=timezone.now() - timedelta(seconds=1))
    assert {Client().get(over.path).status_code, Client().post(over.path).status_code} == {404}
    assert answers(ada) == []


def test_a_token_of_another_scope_records_nothing(ada, promise):
    with acting_as(ada):
        other = AccessToken.issue(ada, AccessToken.Scope.UNSUBSCRIBE, subject="promise")
    assert Client().post(other.path.replace("unsubscribe", "kept")).status_code == 404
    assert Client().post(token_of(promise).path.replace("kept", "unsubscribe")).status_code == 404
    assert answers(ada) == []


def test_a_token_cannot_reach_into_the_journal_of_another(ada, eve):
    """Even where its row names a promise of someone else."""
    hers = make_promise(eve)
    with acting_as(ada):
        token = AccessToken.issue(ada, AccessToken.Scope.KEPT, row_id=hers.pk, day=clock.today(ada))
    assert Client().post(token.path, **JSON).status_code == 409
    assert answers(eve) == []


def test_the_session_of_the_browser_stays_out_of_it(ada, eve, promise):
    browser = signed_in(eve)
    browser.post(token_of(promise).path)
    assert [pk for pk, *_rest in answers(ada)] == [promise.pk]
    assert answers(eve) == []


def test_an_account_that_is_off_records_nothing(ada, promise):
    path = token_of(promise).path
    ada.switch_off()
    assert Client().post(path).status_code == 404
