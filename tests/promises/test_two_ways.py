"""Comparing two ways: set up once, one way a week, a result at the end or none."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from journal.people.models import User
from journal.privacy.ownership import uuid7
from journal.privacy.rls import acting_as
from journal.promises.models import Experiment, Promise, WeekConfirmation
from tests.coaching.coach_client import browser_of, text_of
from tests.coaching.factories import link, share
from tests.conftest import signed_in
from tests.promises.factories import answer, answer_weeks, make_experiment, make_promise, result_of

TODAY = date(2026, 11, 23)  # a Monday
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
BEGUN = TODAY - 8 * WEEK  # whose weeks were over yesterday
FIELDS = {"way_a": "Shoes by the door", "way_b": "An alarm", "design": "drawn", "weeks": "8"}
STEADY = ["kkkkkmm"] * 8


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel("2026-11-23T20:00:00+01:00", tick=False):
        yield


@pytest.fixture
def walk(ada) -> Promise:
    return make_promise(ada, starts_on=BEGUN - 4 * WEEK)


def record_weeks(promise: Promise, weeks: list[str], first: date = BEGUN) -> None:
    answer_weeks(promise, first, weeks)


def address_of(promise: Promise) -> str:
    return f"{promise.get_absolute_url()}two-ways/"


def post(client: Client, promise: Promise, **fields: Any) -> Any:
    sent = {"id": str(uuid7()), **FIELDS, "starts_on": str(TODAY), **fields}
    return client.post(address_of(promise), sent)


def experiments(person: User) -> list[Experiment]:
    with acting_as(person):
        return list(person.experiments.order_by("starts_on"))


def read(client: Client, address: str) -> str:
    return text_of(client.get(address, follow=True))


# --- decided beforehand


def test_it_is_set_up_on_one_page_and_each_week_shows_its_way_on_today(ada, ada_client):
    walk = make_promise(ada)
    assert "Monday 23 November" in read(ada_client, address_of(walk))
    assert post(ada_client, walk, way_a="  Shoes  by\nthe door").status_code == 302

    (row,) = experiments(ada)
    assert (row.way_a, row.starts_on, row.length) == ("Shoes by the door", TODAY, 8)
    for week in (0, 1, 7):
        with time_machine.travel(f"{TODAY + week * WEEK}T21:00:00+01:00", tick=False):
            is_first = row.allocation[week] == "a"
            now, other = ("Shoes by the door", "An alarm")[:: 1 if is_first else -1]
            page = f"{walk.get_absolute_url()}check-in/" if week else "/today/"
            shown = read(signed_in(ada), page)
            assert f"This week: {now}" in shown
            assert other not in shown
    assert "week 1 of 8" in read(ada_client, row.address)


def test_a_day_of_last_week_shows_the_way_of_its_week(ada_client, walk):
    make_experiment(walk, starts_on=TODAY - WEEK)
    answer(walk, {TODAY: "kept"})
    shown = read(ada_client, "/today/")
    assert "That week: Shoes by the door" in shown
    assert "This week: An alarm at noon" in shown


def test_sent_twice_it_is_one_and_a_second_one_waits_its_turn(ada, ada_client, walk):
    pk = str(uuid7())
    first, second = (post(ada_client, walk, id=pk) for _ in range(2))
    assert first.url == second.url
    other = post(ada_client, walk, way_a="Something else entirely").content.decode()
    assert "being compared for this promise already" in other
    assert "Something else entirely" in other
    (row,) = experiments(ada)
    assert ada_client.get(f"{address_of(walk)}?id={pk}").url == row.address


REFUSED: list[dict[str, str]] = [
    {"way_a": ""},
    {"way_a": "AN ALARM"},  # the same as the other
    {"way_a": "x" * 81},
    {"way_a": "x" * 1_000_000},
    {"way_a": "nul\0"},
    {"design": "chosen"},
    {"weeks": "6"},
    {"weeks": "9" * 5000},
    {"starts_on": "0000-01-01"},
    {"starts_on": str(TODAY + DAY)},
    {"starts_on": str(TODAY - WEEK)},
    {"id": "zero"},
]


def test_what_makes_no_sense_gets_a_sentence_and_stores_nothing(ada, ada_client, walk):
    for fields in REFUSED:
        refused = post(ada_client, walk, **fields)
        assert refused.status_code == 200, fields
        assert "Please fix the following" in refused.content.decode(), fields
    assert not experiments(ada)


def test_the_weeks_end_before_the_promise_does(ada, ada_client):
    short = make_promise(ada, starts_on=BEGUN, ends_on=TODAY + 8 * WEEK - 2 * DAY)
    assert "The promise ends on" in post(ada_client, short).content.decode()
    assert not experiments(ada)


def test_only_a_promise_that_goes_on_compares(ada, ada_client):
    once = make_promise(ada, "Book the dentist", cadence="once", due_on=TODAY)
    resting = make_promise(ada, "Draw", starts_on=BEGUN)
    with acting_as(ada):
        resting.pause()
    for promise in (once, resting):
        assert "Try two ways" not in read(ada_client, promise.get_absolute_url())
        assert ada_client.get(address_of(promise)).status_code == 404
        assert post(ada_client, promise).status_code == 404


def test_today_offers_no_part_that_would_stop_it(ada, ada_client):
    bare = make_promise(ada, smallest_version="", cue="", action="", starts_on=BEGUN)
    answer(bare, {TODAY - DAY: "missed"})
    User.objects.filter(pk=ada.pk).update(date_joined="2026-01-01T00:00Z")
    assert "What counts on a bad day?" in read(ada_client, "/today/")
    make_experiment(bare)
    assert "What counts on a bad day?" not in read(ada_client, "/today/")


# --- what came of it


RESULTS = [
    # n = 0, 1, 2, 5 of the days that were due
    ([""] * 8, "Too little to say", "0/0 0/0"),
    (["k"], "Too little to say", "1/1 0/0"),
    (["k", "m"], "Too little to say", "1/1 0/1"),
    (["kkk", "km"], "Too little to say", "3/3 1/2"),
    # some 30, of too many more
    (["kkkk", "kmmm"] * 4, "Too little to say", "16/16 4/16"),
    (["kkkkkkk", "kkmmmmm"] * 4, "Kept more often with “Shoes by the door”", "28/28 8/28"),
    (["mmmmmmk", "kkkkkss"] * 4, "Kept more often with “An alarm at noon”", "4/28 28/28"),
    (STEADY, "No difference seen", "20/28 20/28"),
    (["mmmmmmm"] * 8, "No difference seen", "0/28 0/28"),  # bad months
    (["mmmmmmm", "mmmmmmk"] * 4, "No difference seen", "0/28 4/28"),
    (["xxxxxxx"] * 8, "Too little to say", "0/0 0/0"),
    # a week away takes nothing from it; the days left out are said
    (["kkkkkkk", "kkmmmmm"] * 3 + ["kkkkkkk", "xxxxxxx"], "Kept more often", "28/28 6/21"),
    (["kkkkkxx", "kkmmxx."] * 4, "Kept more often", "20/20 8/16"),
]


def test_the_result_says_what_the_weeks_hold(ada, ada_client):
    for weeks, heading, counts in RESULTS:
        promise = make_promise(ada, starts_on=BEGUN - WEEK)
        row = make_experiment(promise, starts_on=BEGUN - WEEK)
        record_weeks(promise, weeks, BEGUN - WEEK)

        found = result_of(row)
        assert " ".join(f"{way.kept}/{way.n}" for _words, way in found.ways) == counts
        assert heading in read(ada_client, row.address), weeks


def test_a_difference_says_how_great_it_is_likely_to_be(ada_client, walk):
    row = make_experiment(walk, starts_on=BEGUN - WEEK)
    record_weeks(walk, ["kkkkkkk", "kkmmmmm"] * 4, BEGUN - WEEK)
    shown = read(ada_client, row.address)
    assert result_of(row).more == (49, 85)
    assert "Out of 100 times, likely between 49 and 85 more." in shown


def test_days_that_are_open_hold_the_result_back(ada, ada_client, walk):
    row = make_experiment(walk, starts_on=BEGUN)
    record_weeks(walk, [*STEADY[:7], "kkkkk"])
    shown = read(ada_client, row.address)
    assert "The weeks are over" in shown
    assert "How would you like to go on?" not in shown
    ada_client.post(f"{row.address}go-on/", {"do": "a"})
    assert not result_of(row).experiment.went_on_with

    with time_machine.travel(f"{TODAY + 3 * DAY}T20:00:00+01:00", tick=False):
        assert "No difference seen" in read(ada_client, row.address)


def test_while_it_runs_the_counts_wait(ada_client, walk):
    row = make_experiment(walk, starts_on=TODAY - 3 * WEEK)
    record_weeks(walk, ["kkkkkkk", "mmmmmmm", "kkkkkkk"], TODAY - 3 * WEEK)
    shown = read(ada_client, row.address)
    assert "week 4 of 8" in shown
    assert "kept" not in shown


def test_a_promise_by_the_week_counts_its_units(ada):
    swim = {"cadence": "times_per_week", "times_per_week": 3, "starts_on": BEGUN - 4 * WEEK}
    promise = make_promise(ada, "Swim", **swim)
    row = make_experiment(promise, starts_on=BEGUN - WEEK)
    record_weeks(promise, ["kkkk", "k"] * 4, BEGUN - WEEK)
    with acting_as(ada):
        for week in range(8):
            start = BEGUN + (week - 1) * WEEK
            WeekConfirmation.objects.create(owner=ada, promise=promise, week_start=start)
    found = result_of(row)
    assert [(way.kept, way.n) for _words, way in found.ways] == [(12, 12), (4, 12)]
    assert found.better == "a"


def test_the_weeks_begin_where_the_promise_counts_them(ada, ada_client):
    User.objects.filter(pk=ada.pk).update(week_starts_on=6)
    ada.refresh_from_db()
    swim = {"cadence": "times_per_week", "times_per_week": 3}
    promise = make_promise(ada, "Swim", **swim)
    assert post(ada_client, promise).status_code == 200
    assert post(ada_client, promise, starts_on=str(TODAY + 6 * DAY)).status_code == 302


# --- ended early, and afterwards


def test_stopped_early_there_are_counts_and_no_verdict(ada_client, walk):
    row = make_experiment(walk, starts_on=TODAY - 7 * WEEK)
    record_weeks(walk, ["kkkkkkk", "mmmmmmm"] * 4, TODAY - 7 * WEEK)
    for _ in range(2):
        assert ada_client.post(f"{row.address}stop/").url == row.address
    shown = read(ada_client, row.address)
    assert "Stopped in week 8 of 8" in shown
    assert "28 of 28 kept" in shown
    assert "and no result" in shown
    assert result_of(row).range is None
    assert "This week:" not in read(ada_client, "/today/")


def test_a_changed_promise_and_one_let_go_stop_it_plainly(ada, ada_client):
    def change(promise: Promise) -> None:
        promise.statement = "Once round the block"
        promise.renegotiate()

    for end, reason in ((change, "changed"), (lambda one: one.retire("too_big"), "let_go")):
        promise = make_promise(ada, starts_on=BEGUN)
        row = make_experiment(promise, starts_on=TODAY - 2 * WEEK)
        answer(promise, {TODAY: "kept", TODAY - DAY: "missed"})
        address = f"{promise.get_absolute_url()}renegotiate/"
        assert "You are comparing two ways" in read(ada_client, address)
        with acting_as(ada):
            end(Promise.objects.get(pk=promise.pk))
        found = result_of(row)
        assert (found.experiment.stop_reason, found.week_number) == (reason, 3)
        assert [(way.kept, way.n) for _words, way in found.ways] == [(1, 1), (0, 1)]
        assert str(found.experiment.get_stop_reason_display()) in read(ada_client, row.address)


def test_terms_that_change_after_its_weeks_leave_the_result(ada, walk):
    row = make_experiment(walk, starts_on=BEGUN)
    record_weeks(walk, STEADY)
    with acting_as(ada):
        Promise.objects.get(pk=walk.pk).renegotiate()
    assert result_of(row).is_settled
    assert result_of(row).range


def test_a_pause_leaves_it_going_and_its_days_out(ada, walk):
    row = make_experiment(walk, starts_on=BEGUN)
    record_weeks(walk, STEADY[:1])
    with acting_as(ada):
        walk.pauses.create(owner=ada, from_on=BEGUN + WEEK, until_on=TODAY)
    found = result_of(row)
    assert found.is_settled
    assert (found.first.due, found.second.due, found.better) == (7, 0, "")


def test_one_tap_says_how_to_go_on_and_nothing_more_is_asked(ada, ada_client, walk):
    row = make_experiment(walk, starts_on=BEGUN)
    record_weeks(walk, STEADY)
    assert "See what came of it" in read(ada_client, "/today/")
    assert ada_client.post(f"{row.address}go-on/", {"do": "c"}).url == row.address
    for choice in ("a", "b"):  # the second comes from a page left open
        ada_client.post(f"{row.address}go-on/", {"do": choice})

    shown = read(ada_client, walk.get_absolute_url())
    assert "This way" in shown
    assert "Shoes by the door" in shown
    assert result_of(row).experiment.went_on_with == "a"
    assert "How would you like to go on?" not in read(ada_client, row.address)
    assert "See what came of it" not in read(ada_client, "/today/")


def test_another_begins_once_the_last_is_answered(ada, ada_client, walk):
    last = make_experiment(walk, starts_on=BEGUN)
    record_weeks(walk, STEADY)
    assert read(ada_client, address_of(walk)) == read(ada_client, last.address)
    assert "already" in text_of(post(ada_client, walk))
    ada_client.post(f"{last.address}go-on/", {"do": "neither"})
    assert post(ada_client, walk).status_code == 302
    assert [one.ended_on for one in experiments(ada)] == [TODAY, None]


def test_it_is_removed_only_once_it_is_over_and_comes_back(ada, ada_client, walk):
    row = make_experiment(walk)
    ada_client.post(f"{row.address}delete/")
    assert ada_client.get(row.address).status_code == 200
    ada_client.post(f"{row.address}stop/")
    ada_client.post(f"{row.address}delete/")
    assert ada_client.get(row.address).status_code == 404
    ada_client.post(f"{row.address}restore/")
    assert ada_client.get(row.address).status_code == 200


def test_it_goes_into_the_bin_with_its_promise(ada, ada_client, walk):
    row = make_experiment(walk, starts_on=BEGUN)
    record_weeks(walk, STEADY)
    with acting_as(ada):
        walk.trash()
    assert ada_client.get(row.address).status_code == 404
    assert "See what came of it" not in read(ada_client, "/today/")


def test_without_numbers_there_are_words(ada, ada_client, walk):
    User.objects.filter(pk=ada.pk).update(numbers_hidden_since="2026-01-01T00:00Z")
    row = make_experiment(walk, starts_on=BEGUN)
    record_weeks(walk, STEADY)
    main = read(ada_client, row.address)
    assert "No difference seen" in main
    assert "of 28" not in main
    assert "100 times" not in main


def test_a_coach_sees_the_promise_and_nothing_of_the_ways(ada, mira, walk):
    row = make_experiment(walk, starts_on=BEGUN)
    share(link(ada, mira), walk)
    page = browser_of(mira).get(f"/coach/shared/promise/{walk.pk}/")
    assert page.status_code == 200
    assert row.way_a not in page.content.decode()
