"""Finish writes all that a week changes, once: two taps, two tabs, an error half-way."""

import threading
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection

from journal.privacy.rls import acting_as
from journal.promises.models import Promise
from journal.reflections.week.promise_changes import Change, Changes
from tests.conftest import signed_in
from tests.page import compact
from tests.promises.factories import answer, make_promise
from tests.reflections.week.factories import (
    EVENING,
    FRI,
    MONDAY,
    PAGE,
    SUNDAY,
    THU,
    TUE,
    WED,
    make_reflection,
)
from tests.reflections.week.flow_client import fields_of, post, step_of

pytestmark = pytest.mark.django_db
NEXT = MONDAY + timedelta(days=7)


@pytest.fixture(autouse=True)
def sunday_evening():
    with time_machine.travel(EVENING, tick=False) as clock:
        yield clock


@pytest.fixture
def walk(ada) -> Promise:
    """Missed three times, kept once."""
    promise = make_promise(ada, "Walk after lunch", starts_on=MONDAY)
    answer(promise, {MONDAY: "missed", TUE: "missed", WED: "kept", THU: "missed"})
    return promise


def only(ada):
    with acting_as(ada):
        return ada.weeklyreflections.get()


def again(promise: Promise) -> Promise:
    with acting_as(promise.owner):
        return Promise.objects.get(pk=promise.pk)


def revisions(promise: Promise) -> list[tuple[date, str, str]]:
    with acting_as(promise.owner):
        rows = promise.revisions.order_by("effective_on")
        return [(one.effective_on, one.statement, one.cue) for one in rows]


def pauses(promise: Promise) -> list[tuple[date, date | None]]:
    with acting_as(promise.owner):
        return list(promise.pauses.values_list("from_on", "until_on"))


def decided(ada, promise: Promise, what: str, words: str = "", **fields):
    changes = Changes((Change(str(promise.pk), what, words),)).text()
    return make_reflection(ada, changes=changes, step="next", **fields)


def test_made_smaller_it_is_one_revision_from_monday(ada, ada_client, walk):
    make_reflection(ada, step="misses")
    at = step_of("misses")
    sent = {f"change-{walk.pk}": "smaller", f"smaller-{walk.pk}": " Round the\nblock "}
    assert post(ada_client, at, **sent).url == step_of("next")
    assert len(revisions(walk)) == 1

    page = compact(ada_client.get(step_of("next")))
    assert f'name="pick" value="smaller-{walk.pk}"' in page
    for _twice in range(2):
        answered = ada_client.post(
            step_of("next"), {"version": only(ada).version, "pick": f"smaller-{walk.pk}"}
        )
        assert answered.url == f"{PAGE}done/"
    assert revisions(walk) == [
        (MONDAY, "Walk after lunch", "I finish lunch"),
        (NEXT, "Round the block", "I finish lunch"),
    ]
    assert again(walk).action == "Round the block"
    row = only(ada)
    assert (row.next_choice, row.next_statement) == ("smaller", "Round the block")
    assert row.next_promise_id == walk.pk
    assert "Round the block" in compact(ada_client.get(f"{PAGE}done/"))


def test_a_bad_day_version_that_became_the_promise_goes(ada, walk):
    row = decided(ada, walk, "smaller", "One lap outside", next_choice="keep")
    assert row.finished_at
    assert again(walk).smallest_version == ""
    assert not again(walk).has_small_version


def test_moved_it_comes_after_something_else(ada, walk):
    decided(ada, walk, "move", "I close the laptop", next_choice="keep")
    assert revisions(walk)[-1] == (NEXT, "Walk after lunch", "I close the laptop")


def test_paused_alone_it_stays_paused_and_asks_in_a_week(ada, walk):
    decided(ada, walk, "pause", next_choice="keep")
    promise = again(walk)
    assert (promise.state, promise.resume_on) == ("paused", NEXT + timedelta(days=7))
    assert pauses(walk) == [(NEXT, None)]


def test_kept_it_was_looked_at_and_nothing_else_changes(ada, walk):
    decided(ada, walk, "keep", next_choice="keep")
    assert again(walk).looked_at_on == SUNDAY
    assert len(revisions(walk)) == 1


def test_a_rest_week_pauses_everything_and_ends_by_itself(ada, ada_client, walk):
    phone = make_promise(ada, "Phone in the kitchen")
    make_reflection(ada, step="next")
    assert "All pause until Monday 30 November" in compact(ada_client.get(step_of("next")))
    assert post(ada_client, step_of("next"), pick="rest").url == f"{PAGE}done/"
    for promise in (walk, phone):
        assert pauses(promise) == [(NEXT, NEXT + timedelta(days=7))]
        assert again(promise).state == "active"
    for day, due in (("2026-11-29", False), ("2026-11-30", True)):
        with time_machine.travel(f"{day}T12:00:00+01:00", tick=False):
            page = compact(signed_in(ada).get("/today/"))
            assert ("Walk after lunch" in page) is due, day


