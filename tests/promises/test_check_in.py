"""One answer for a promise and a day, given by a tap or a plain form."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection

from journal.privacy.rls import acting_as
from journal.promises.models import CheckIn, Promise
from tests.conftest import signed_in
from tests.page import compact
from tests.promises.factories import answer, make_draft, make_promise

NOW = "2026-11-19T20:00:00+01:00"  # a Thursday evening, where ada lives
TODAY = date(2026, 11, 19)
LONG_AGO = date(2026, 9, 7)


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def walk(ada) -> Promise:
    return make_promise(ada, starts_on=LONG_AGO)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def tap(client, promise: Promise, due_on: object = TODAY, status: str = "kept", **more):
    fields = {"due_on": str(due_on), "status": status, **more}
    return client.post(f"/promises/{promise.pk}/check-in/", fields)


def rows(promise: Promise) -> list[tuple]:
    with acting_as(promise.owner):
        found = promise.checkins.order_by("due_on")
        return [(row.due_on, row.status, row.excuse, row.note) for row in found]


def test_kept_is_one_row_and_leads_back(walk, ada_client):
    response = tap(ada_client, walk, next="/today/")

    assert response.url == "/today/"
    assert rows(walk) == [(TODAY, "kept", "", "")]


def test_the_last_answer_stands_and_keeps_its_note(walk, ada_client):
    tap(ada_client, walk, status="missed", note="The call ran over.")
    tap(ada_client, walk, status="kept_small")

    assert rows(walk) == [(TODAY, "kept_small", "", "The call ran over.")]


def test_a_note_sent_empty_is_taken_away(walk, ada_client):
    tap(ada_client, walk, status="missed", note="The call ran over.")
    tap(ada_client, walk, status="missed", note="")

    assert rows(walk) == [(TODAY, "missed", "", "")]


def test_an_answer_can_be_taken_back(walk, ada_client):
    tap(ada_client, walk)
    tap(ada_client, walk, status="clear")

    assert rows(walk) == []


def test_an_excuse_goes_with_its_reason_and_goes_when_it_was_kept_after_all(walk, ada_client):
    tap(ada_client, walk, status="excused", excuse="ill")
    assert rows(walk) == [(TODAY, "excused", "ill", "")]

    tap(ada_client, walk, status="kept", excuse="ill")
    assert rows(walk) == [(TODAY, "kept", "", "")]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"due_on": "2026-11-20"}, "Enter a date that isn’t in the future."),
        ({"due_on": "2026-11-11"}, "You can edit a day for 7 days"),
        ({"due_on": "2026-02-30"}, "Enter a date"),
        ({"due_on": ""}, "Which day is it about?"),
        ({"due_on": "0001-01-01"}, "You can edit a day for 7 days"),
        ({"due_on": "9999-12-31"}, "Enter a date that isn’t in the future."),
        ({"status": ""}, "Choose one of the answers."),
        ({"status": "perfect"}, "Choose one of the answers."),
        ({"status": "excused", "excuse": "lazy"}, "Choose what it was."),
        ({"note": "x" * 501}, "at most 500"),
        ({"note": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_bad_input_gets_a_sentence_and_loses_nothing(walk, ada_client, fields, sentence):
    given = {"due_on": str(TODAY), "status": "kept", "note": "Rain all day", **fields}

    response = ada_client.post(f"/promises/{walk.pk}/check-in/", given)

    page = compact(response)
    assert response.status_code == 200
    assert sentence in page
    assert given["note"].replace("\x00", "") in page.replace("\x00", "")
    assert rows(walk) == []


@pytest.mark.parametrize("days", [0, 1, 3, 4, 7])
def test_a_day_can_be_told_for_a_week(walk, ada_client, days):
    tap(ada_client, walk, ago(days))

    assert rows(walk) == [(ago(days), "kept", "", "")]


def test_a_day_on_which_nothing_is_due(ada, ada_client):
    mondays = make_promise(ada, starts_on=LONG_AGO, cadence="weekdays", weekdays=[0])

    page = compact(tap(ada_client, mondays, ago(1)))

    assert "Nothing was due on that day." in page
    assert rows(mondays) == []


def test_a_day_before_it_began(ada, ada_client):
    young = make_promise(ada, starts_on=ago(1))

    assert "Nothing was due on that day." in compact(tap(ada_client, young, ago(2)))
    assert rows(young) == []


def test_a_paused_day_is_not_answered_but_the_one_before_is(walk, ada, ada_client):
    with time_machine.travel("2026-11-17T09:00:00+01:00"), acting_as(ada):
        walk.pause("The recital")

    assert "The promise was paused on that day." in compact(tap(ada_client, walk))
    tap(ada_client, walk, ago(3))
    assert rows(walk) == [(ago(3), "kept", "", "")]


def test_an_ended_promise_is_not_answered(walk, ada, ada_client):
    with acting_as(ada):
        walk.retire("outgrown")

    assert "The promise had ended by that day." in compact(tap(ada_client, walk))
    assert rows(walk) == []


def test_past_its_last_day_nothing_is_due(ada, ada_client):
    over = make_promise(ada, starts_on=LONG_AGO, ends_on=ago(0))
    with acting_as(ada):
        Promise.objects.filter(pk=over.pk).update(ends_on=ago(1))

    assert "Nothing was due on that day." in compact(tap(ada_client, over))
    tap(ada_client, over, ago(1))
    assert rows(over) == [(ago(1), "kept", "", "")]


def test_a_draft_is_nothing_to_answer(ada, ada_client):
    assert tap(ada_client, make_draft(ada)).status_code == 404


def test_eve_cannot_answer_and_cannot_tell_that_it_is_there(walk, eve_client):
    theirs = tap(eve_client, walk)
    nothing = eve_client.post("/promises/01a00000-0000-7000-8000-000000000000/check-in/", {})

    assert theirs.status_code == nothing.status_code == 404
    assert rows(walk) == []


def test_who_is_signed_out_gets_their_words_back_and_nothing_is_stored(walk, client):
    page = tap(client, walk, note="Rain all day")

    assert page.status_code == 403
    assert "Rain all day" in compact(page)
    assert rows(walk) == []


# --- spare days


def test_spare_days_last_as_far_as_the_reserve_and_by_the_month(ada, ada_client):
    walk = make_promise(ada, starts_on=LONG_AGO, reserve_per_month=2)
    answer(walk, {date(2026, 10, 30): "excused", date(2026, 10, 31): "excused"}, excuse="spare_day")
    spare = {"status": "excused", "excuse": "spare_day"}

    tap(ada_client, walk, ago(2), **spare)
    tap(ada_client, walk, ago(1), **spare)
    third = tap(ada_client, walk, ago(0), **spare)

    assert "No planned days off are left in that month." in compact(third)
    assert [row[0] for row in rows(walk)][2:] == [ago(2), ago(1)]
    again = tap(ada_client, walk, ago(1), **spare, note="Still so")
    assert again.status_code == 302


def test_without_a_reserve_there_are_other_reasons(ada, ada_client):
    walk = make_promise(ada, starts_on=LONG_AGO, reserve_per_month=0)

    page = compact(tap(ada_client, walk, status="excused", excuse="spare_day"))

    assert "No planned days off are left in that month." in page
    assert tap(ada_client, walk, status="excused", excuse="travel").status_code == 302


# --- by the week


def test_by_the_week_no_single_day_is_missed(ada, ada_client):
    swim = make_promise(ada, starts_on=LONG_AGO, cadence="times_per_week", times_per_week=3)

    page = compact(tap(ada_client, swim, status="missed"))

    assert "No single day counts as missed" in page
    tap(ada_client, swim, status="kept")
    assert rows(swim) == [(TODAY, "kept", "", "")]


def test_a_week_is_missed_only_once_it_is_confirmed(ada, ada_client):
    swim = make_promise(ada, starts_on=LONG_AGO, cadence="times_per_week", times_per_week=3)
    answer(swim, {date(2026, 11, 10): "kept", date(2026, 11, 12): "kept"})
    address = f"/promises/{swim.pk}/"
    before = compact(ada_client.get(address))

    assert "9 November to 15 November: is this week finished?" in before
    assert "<b>2 of 2 kept</b>" in before
    ada_client.post(f"{address}week/", {"week_start": "2026-11-09"})
    ada_client.post(f"{address}week/", {"week_start": "2026-11-09"})

    after = compact(ada_client.get(address))
    assert "9 November to 15 November" not in after
    assert "<b>2 of 3 kept</b>" in after
    with acting_as(ada):
        assert swim.confirmations.count() == 1


@pytest.mark.parametrize("start", ["", "2026-11-10", "2026-11-16", "soon"])
def test_only_a_week_that_is_over_can_be_confirmed(ada, ada_client, start):
    swim = make_promise(ada, starts_on=LONG_AGO, cadence="times_per_week", times_per_week=3)

    ada_client.post(f"/promises/{swim.pk}/week/", {"week_start": start})

    with acting_as(ada):
        assert swim.confirmations.count() == 0


# --- once


def test_once_is_completed_when_kept_and_open_again_when_that_is_taken_back(ada, ada_client):
    dentist = make_promise(ada, "Book the dentist", cadence="once", due_on=TODAY)

    tap(ada_client, dentist)
    with acting_as(ada):
        assert Promise.objects.get(pk=dentist.pk).state == "completed"
    tap(ada_client, dentist, status="missed")
    with acting_as(ada):
        assert Promise.objects.get(pk=dentist.pk).state == "active"


# --- time


def test_the_day_belongs_to_the_persons_own_calendar(ada, ada_client):
    ada.day_starts_at = 3
    ada.save(update_fields=["day_starts_at"])
    walk = make_promise(ada, starts_on=LONG_AGO)

    with time_machine.travel("2026-11-20T02:30:00+01:00"):
        ada_client.force_login(ada)
        assert "isn’t in the future" in compact(tap(ada_client, walk, date(2026, 11, 20)))
        assert tap(ada_client, walk, TODAY).status_code == 302
    ada.zone, ada.day_starts_at, ada.week_starts_on = "Pacific/Auckland", 0, 6
    ada.save(update_fields=["zone", "day_starts_at", "week_starts_on"])

    assert rows(walk) == [(TODAY, "kept", "", "")]


def test_the_way_back_never_leads_to_another_site(walk, ada_client):
    for address in ("https://example.org/", "//example.org/", "/\\example.org", "javascript:1"):
        assert tap(ada_client, walk, next=address).url == f"/promises/{walk.pk}/"


# --- at the same time


@pytest.mark.django_db(transaction=True)
def test_twenty_answers_at_once_make_one_row_and_the_last_one_stands(ada):
    walk = make_promise(ada, starts_on=LONG_AGO)
    cookies = signed_in(ada).cookies

    def answer_once(number: int) -> int:
        from django.test import Client

        client = Client()
        client.cookies = cookies
        try:
            status = "kept" if number % 2 else "missed"
            return tap(client, walk, status=status, note=f"Note {number}").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(answer_once, range(20)))
    last = tap(signed_in(ada), walk, status="kept_small", note="The last one")

    assert codes == [302] * 20
    assert last.status_code == 302
    assert rows(walk) == [(TODAY, "kept_small", "", "The last one")]
    with acting_as(ada):
        assert CheckIn.objects.get().version == 21
