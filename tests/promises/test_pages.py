"""The list, a promise's page, the check page, and what Today asks for."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.people.values.models import Value
from journal.privacy.keys import data_key
from journal.privacy.rls import acting_as
from journal.promises import queries
from journal.promises.models import Promise
from journal.promises.steps import FLOW
from tests.flow_client import place_in, post
from tests.promises.factories import answer, make_draft, make_promise
from tests.promises.flow_client import walk

TODAY = date(2026, 11, 19)  # a Thursday
LONG_AGO = date(2026, 9, 7)


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel("2026-11-19T20:00:00+01:00", tick=False):
        yield


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def statements(client, address: str) -> int:
    """SQL statements of a request, without transaction control and the switch of roles."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    control = (
        "savepoint",
        "release",
        "begin",
        "commit",
        "select set_config",
        "select current_setting",
    )
    return sum(not query["sql"].lower().startswith(control) for query in captured.captured_queries)


def fill(person, count: int) -> None:
    """So many promises of every kind, with four weeks of answers each, written in bulk."""
    from journal.promises.models import CheckIn, PromiseRevision

    first = make_promise(person, starts_on=LONG_AGO)
    value = None
    with acting_as(person):
        value = Value(owner=person, name="calm", rank=1)
        value.save(force_insert=True)
    states = ["active", "active", "active", "paused", "retired", "draft"]
    with acting_as(person):
        for number in range(count - 1):
            state = states[number % len(states)]
            promise = Promise(
                owner=person, cadence="daily", starts_on=LONG_AGO, state=state, value=value,
                finished_at=None if state == "draft" else first.finished_at,
                ended_on=TODAY if state == "retired" else None,
                retire_reason="other" if state == "retired" else "",
            )  # fmt: skip
            for name in ("statement", "smallest_version", "cue", "action"):
                setattr(promise, name, f"{name} {number}")
            promise.save(force_insert=True)
            if state == "paused":
                promise.pauses.create(owner=person, from_on=ago(5))
            PromiseRevision.objects.create(
                owner=person, promise=promise, effective_on=LONG_AGO, cadence="daily"
            )
            CheckIn.objects.bulk_create(
                CheckIn(owner=person, promise=promise, due_on=ago(n), status="kept")
                for n in range(1, 20)
            )


def test_the_list_takes_as_many_statements_for_200_promises_as_for_one(
    ada, eve, ada_client, eve_client
):
    fill(ada, 200)
    make_promise(eve, starts_on=LONG_AGO)

    many, one = statements(ada_client, "/promises/"), statements(eve_client, "/promises/")

    assert (one, many) == (2, 2)


def test_a_list_draws_twenty_and_the_rest_when_asked_for(ada, ada_client):
    fill(ada, 50)
    with acting_as(ada):
        active = ada.promises.active().count()

    page = ada_client.get("/promises/").content.decode()
    whole = ada_client.get("/promises/?all").content.decode()

    assert page.count('<li class="promise">') == 20
    assert f'href="?all#ac">{active - 20} more</a>' in page
    assert whole.count('<li class="promise">') == active
    assert "?all#" not in whole
    for text in (f"You have {active} active.", "Four weeks together"):
        assert (text in page, text in whole) == (True, True)


def test_today_asks_in_one_statement_each(ada, eve):
    fill(ada, 50)
    make_promise(eve, starts_on=LONG_AGO)
    for person, due in ((ada, 26), (eve, 1)):
        with acting_as(person):
            data_key(person.pk)  # once a request, whoever needs it first
            with CaptureQueriesContext(connection) as captured:
                found = queries.due_on(person, TODAY)
            assert len(captured) == 1
            assert len(found) == due
            with CaptureQueriesContext(connection) as captured:
                queries.todo_items(person, TODAY)
            assert len(captured) == 1


def test_a_promise_page_takes_a_fixed_number_of_statements(ada, ada_client):
    promise = make_promise(ada, starts_on=LONG_AGO)
    bare = statements(ada_client, f"/promises/{promise.pk}/")
    answer(promise, {ago(n): "missed" for n in range(25)}, note="Rain")

    assert (bare, statements(ada_client, f"/promises/{promise.pk}/")) == (7, 7)


def test_the_page_says_fact_range_and_choice(ada, ada_client):
    promise = make_promise(ada, starts_on=ago(11))
    marks = ["kept"] * 4 + ["kept_small"] * 3 + ["missed"] * 4
    answer(promise, {ago(n): status for n, status in enumerate(reversed(marks), start=1)})

    page = ada_client.get(f"/promises/{promise.pk}/").content.decode()

    assert "<b>7 of 11 kept</b>, 3 small" in page
    assert "Likely between 35% and 85%" in page


def test_too_few_days_are_counts_only(ada, ada_client):
    promise = make_promise(ada, starts_on=ago(9))
    answer(promise, {ago(n): "kept" for n in range(1, 10)})

    page = ada_client.get(f"/promises/{promise.pk}/").content.decode()

    assert "<b>9 of 9 kept</b>" in page
    assert "Likely between" not in page


def test_the_strip_draws_what_was_told(ada, ada_client):
    promise = make_promise(ada, starts_on=ago(6))  # Friday before last
    recorded = {ago(6): "kept", ago(5): "kept_small", ago(3): "missed", ago(2): "excused"}
    answer(promise, recorded)

    page = ada_client.get(f"/promises/{promise.pk}/").content.decode()

    start = page.index('class="day-strip"')
    drawn = page[start : page.index("</svg>", start)]
    third, fourth = 140, 210  # where the weeks begin
    assert f'<rect class="stroke" x="{third + 4 * 9 + 2.25:g}" y="1"' in drawn
    assert f'<rect class="stroke" x="{third + 5 * 9 + 2.25:g}" y="13"' in drawn
    assert f'<rect class="stroke-outline" x="{fourth + 2.55:g}"' in drawn
    assert f'<rect class="stroke" x="{fourth + 9 + 0.5:g}" y="21"' in drawn
    # Sunday was not told four days ago and stays empty; Wednesday to Sunday are open.
    assert drawn.count("<circle") == 5
    assert drawn.count("<rect") == 4