def test_a_rest_can_end_early(ada, ada_client, walk, sunday_evening):
    make_reflection(ada, next_choice="rest")
    sunday_evening.move_to("2026-11-25T12:00:00+01:00")
    assert "End the rest today" in compact(ada_client.get(PAGE))
    for _twice in range(2):
        assert ada_client.post(f"{PAGE}end-rest/").url == "/today/"
    assert pauses(walk) == [(NEXT, date(2026, 11, 25))]
    assert "Walk after lunch" in compact(ada_client.get("/today/"))
    assert "End the rest today" not in compact(ada_client.get(PAGE))


def test_a_hard_week_can_pause_everything_in_one_tap(ada, ada_client):
    walk = make_promise(ada, starts_on=MONDAY)
    answer(walk, {MONDAY: "missed", TUE: "missed"})
    make_reflection(ada, step="misses")
    page = compact(ada_client.get(step_of("misses")))
    assert "A hard week" in page
    assert page.index('name="rests"') < page.index(f'name="change-{walk.pk}"')
    assert post(ada_client, step_of("misses"), rests="on").url == step_of("next")
    page = compact(ada_client.get(step_of("next")))
    assert 'value="keep"' not in page
    post(ada_client, step_of("next"), next_statement="Sleep")
    assert pauses(walk) == [(NEXT, NEXT + timedelta(days=7))]
    with acting_as(ada):
        new = only(ada).next_promise
        assert (new.statement, list(new.pauses.all())) == ("Sleep", [])


def test_a_week_in_which_something_was_kept_offers_no_such_thing(ada, ada_client, walk):
    make_reflection(ada, step="misses")
    assert 'name="rests"' not in compact(ada_client.get(step_of("misses")))


def test_three_groups_at_most_and_none_for_what_has_ended(ada, ada_client):
    days = (MONDAY, TUE, WED, THU, FRI)
    for n in range(5):
        promise = make_promise(ada, f"Promise {n}", starts_on=MONDAY)
        answer(promise, dict.fromkeys(days[: n + 1], "missed"))
    with acting_as(ada):
        promise.retire("other")
    make_reflection(ada, step="misses")
    page = compact(ada_client.get(step_of("misses")))
    found = [
        page.index(f'<legend class="own-words own-words-large">Promise {n}') for n in (3, 2, 1)
    ]
    assert found == sorted(found)
    assert page.count('<legend class="own-words') == 3


@pytest.mark.parametrize(
    ("what", "said"), [("smaller", "smaller version"), ("move", "comes after")]
)
def test_a_change_in_words_needs_words_but_waits_for_them(ada, ada_client, walk, what, said):
    with acting_as(ada):
        walk.smallest_version = ""
        walk.save()
    make_reflection(ada, step="misses")
    sent = {f"change-{walk.pk}": what, "easier": "Shoes by the door"}
    answered = post(ada_client, step_of("misses"), **sent)
    assert answered.status_code == 200
    assert said in answered.content.decode()
    assert "Shoes by the door" in answered.content.decode()
    assert post(ada_client, step_of("misses"), do="stop", **sent).status_code == 302
    row = only(ada)
    assert row.decided.rows == (Change(str(walk.pk), what, ""),)
    with acting_as(ada):
        row.next_choice = "keep"
        row.finish()
    assert len(revisions(walk)) == 1


def test_the_idea_is_one_tap(ada, ada_client, walk):
    make_reflection(ada, easier="Shoes by\nthe door", step="next")
    assert post(ada_client, step_of("next"), pick="idea").url == f"{PAGE}done/"
    with acting_as(ada):
        promise = only(ada).next_promise
        assert (promise.statement, promise.state) == ("Shoes by the door", "active")
        assert promise.weekdays == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("given", [{}, {"pick": "smaller-nobody"}, {"pick": "idea"}])
def test_a_tap_on_nothing_says_so_and_keeps_the_words(ada, ada_client, given):
    make_reflection(ada, step="next")
    answered = post(ada_client, step_of("next"), **given)
    assert answered.status_code == 200
    assert 'id="errors"' in answered.content.decode()
    assert only(ada).finished_at is None


def test_leaving_the_last_step_keeps_the_words_and_finishes_nothing(ada, ada_client):
    make_reflection(ada, step="next")
    for do in ("stop", "back", "enough"):
        sent = {"do": do, "next_statement": f"Half a thought, {do}"}
        assert post(ada_client, step_of("next"), **sent).status_code == 302
        row = only(ada)
        assert (row.next_statement, row.finished_at) == (sent["next_statement"], None)


