"""Days ahead: set aside and taken back, kept early, accepted once and for all."""

from datetime import date, timedelta

import pytest
import time_machine

from journal.people import clock
from journal.privacy.rls import acting_as
from journal.promises.history import history_of
from tests.page import compact
from tests.promises.factories import answer, make_draft, make_promise

TODAY = date(2026, 11, 19)  # a Thursday
LONG_AGO = date(2026, 9, 7)
KIRITIMATI, PAGO = "Pacific/Kiritimati", "Pacific/Pago_Pago"


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel("2026-11-19T20:00:00+01:00", tick=False):
        yield


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


def record_of(promise):
    with acting_as(promise.owner):
        return history_of(promise.owner.promises.all(), promise.owner, promise.pk)


def answers(promise):
    with acting_as(promise.owner):
        rows = promise.checkins.order_by("due_on").values_list("due_on", "status")
        return dict(rows)


def tap(client, promise, day, status, **more):
    fields = {"due_on": str(day), "status": status, **more}
    return client.post(f"/promises/{promise.pk}/check-in/", fields)


def move(person, zone):
    person.zone = zone
    person.save(update_fields=["zone"])


def test_a_day_set_aside_is_never_next_due(ada):
    walk = make_promise(ada, starts_on=LONG_AGO)
    answer(walk, {TODAY: "kept", ahead(1): "excused", ahead(2): "excused"})
    assert record_of(walk).next_due == ahead(3)


def test_a_week_set_aside_or_met_is_never_next_due(ada):
    swim = make_promise(ada, starts_on=LONG_AGO, cadence="times_per_week", times_per_week=2)
    answer(swim, {date(2026, 11, 16): "kept", TODAY: "kept"})
    assert record_of(swim).next_due == date(2026, 11, 23)
    answer(swim, {date(2026, 11, 23): "excused", date(2026, 11, 24): "excused"})
    assert record_of(swim).next_due == date(2026, 11, 30)


def test_a_day_set_aside_ahead_can_be_taken_back_or_explained(ada, ada_client):
    walk = make_promise(ada, starts_on=LONG_AGO)
    answer(walk, {ahead(1): "excused", ahead(2): "excused"}, excuse="travel")

    assert tap(ada_client, walk, ahead(2), "excused", excuse="ill", note="Flu").status_code == 302
    assert tap(ada_client, walk, ahead(1), "clear").status_code == 302

    assert answers(walk) == {ahead(2): "excused"}
    assert "isn’t in the future" in compact(tap(ada_client, walk, ahead(2), "kept"))
    assert "isn’t in the future" in compact(
        tap(ada_client, walk, ahead(1), "excused", excuse="ill")
    )


def test_a_trip_that_falls_through_is_taken_back_at_once(ada, ada_client):
    walk, read = (make_promise(ada, starts_on=LONG_AGO) for _n in range(2))
    for promise in (walk, read):
        answer(promise, {ahead(n): "excused" for n in range(-1, 3)}, excuse="travel")

    page = compact(ada_client.get("/promises/excuse/"))
    assert page.count('name="day"') == 2
    taken = {"day": [str(ahead(1)), str(ahead(2))], "do": "take-back"}
    assert ada_client.post("/promises/excuse/", taken).url == "/promises/"

    assert answers(walk) == answers(read) == {ahead(-1): "excused", TODAY: "excused"}


def test_of_one_promise_the_days_ahead_are_listed_and_taken_back(ada, ada_client):
    walk, read = (make_promise(ada, starts_on=LONG_AGO) for _n in range(2))
    for promise in (walk, read):
        answer(promise, {ahead(1): "excused"}, excuse="travel")
    address = f"/promises/{walk.pk}/excuse/"

    refused = ada_client.post(address, {"do": "take-back", "day": "2026-12-24"})
    assert "Choose the days to take back." in compact(refused)
    ada_client.post(address, {"do": "take-back", "day": str(ahead(1))})

    assert answers(walk) == {}
    assert answers(read) == {ahead(1): "excused"}


def test_a_promise_for_one_day_may_be_kept_early(ada, ada_client):
    gran = make_promise(ada, "Call Gran", cadence="once", due_on=ahead(4))
    assert "check-in/?due_on=2026-11-23" in compact(ada_client.get(f"/promises/{gran.pk}/"))

    assert tap(ada_client, gran, ahead(4), "missed").status_code == 200
    assert tap(ada_client, gran, ahead(4), "kept").status_code == 302

    record = record_of(gran)
    assert (record.promise.state, record.next_due) == ("completed", None)
    assert record.ended_text == "Kept early, for Monday 23 November"
    with time_machine.travel("2026-11-24T12:00:00+01:00", tick=False):
        assert record_of(gran).tally.kept == 1
    assert tap(ada_client, gran, ahead(4), "clear").status_code == 302
    assert record_of(gran).next_due == ahead(4)


def test_an_answer_stays_open_to_correction_wherever_one_travels(ada, ada_client):
    move(ada, KIRITIMATI)
    walk = make_promise(ada, starts_on=LONG_AGO)
    day = clock.today(ada)
    tap(ada_client, walk, day, "missed")
    move(ada, PAGO)
    assert day > clock.today(ada)

    assert tap(ada_client, walk, day, "kept", note="In the evening").status_code == 302

    assert answers(walk) == {day: "kept"}


def test_the_only_day_of_a_draft_is_not_asked_again(ada, ada_client):
    draft = make_draft(ada, step="check")
    with acting_as(ada):
        draft.smallest_version, draft.cue, draft.action = "Ring", "Tea", "dial"
        draft.cadence, draft.due_on, draft.starts_on = "once", ahead(-1), ahead(-3)
        draft.save()

    fields = {"cadence": "once", "due_on": str(ahead(-1)), "version": draft.version}
    assert ada_client.post(f"/promises/{draft.pk}/step/rhythm/", fields).status_code == 302
    with acting_as(ada):
        draft.refresh_from_db()
    fields = {"do": "finish", "version": draft.version}
    assert ada_client.post(f"/promises/{draft.pk}/step/check/", fields).status_code == 302

    assert tap(ada_client, draft, ahead(-1), "kept").status_code == 302
    assert answers(draft) == {ahead(-1): "kept"}


def test_the_latest_terms_hold_after_a_journey_back(ada, ada_client):
    move(ada, KIRITIMATI)
    walk = make_promise(ada, starts_on=LONG_AGO)
    with acting_as(ada):
        walk.statement = "Walk far"
        walk.renegotiate()
        move(ada, PAGO)
        walk.statement = "Walk near"
        walk.renegotiate()
        assert [one.statement for one in walk.revisions.all()] == ["Walk after lunch", "Walk near"]
