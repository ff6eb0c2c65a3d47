"""The page of reminders: what is ticked is planned, and what is wrong is said and stays."""

import re
from datetime import time, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.access_tokens.models import AccessToken
from journal.people import clock
from journal.privacy.rls import acting_as
from journal.reminders.models import Kind, Reminder, ReminderPreference
from tests.conftest import signed_in
from tests.promises.factories import make_promise
from tests.reminders.factories import make_preference, make_reminder

pytestmark = pytest.mark.django_db
PAGE = "/settings/reminders/"
SENT = {"quiet_from": "22:00", "quiet_until": "07:00", "most_a_day": "1", "wording": "discreet"}


def rows_of(person) -> dict[str, Reminder]:
    with acting_as(person):
        return {row.kind: row for row in Reminder.objects.filter(owner=person)}


def test_everything_is_off_at_first(ada, ada_client):
    page = ada_client.get(PAGE).content.decode()
    assert "checked" not in page.split("Quiet hours")[0]
    ada_client.post(PAGE, SENT)
    assert rows_of(ada) == {}


def test_what_is_ticked_is_planned_and_what_is_unticked_ends(ada, ada_client):
    promise = make_promise(ada)
    key = f"promise-{promise.pk}"
    sent = {**SENT, "daily-by_mail": "on", "daily-at": "19:15", f"{key}-by_mail": "on"}
    ada_client.post(PAGE, {**sent, f"{key}-at": "08:10"})

    rows = rows_of(ada)
    assert {kind: f"{row.at:%H:%M}" for kind, row in rows.items()} == {
        "daily": "19:15",
        "promise": "08:10",
    }
    assert all(row.next_at for row in rows.values())

    ada_client.post(PAGE, SENT)
    assert not any(row.next_at for row in rows_of(ada).values())
    with acting_as(ada):
        assert ReminderPreference.objects.get().origin == "http://testserver"