# --- the check page


def test_less_than_sure_is_offered_less_and_not_held_up(ada, ada_client):
    draft = walk(ada, ada_client, until="check")

    response = post(ada_client, f"/promises/{draft.pk}/step/check/", do="finish", sure="5")

    assert response.url == f"/promises/{draft.pk}/?unsure"
    page = ada_client.get(response.url).content.decode()
    assert "You were less than sure." in page
    with acting_as(ada):
        assert Promise.objects.get().state == "active"


def test_the_fourth_active_promise_comes_with_one_word_of_caution(ada, ada_client):
    for _n in range(2):
        make_promise(ada)
    draft = walk(ada, ada_client, until="check")
    address = f"/promises/{draft.pk}/step/check/"
    caution = "Fewer that hold are worth more than many"

    assert caution not in ada_client.get(address).content.decode()
    make_promise(ada)
    assert caution in ada_client.get(address).content.decode()
    assert post(ada_client, address, do="finish").url == f"/promises/{draft.pk}/"


def test_a_day_that_passed_while_the_draft_waited(ada, ada_client):
    draft = walk(ada, ada_client, until="check", rhythm={"cadence": "once", "due_on": "2026-11-20"})
    with time_machine.travel("2026-11-28T09:00:00+01:00"):  # it cannot be recorded any more
        ada_client.force_login(ada)
        response = post(ada_client, f"/promises/{draft.pk}/step/check/", do="finish")

    page = response.content.decode()
    assert response.status_code == 200
    assert "Still needed: How often?" in page
    assert f"/promises/{draft.pk}/step/rhythm/?from=check" in page


def test_a_promise_made_late_begins_today(ada, ada_client):
    draft = walk(ada, ada_client, until="check")
    with time_machine.travel("2026-11-25T09:00:00+01:00"):
        ada_client.force_login(ada)
        post(ada_client, f"/promises/{draft.pk}/step/check/", do="finish")

    with acting_as(ada):
        assert Promise.objects.get().starts_on == date(2026, 11, 25)


def test_a_value_must_be_ones_own(ada, eve, ada_client):
    with acting_as(eve):
        theirs = Value(owner=eve, name="secrecy", rank=1)
        theirs.save(force_insert=True)
    draft = walk(ada, ada_client, until="why")

    response = post(ada_client, f"/promises/{draft.pk}/step/why/", value=str(theirs.pk), why="x")

    assert response.status_code == 200
    assert "Select a valid choice" in response.content.decode()
    assert "secrecy" not in response.content.decode()


# --- for Today


def test_due_on_brings_the_answer_of_the_day_with_its_note(ada):
    promise = make_promise(ada, starts_on=LONG_AGO)
    make_promise(ada, "Mondays only", starts_on=LONG_AGO, cadence="weekdays", weekdays=[0])
    answer(promise, {TODAY: "missed"}, note="The call ran over.")

    with acting_as(ada):
        (due,) = queries.due_on(ada, TODAY)
        assert (due.checkin.status, due.checkin.note) == ("missed", "The call ran over.")
    assert due.next_chance == "Tomorrow, Friday 20 November"


def test_by_the_week_is_asked_until_its_units_are_told(ada):
    swim = make_promise(ada, starts_on=LONG_AGO, cadence="times_per_week", times_per_week=2)
    answer(swim, {ago(3): "kept"})
    with acting_as(ada):
        (due,) = queries.due_on(ada, TODAY)
    assert due.week_text == "1 of 2 this week"
    assert [value for value, *_rest in due.choices] == ["kept", "kept_small", "excused"]

    answer(swim, {ago(1): "kept_small"})
    with acting_as(ada):
        assert queries.due_on(ada, TODAY) == []


def test_what_waits(ada):
    draft = make_draft(ada, "Call Gran", step="why")
    paused, later = make_promise(ada, "Draw"), make_promise(ada, "Run")
    swim = make_promise(ada, "Swim", starts_on=LONG_AGO, cadence="times_per_week", times_per_week=3)
    with acting_as(ada):
        paused.pause(resume_on=TODAY)
        later.pause(resume_on=TODAY + timedelta(days=1))
        found = {(one.title, one.text, one.address) for one in queries.todo_items(ada, TODAY)}

    assert found == {
        (FLOW.name, place_in(FLOW, draft), f"/promises/{draft.pk}/step/why/"),
        ("Draw", "You asked to be reminded: start again?", f"/promises/{paused.pk}/"),
        ("Swim", "Last week is over. Anything to add?", f"/promises/{swim.pk}/"),
    }


def test_eves_list_shows_nothing_of_adas(ada, eve_client):
    make_promise(ada, "Something private")
    make_draft(ada, "Something begun")

    page = eve_client.get("/promises/").content.decode()

    assert "Something" not in page
    assert "No promises yet" in page


def test_a_promise_past_its_last_day_stands_among_the_finished(ada, ada_client):
    promise = make_promise(ada, starts_on=LONG_AGO, ends_on=TODAY)
    with acting_as(ada):
        Promise.objects.filter(pk=promise.pk).update(ends_on=ago(1))

    page = ada_client.get("/promises/").content.decode()

    assert "Completed on Wednesday 18 November" in page
    assert "Active" not in page[page.index("<main") :]