def test_a_draft_changed_in_another_tab_is_read_once_more(ada, ada_client, walk):
    row = decided(ada, walk, "smaller", "Round the block")
    page = ada_client.get(step_of("next")).content.decode()
    sent = {f"change-{walk.pk}": "pause"}
    post(ada_client, step_of("misses"), **sent)

    answered = ada_client.post(step_of("next"), {**fields_of(page), "pick": "keep"})
    assert answered.status_code == 409
    assert "changed in another tab" in answered.content.decode()
    assert only(ada).finished_at is None
    assert (len(revisions(walk)), pauses(walk)) == (1, [])
    fresh = fields_of(answered.content.decode())
    assert fresh["version"] == str(only(ada).version) != str(row.version)
    assert ada_client.post(step_of("next"), {**fresh, "pick": "keep"}).url == f"{PAGE}done/"
    assert pauses(walk) == [(NEXT, None)]


def test_two_tabs_decide_differently_about_one_miss(ada, ada_client, walk):
    row = make_reflection(ada, step="misses")
    seen = {"version": row.version}
    first = {f"change-{walk.pk}": "smaller", f"smaller-{walk.pk}": "Round the block"}
    assert ada_client.post(step_of("misses"), {**seen, **first}).status_code == 302
    second = ada_client.post(step_of("misses"), {**seen, f"change-{walk.pk}": "pause"})
    assert second.status_code == 409
    assert "Round the block" in second.content.decode()
    assert "Pause it" in second.content.decode()
    assert only(ada).decided.change_of(walk.pk).what == "smaller"


def test_a_finished_week_answers_another_tab(ada, ada_client, walk):
    row = make_reflection(ada, step="next")
    seen = {"version": row.version}
    ada_client.post(step_of("next"), {**seen, "next_statement": "Walk twice"})
    retried = ada_client.post(step_of("next"), {**seen, "next_statement": "Walk twice"})
    assert retried.url == f"{PAGE}done/"
    other = ada_client.post(step_of("next"), {**seen, "next_statement": "Swim"})
    assert other.status_code == 409
    assert "Swim" in other.content.decode()
    late = ada_client.post(step_of("next"), {**seen, "pick": "rest"}, follow=True)
    assert "finished before, in another tab" in compact(late)
    with acting_as(ada):
        assert ada.promises.exclude(pk=walk.pk).count() == 1
    assert pauses(walk) == []


def test_after_finishing_the_misses_take_words_only(ada, ada_client, walk):
    decided(ada, walk, "smaller", "Round the block", next_choice="keep")
    page = compact(ada_client.get(step_of("misses")))
    assert f"change-{walk.pk}" not in page
    post(ada_client, step_of("misses"), easier="Shoes", **{f"change-{walk.pk}": "pause"})
    row = only(ada)
    assert (row.easier, row.decided.change_of(walk.pk).what) == ("Shoes", "smaller")
    assert pauses(walk) == []


def test_an_error_half_way_leaves_everything_as_it_was(ada, walk, monkeypatch):
    row = decided(ada, walk, "smaller", "Round the block")
    row.next_choice, row.next_statement = "promise", "Read a page"
    monkeypatch.setattr(Promise, "finish", lambda promise: 1 / 0)
    with acting_as(ada), pytest.raises(ZeroDivisionError):
        row.finish()
    assert only(ada).finished_at is None
    assert len(revisions(walk)) == 1
    with acting_as(ada):
        assert ada.promises.count() == 1
        assert again(walk).statement == "Walk after lunch"


@pytest.mark.parametrize(
    ("starts", "week", "evening", "first"),
    [
        (6, "2026-11-15", "2026-11-21T19:00:00+01:00", date(2026, 11, 22)),
        (5, "2026-11-14", "2026-11-20T19:00:00+01:00", date(2026, 11, 21)),
        (0, "2026-11-16", "2026-11-25T19:00:00+01:00", date(2026, 11, 25)),  # three days late
    ],
)
def test_changes_begin_with_her_own_week(ada, sunday_evening, starts, week, evening, first):
    ada.week_starts_on = starts
    ada.save(update_fields=["week_starts_on"])
    with time_machine.travel(evening, tick=False):
        walk = make_promise(ada, "Walk", starts_on=MONDAY - timedelta(days=7))
        answer(walk, {date.fromisoformat(week): "missed"})
        row = decided(ada, walk, "smaller", "Shoes on", next_choice="promise", next_statement="A")
    assert row.week_start.isoformat() == week
    assert revisions(walk)[-1][0] == first
    assert row.next_promise.starts_on == first
    assert row.next_promise.ends_on == first + timedelta(days=6)


@pytest.mark.django_db(transaction=True)
def test_finished_eight_times_at_once_it_changes_everything_once(ada, walk):
    row = decided(ada, walk, "smaller", "Round the block")
    sent = {"version": row.version, "next_statement": "Read a page"}
    answers = []

    def finish() -> None:
        try:
            answers.append(signed_in(ada).post(step_of("next"), sent).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=finish) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [302] * 8
    assert len(revisions(walk)) == 2
    with acting_as(ada):
        assert ada.promises.count() == 2