def test_two_tabs_make_one_row_of_each_kind(ada, ada_client):
    for _tab in range(2):
        ada_client.post(PAGE, {**SENT, "daily-by_mail": "on", "daily-at": "19:15"})
    with acting_as(ada):
        assert (Reminder.objects.count(), ReminderPreference.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("daily-at", "25:00", "Enter a time, for example 20:30."),
        ("daily-at", "soon\0", "Enter a time, for example 20:30."),
        ("week-weekday", "9", "Choose a day of the week."),
        ("most_a_day", "99", "Choose from 1 to 5."),
        ("sender_name", "x" * 41, "40"),
        ("quiet_from", "-1", "Enter a time, for example 22:00."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(ada, ada_client, field, value, sentence):
    sent = {**SENT, "week-by_mail": "on", "sender_name": "Post", field: value}
    page = ada_client.post(PAGE, sent)
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert value.replace("\0", "") in page.content.decode() or field == "most_a_day"
    assert rows_of(ada) == {}


def test_a_time_in_the_quiet_hours_is_refused_since_nothing_would_come(ada, ada_client):
    late = {**SENT, "daily-by_mail": "on", "daily-at": "22:30"}
    page = ada_client.post(PAGE, late)
    assert "This is in your quiet hours." in page.content.decode()
    assert rows_of(ada) == {}
    ada_client.post(PAGE, {**late, "quiet_from": "23:00"})
    assert f"{rows_of(ada)['daily'].at:%H:%M}" == "22:30"


def test_a_time_in_the_quiet_hours_is_nothing_for_what_is_off(ada_client):
    assert ada_client.post(PAGE, {**SENT, "daily-at": "22:30"}).status_code == 302


def shown_on(client, address=PAGE) -> str:
    return re.search(r'name="shown" value="(\w+)"', client.get(address).content.decode())[1]


def test_a_page_that_is_out_of_date_shows_both_and_is_stored_when_sent_again(ada, ada_client):
    make_preference(ada, sender_name="Post")
    make_reminder(ada, at="19:15")
    on = {**SENT, "daily-by_mail": "on", "sender_name": "Post"}
    before = shown_on(ada_client)
    ada_client.post(PAGE, {**on, "daily-at": "18:00", "sender_name": "Paper", "shown": before})

    page = ada_client.post(PAGE, {**on, "daily-at": "21:00", "shown": before})

    assert page.status_code == 409
    text = page.content.decode()
    assert "changed somewhere else" in text
    assert {"18:00", "21:00", "Paper", "Post"} <= set(re.findall(r"[\w:]+", text))
    assert f"{rows_of(ada)['daily'].at:%H:%M}" == "18:00"
    again = re.search(r'name="shown" value="(\w+)"', text)[1]
    ada_client.post(PAGE, {**on, "daily-at": "21:00", "shown": again})
    assert f"{rows_of(ada)['daily'].at:%H:%M}" == "21:00"


def test_a_promise_made_in_another_tab_is_no_conflict(ada, ada_client):
    make_reminder(ada, at="19:15")
    before = shown_on(ada_client)
    make_promise(ada)
    sent = {**SENT, "daily-by_mail": "on", "daily-at": "21:00", "shown": before}
    assert ada_client.post(PAGE, sent).status_code == 302


def test_what_another_tab_ticked_is_not_unticked_unseen(ada, ada_client):
    """The first page was opened before the promise was given its time on its own page."""
    promise = make_promise(ada)
    make_preference(ada)
    before = shown_on(ada_client)
    make_reminder(ada, Kind.PROMISE, promise=promise)
    sent = {**SENT, "daily-by_mail": "on", "shown": before}
    assert ada_client.post(PAGE, sent).status_code == 409
    assert rows_of(ada)["promise"].next_at


def test_a_daily_reminder_can_leave_out_the_weekend(ada, ada_client):
    with time_machine.travel("2026-11-20T21:00:00+01:00", tick=False):  # a Friday
        sent = {**SENT, "daily-by_mail": "on", "daily-at": "20:30", "daily-days": "weekdays"}
        signed_in(ada).post(PAGE, sent)
    assert f"{rows_of(ada)['daily'].next_at:%a %H:%M}" == "Mon 19:30"


def test_a_promise_has_its_reminder_on_a_page_of_its_own(ada, ada_client):
    promise = make_promise(ada)
    other = make_promise(ada, "Read a page")
    make_reminder(ada, Kind.PROMISE, "09:00", promise=other)
    address = f"{PAGE}promise/{promise.pk}/"
    assert address in ada_client.get(promise.get_absolute_url()).content.decode()
    assert "Walk after lunch" in ada_client.get(address).content.decode()

    key = f"promise-{promise.pk}"
    answer = ada_client.post(address, {f"{key}-by_mail": "on", f"{key}-at": "13:05"})

    assert answer.url == promise.get_absolute_url()
    page = ada_client.get(answer.url).content.decode()
    assert "Reminder at 13:05" in page
    with acting_as(ada):
        found = Reminder.objects.values_list("promise", "at", "by_mail")
        assert set(found) == {(promise.pk, time(13, 5), True), (other.pk, time(9), True)}


def test_the_reminder_of_a_promise_that_rests_or_is_not_theirs_is_not_there(ada, eve_client):
    promise = make_promise(ada)
    address = f"{PAGE}promise/{promise.pk}/"
    assert {eve_client.get(address).status_code, eve_client.post(address).status_code} == {404}
    with acting_as(ada):
        promise.pause()
    assert signed_in(ada).get(address).status_code == 404


def test_the_email_is_shown_as_it_is(ada, ada_client):
    make_preference(ada, sender_name="Post", wording="plain")
    make_reminder(ada, at="19:15", days="weekdays")
    page = ada_client.get(f"{PAGE}email/").content.decode()
    assert "Your check-in is ready." in page
    assert "You asked for this at 19:15 on weekdays." in page
    assert "Post" in page
    with acting_as(ada):
        assert not AccessToken.objects.exists()


def test_what_an_import_brought_waits_until_the_person_saves_it(ada, ada_client):
    with acting_as(ada):
        Reminder.objects.create(owner=ada, kind=Kind.DAILY, at=time(20), by_mail=True)
    assert "came with an import" in ada_client.get(PAGE).content.decode()
    ada_client.post(PAGE, {**SENT, "daily-by_mail": "on", "daily-at": "20:00"})
    assert rows_of(ada)["daily"].next_at
    assert "came with an import" not in ada_client.get(PAGE).content.decode()


def test_a_name_with_a_line_break_makes_no_header(reachable):
    signed_in(reachable).post(PAGE, {**SENT, "sender_name": "Post\r\nBcc: eve@example.org"})
    signed_in(reachable).post(f"{PAGE}test/")
    assert mail.outbox[0].recipients() == [reachable.email]


def test_a_test_mail_comes_at_once_and_tries_a_refused_address_again(reachable):
    preference = make_preference(reachable, refusals=3)
    client = signed_in(reachable)
    assert "refused three times" in client.get(PAGE).content.decode()

    client.post(f"{PAGE}test/")

    assert mail.outbox[0].subject == "This is the test you asked for"
    with acting_as(reachable):
        preference.refresh_from_db()
    assert not preference.is_refused
    assert "http://testserver" in mail.outbox[0].body


def test_without_mail_the_page_says_so(ada_client, settings):
    settings.MAIL_WORKS = False
    assert "This server sends no email" in ada_client.get(PAGE).content.decode()
    assert ada_client.post(f"{PAGE}test/").status_code == 404


def test_without_mail_email_is_not_offered_and_what_is_stored_stays(ada, ada_client, settings):
    make_preference(ada)
    make_reminder(ada, Kind.WEEK)
    settings.MAIL_WORKS = False
    boxes = re.findall(r"<input[^>]*-by_mail[^>]*>", ada_client.get(PAGE).content.decode())
    assert len(boxes) == 4
    assert all("disabled" in box for box in boxes)

    answer = ada_client.post(PAGE, {**SENT, "daily-by_mail": "on", "due-by_push": "on"})
    assert answer.status_code == 302
    assert {kind: row.by_mail for kind, row in rows_of(ada).items()} == {"week": True, "due": False}


def test_all_pause_until_a_day_and_the_pause_ends_with_a_tap(ada, ada_client):
    day = clock.today(ada) + timedelta(days=5)
    ada_client.post(f"{PAGE}pause/", {"paused_until": f"{day}"})
    assert "Paused until" in ada_client.get(PAGE).content.decode()
    ada_client.post(f"{PAGE}pause/")
    assert "Paused until" not in ada_client.get(PAGE).content.decode()


def test_a_pause_until_a_day_that_is_past_is_refused(ada_client):
    page = ada_client.post(f"{PAGE}pause/", {"paused_until": "2001-01-05"})
    assert page.status_code == 200
    assert 'value="2001-01-05"' in page.content.decode()


def test_eve_sees_and_changes_nothing_of_adas(ada, eve, eve_client):
    make_preference(ada, sender_name="Between us")
    make_reminder(ada)
    assert "Between us" not in eve_client.get(PAGE).content.decode()
    eve_client.post(PAGE, SENT)
    assert rows_of(ada)[Kind.DAILY].next_at


def test_a_dozen_promises_cost_no_more_queries_than_one(ada, ada_client):
    counts = []
    for more in (1, 11):
        for _n in range(more):
            make_promise(ada)
        with CaptureQueriesContext(connection) as queries:
            ada_client.get(PAGE)
        counts.append(len(queries))
    assert counts[0] == counts[1]
