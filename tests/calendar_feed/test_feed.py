"""The address without a session: what it answers, and what it never changes."""

from datetime import datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from journal.access_tokens.log_filter import WithoutTokens
from journal.access_tokens.models import AccessToken
from journal.account_deletion import deletion
from journal.calendar_feed import address
from journal.operation.purge import purge
from journal.people.models import User
from journal.privacy.rls import COACH, OWNER, acting_as
from tests.calendar_feed.conftest import NOON
from tests.calendar_feed.factories import fetch, make_address
from tests.coaching.factories import link, made_coach, sure
from tests.conftest import signed_in
from tests.decisions.factories import make_decision
from tests.reminders.factories import make_preference, make_reminder, run_at

pytestmark = pytest.mark.django_db


def later(**delta: int):
    return time_machine.travel(datetime.fromisoformat(NOON) + timedelta(**delta), tick=False)


def used_at(token: AccessToken):
    with acting_as(None, role=OWNER):
        return AccessToken.objects.get(pk=token.pk).used_at


def test_a_program_gets_a_file_that_it_may_keep_but_asks_for_each_time(ada):
    answer = fetch(make_address(ada))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'inline; filename="calendar.ics"'
    assert answer["Cache-Control"] == "private, no-cache"
    assert not answer.cookies


def test_nothing_new_is_a_304(ada):
    token = make_address(ada)
    make_decision(ada)
    first = fetch(token)
    with later(hours=5):
        second = fetch(token, if_none_match=first["ETag"])
    assert (second.status_code, second.content) == (304, b"")
    assert (second["ETag"], second["Cache-Control"]) == (first["ETag"], "private, no-cache")
    assert not second.cookies


@pytest.mark.parametrize("change", ["row", "titles", "name", "zone"])
def test_what_changes_the_file_changes_its_etag(ada, change):
    token = make_address(ada)
    before = fetch(token)["ETag"]
    if change == "row":
        make_decision(ada)
    elif change == "titles":
        make_address(ada, titles=True)
    elif change == "name":
        make_preference(ada, sender_name="Post")
    else:
        User.objects.filter(pk=ada.pk).update(zone="Asia/Tokyo")
    answer = fetch(token, if_none_match=before)
    assert answer.status_code == 200
    assert answer["ETag"] != before


def test_a_date_alone_is_never_a_304(ada):
    """What left the calendar leaves no later date behind."""
    decision, token = make_decision(ada), make_address(ada)
    first = fetch(token)
    with acting_as(ada):
        decision.trash()
    second = fetch(token, if_modified_since=first["Last-Modified"])
    assert second.status_code == 200
    assert second["ETag"] != first["ETag"]


def test_a_reminder_that_was_sent_leaves_the_file_as_it_is(ada, settings):
    settings.MAIL_WORKS = True
    EmailAddress.objects.create(user=ada, email=ada.email, primary=True, verified=True)
    make_preference(ada)
    make_reminder(ada)
    token = make_address(ada)
    before = fetch(token)["ETag"]
    assert run_at("2026-11-19T20:30:10+01:00") == 1
    assert fetch(token)["ETag"] == before


def test_head_says_the_same_without_the_file(ada):
    token = make_address(ada)
    answer = Client().head(token.path)
    assert (answer.status_code, answer["ETag"]) == (200, fetch(token)["ETag"])


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_but_reading(ada, method):
    token = make_address(ada)
    assert getattr(Client(), method)(token.path).status_code == 405
    assert used_at(token) is None


def test_a_fetch_is_noted_once_an_hour_and_gives_another_year(ada):
    token = make_address(ada)
    fetch(token)
    noted = used_at(token)
    with later(minutes=59):
        fetch(token)
        assert used_at(token) == noted
    with later(minutes=60):
        fetch(token, if_none_match="*")
        assert used_at(token) == noted + timedelta(hours=1)
    with later(days=365):
        assert fetch(token).status_code == 200
    with later(days=730):
        assert fetch(token).status_code == 404


def test_a_year_without_a_fetch_ends_it(ada):
    token = make_address(ada)
    with later(days=365, seconds=1):
        assert fetch(token).status_code == 404
        purge()
        assert not AccessToken.objects.filter(pk=token.pk).exists()


def test_an_error_notes_nothing(ada):
    token = make_address(ada)
    assert fetch(token, if_match='"another"').status_code == 412
    assert used_at(token) is None


@pytest.mark.parametrize(
    "wrong",
    [
        lambda path: path.replace(".ics", "x.ics"),
        lambda path: path.removesuffix(".ics"),
        lambda path: path.replace("feed", "unsubscribe").replace(".ics", "/"),
        lambda path: "/t/feed/.ics",
        lambda path: "/t/feed/" + "x" * 65 + ".ics",
        lambda path: "/t/feed/%00.ics",
        lambda path: f"{path}/",
    ],
)
def test_any_other_address_is_nobodys(ada, wrong):
    answer = Client().get(wrong(make_address(ada).path))
    assert answer.status_code == 404
    assert ada.email not in answer.content.decode()


def test_the_token_opens_nothing_else(ada):
    token = make_address(ada)
    with acting_as(ada):
        kept = AccessToken.issue(ada, AccessToken.Scope.UNSUBSCRIBE, subject="daily")
    assert Client().get(f"/t/unsubscribe/{token.token}/").status_code == 404
    assert Client().get(f"/t/feed/{kept.token}.ics").status_code == 404


def test_signing_out_leaves_it_and_deleting_the_account_ends_it(ada):
    token = make_address(ada)
    signed_in(ada).post(reverse("account_logout"))
    assert fetch(token).status_code == 200

    deletion.ask(ada, at_once=False)
    assert fetch(token).status_code == 404
    User.objects.filter(pk=ada.pk).update(deletion_due_at=None)
    assert fetch(token).status_code == 200  # they thought better of it
    deletion.ask(ada, at_once=True)
    assert fetch(token).status_code == 404
    deletion.delete_due()
    assert not AccessToken.objects.exists()


def test_no_log_names_a_token(ada, caplog):
    token = make_address(ada)
    caplog.handler.addFilter(WithoutTokens())
    with later(days=400):
        fetch(token)
    Client().post(token.path)
    assert "Not Found: /t/feed/…" in caplog.text
    assert token.token not in caplog.text
    assert "tokens" in settings.LOGGING["handlers"]["console"]["filters"]


def test_whoever_is_signed_in_reads_the_feed_of_the_token(ada, eve):
    make_decision(ada, "Fridays?")
    make_decision(eve, "Leave?")
    token = make_address(ada, titles=True)
    answer = signed_in(eve).get(token.path)
    assert "Fridays?" in answer.content.decode()
    assert "Leave?" not in answer.content.decode()


def test_a_broken_program_is_slowed_down(ada, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "token": "2/m/key"}
    token = make_address(ada)
    assert [fetch(token).status_code for _n in range(3)] == [200, 200, 429]


def test_a_coach_finds_no_trace_of_it(ada, mira):
    link(ada, made_coach(mira))
    token = make_address(ada)
    fetch(token)
    pages = [sure(mira).get(path) for path in ("/coach/", "/coach/search/?q=feed")]
    assert not any(token.token in page.content.decode() for page in pages)
    with acting_as(mira, role=COACH), pytest.raises(ProgrammingError), transaction.atomic():
        AccessToken.objects.exists()
    with acting_as(mira):
        assert address.token_of(ada) is None
