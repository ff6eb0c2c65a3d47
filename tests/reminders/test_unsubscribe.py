"""The link of a mail: it ends one kind of reminder for one person, and does nothing else."""

import logging
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from journal.access_tokens.log_filter import WithoutTokens
from journal.access_tokens.models import AccessToken
from journal.account_deletion import deletion
from journal.privacy.rls import acting_as
from journal.reminders.models import Kind, Reminder
from tests.conftest import signed_in
from tests.promises.factories import make_promise
from tests.reminders.factories import make_preference, make_reminder

pytestmark = pytest.mark.django_db


def token_of(person, **given) -> AccessToken:
    with acting_as(person):
        return AccessToken.issue(person, AccessToken.Scope.UNSUBSCRIBE, subject="daily", **given)


def planned(person) -> set[str]:
    with acting_as(person):
        rows = Reminder.objects.filter(owner=person, next_at__isnull=False)
        return set(rows.values_list("kind", flat=True))


@pytest.fixture
def _two_kinds(ada):
    make_preference(ada)
    make_reminder(ada)
    make_reminder(ada, Kind.PROMISE, promise=make_promise(ada))


@pytest.mark.usefixtures("_two_kinds")
def test_a_mail_program_ends_one_kind_by_itself(ada):
    stranger = Client(enforce_csrf_checks=True)
    answer = stranger.post(token_of(ada).path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert planned(ada) == {"promise"}
    assert not answer.cookies


@pytest.mark.usefixtures("_two_kinds")
def test_opening_the_link_changes_nothing(ada):
    """Scanners of mail open every link."""
    for method in ("get", "head"):
        assert getattr(Client(), method)(token_of(ada).path).status_code == 200
    assert planned(ada) == {"daily", "promise"}


@pytest.mark.usefixtures("_two_kinds")
@pytest.mark.parametrize(
    "change",
    [
        lambda path: path[:-3] + "xx/",
        lambda path: path.replace("unsubscribe", "feed"),
        lambda path: "/t/unsubscribe//",
        lambda path: f"/t/unsubscribe/{'x' * 65}/",
        lambda path: "/t/unsubscribe/%00/",
    ],
)
def test_any_other_address_opens_nothing(ada, change):
    path = change(token_of(ada).path)
    assert {Client().get(path).status_code, Client().post(path).status_code} == {404}
    assert planned(ada) == {"daily", "promise"}


@pytest.mark.usefixtures("_two_kinds")
def test_the_session_of_the_browser_is_neither_read_nor_changed(ada, eve):
    browser = signed_in(eve)
    before = browser.cookies["sessionid"].value
    browser.post(token_of(ada).path)
    assert browser.cookies["sessionid"].value == before
    assert eve.email in browser.get("/settings/").content.decode()
    assert planned(ada) == {"promise"}


@pytest.mark.usefixtures("_two_kinds")
def test_a_device_is_still_reminded_once_emails_have_ended(ada):
    with acting_as(ada):
        Reminder.objects.filter(kind=Kind.DAILY).update(by_push=True)
    Client().post(token_of(ada).path)
    assert planned(ada) == {"daily", "promise"}
    with acting_as(ada):
        assert not Reminder.objects.get(kind=Kind.DAILY).by_mail


def test_the_page_is_kept_from_caches_indexes_and_other_sites(ada):
    answer = Client().get(token_of(ada).path)
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer.content.decode()
    assert answer["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert not answer.cookies
    assert ada.email not in answer.content.decode()


@pytest.mark.usefixtures("_two_kinds")
def test_a_refused_request_changes_nothing(ada, monkeypatch):
    """Everything that such a request wrote is rolled back where its answer is 400 or more."""
    path = token_of(ada).path

    def refuse(*_given, **_more) -> HttpResponse:
        return HttpResponse(status=409)

    monkeypatch.setattr("journal.reminders.views.render", refuse)
    assert Client().post(path).status_code == 409
    assert planned(ada) == {"daily", "promise"}


@pytest.mark.usefixtures("_two_kinds")
@pytest.mark.parametrize("address", ["/settings/reminders/", "/settings/reminders/pause/"])
def test_csrf_is_waived_for_tokens_only(ada, address):
    browser = signed_in(ada)
    browser.handler.enforce_csrf_checks = True
    assert browser.post(address, {}).status_code == 403
    assert planned(ada) == {"daily", "promise"}


@pytest.mark.usefixtures("_two_kinds")
def test_trying_often_is_refused_and_no_log_has_the_token(ada, settings, caplog):
    settings.ACCOUNT_RATE_LIMITS = {"token_network": "60/m/ip", "token": "2/m/key"}
    path = token_of(ada).path
    answers = [Client().get(path).status_code for _n in range(3)]
    assert [*answers, Client().post(path).status_code] == [200, 200, 429, 429]
    assert planned(ada) == {"daily", "promise"}
    other = path[:-3] + "xx/"
    assert Client().get(other).status_code == 404  # another token, the same network
    handler = logging.Handler()
    handler.addFilter(WithoutTokens())
    for record in caplog.records:
        handler.filter(record)
        assert path.split("/")[3][:20] not in record.getMessage()


def test_trying_many_tokens_from_one_network_is_refused(settings):
    settings.ACCOUNT_RATE_LIMITS = {"token_network": "2/m/ip", "token": "30/m/key"}
    guesses = [Client().get(f"/t/unsubscribe/guess{n}/").status_code for n in range(3)]
    assert guesses == [404, 404, 429]


def test_a_deleted_account_leaves_no_token(ada):
    path = token_of(ada).path
    deletion.delete(ada)
    assert Client().get(path).status_code == 404
    assert not AccessToken.objects.exists()


def test_a_token_ends_in_its_time_and_with_the_account(ada):
    over = token_of(ada, expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(over.path).status_code == 404


def test_an_account_that_is_off_opens_nothing(ada):
    token = token_of(ada)
    ada.switch_off()
    assert Client().get(token.path).status_code == 404


def test_there_is_one_token_for_each_use(ada):
    assert token_of(ada).path == token_of(ada).path


def test_neither_eve_nor_a_coach_reads_tokens(ada, eve, mira):
    token_of(ada)
    for other in (eve, mira):
        with acting_as(other):
            assert AccessToken.objects.count() == 0


def test_the_token_stands_sealed_in_the_database(ada):
    path = token_of(ada).path
    row = AccessToken.objects.values_list("token", "token_hash").get()
    assert path.split("/")[3] not in repr(row)
