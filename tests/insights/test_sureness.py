"""Which days count towards what somebody said of a promise, and what is said of them."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from journal.insights import page
from journal.insights.periods import LENGTHS, Period
from journal.privacy.rls import COACH, acting_as
from journal.promises.models import PromiseRevision
from journal.sharing import consent, shared_measures
from journal.sharing.models import SharedMeasure
from tests.coaching.factories import link
from tests.decisions.factories import make_forecast
from tests.insights import page_states
from tests.insights.factories import answer_days, confirm, look_back
from tests.markup import parse
from tests.promises.factories import answer, make_promise
from tests.query_counts import statements_of

TODAY = date(2026, 11, 20)  # a Friday
YEAR = Period(LENGTHS[2], TODAY)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel(datetime(2026, 11, 20, 20, tzinfo=UTC), tick=False):
        yield


def measure(ada, period: Period = YEAR):
    with acting_as(ada):
        measures = page.build_page(ada, period).measures
    return next(one for one in measures if one.slug == "sureness")


def counts(ada, period: Period = YEAR) -> dict[str, tuple[int, int, int]]:
    """Kept, of, and the number of promises, of each group that isn't empty."""
    lines = {head: tuple(values[1:4]) for head, *values in measure(ada, period).tables[0].lines}
    return {head: one for head, one in lines.items() if head != "Total" and one[1]}


def test_the_four_weeks_after_it_was_said_count_and_only_those_of_the_period(ada):
    start = TODAY - 60 * DAY
    walk = make_promise(ada, starts_on=start, sure=9)
    answer_days(walk, start, "k" * 20 + "ssmmxx.." + "m" * 20)

    assert counts(ada) == {"9 to 10": (22, 24, 1)}
    assert counts(ada, Period(LENGTHS[0], TODAY)) == {}
    assert counts(ada, Period(LENGTHS[0], TODAY - 20 * DAY)) == {"9 to 10": (9, 11, 1)}


def test_what_nobody_asked_counts_as_nothing(ada):
    answer_days(make_promise(ada, starts_on=TODAY - 9 * DAY), TODAY - 9 * DAY, "kkkkkkkkkk")
    assert counts(ada) == {}
    assert measure(ada).is_empty


def test_new_terms_end_what_was_said_of_the_old_ones(ada):
    start = TODAY - 19 * DAY
    walk = make_promise(ada, starts_on=start, sure=9)
    answer_days(walk, start, "mmmmm" + "k" * 10 + "m" * 5)
    for days, sure in ((5, 6), (15, None)):
        with acting_as(ada):
            terms = {"cadence": "daily", "statement": "Once round", "sure": sure}
            day = start + days * DAY
            PromiseRevision.objects.create(owner=ada, promise=walk, effective_on=day, **terms)

    assert counts(ada) == {"0 to 6": (10, 10, 1), "9 to 10": (0, 5, 1)}
    assert [one[1:4] for one in measure(ada).tables[0].lines][-1] == [None, 10, 15]


def test_a_promise_with_too_little_recorded_is_left_out(ada):
    start = TODAY - 40 * DAY
    answer_days(make_promise(ada, starts_on=start, sure=9), start, "k" * 19)  # of 28
    assert counts(ada) == {}
    answer_days(make_promise(ada, starts_on=start, sure=8), start, "k" * 20)
    assert counts(ada) == {"7 to 8": (20, 20, 1)}


def test_weeks_count_once_they_are_over_from_the_first_and_cut_one_on(ada):
    start = date(2026, 10, 22)  # a Thursday: two of three are left of its week
    swim = make_promise(ada, cadence="times_per_week", times_per_week=3, starts_on=start, sure=7)
    answer_days(swim, start, "k... k.k.... k...... kkk.... kk")
    confirm(swim, date(2026, 10, 19), date(2026, 11, 2))
    assert counts(ada) == {"7 to 8": (1 + 2 + 1 + 3, 2 + 2 + 3 + 3, 1)}


def test_a_promise_for_one_day_counts_on_its_day(ada):
    day = TODAY - 2 * DAY
    dentist = make_promise(ada, cadence="once", due_on=day, starts_on=day - 50 * DAY, sure=5)
    answer(dentist, {day: "kept"})
    assert counts(ada) == {"0 to 6": (1, 1, 1)}


@pytest.mark.parametrize(
    ("letters", "sure", "heading"),
    [
        ("kkkkk", 9, "Kept about as often as expected, as far as anyone can tell"),
        ("kmmmm", 9, "Kept less often than expected"),
        ("kkkkk", 3, "Kept more often than expected"),
    ],
)
def test_what_is_said_of_six_promises(ada, letters, sure, heading):
    for _n in range(6):
        promise = make_promise(ada, starts_on=TODAY - 4 * DAY, sure=sure)
        answer_days(promise, promise.starts_on, letters)
    found = measure(ada)

    assert found.heading == heading
    assert found.plots
    assert bool(found.offer) == (letters == "kmmmm")
    assert found.said[1].startswith(f"By these answers, it would be about {3 * sure} of 30")


def test_a_coach_gets_it_only_if_it_was_chosen_and_without_a_word(ada, mira):
    answer_days(make_promise(ada, "Narwhalgecko", starts_on=TODAY - DAY, sure=9), TODAY - DAY, "kk")
    own = link(ada, mira)
    for wish, there in (
        (consent.ShareRequest("practice", "promises", detail="counts"), False),
        (consent.ShareRequest("measure", "sureness", detail="counts"), True),
    ):
        with acting_as(ada):
            consent.share(own, [wish], 30)
            shared_measures.refresh(own)
        with acting_as(mira, role=COACH):
            seen = {one.slug: one.content for one in SharedMeasure.objects.all()}
        assert ("sureness" in seen) is there
    assert "kept it 2 of 2 times" in str(seen["sureness"])
    assert "Narwhalgecko" not in str(seen)
    assert " you " not in str(seen["sureness"])


# --- the page of each one


def each_one(client, path: str = "/insights/how-sure/") -> list[list[str]]:
    document, errors = parse(client.get(path).content.decode())
    assert not errors
    rows = [row for row in document.all("tr") if row["role"] == "row"][1:]
    return [[" ".join(cell.text.split()) for cell in row.all("th", "td")] for row in rows]


def test_each_one_says_how_sure_and_what_happened(ada, ada_client, eve_client):
    walk = make_promise(ada, "Walk", starts_on=TODAY - 9 * DAY, sure=0)
    answer_days(walk, TODAY - 9 * DAY, "kkmkkkkkkk")
    make_promise(ada, "Swim", sure=10)
    few = make_promise(ada, "Draw", starts_on=TODAY - 40 * DAY, sure=7)
    answer_days(few, TODAY - 40 * DAY, "kk")
    make_promise(ada, "Nobody asked")
    look_back(ada, 80, "yes", sound=True)
    make_forecast(ada, "Snow?", due_on=date(2026, 12, 2))
    make_forecast(ada, "Gone").trash()

    assert each_one(ada_client) == [
        ["Swim", "10 of 10", "Nothing recorded yet", "Promise, from 20 Nov 2026"],
        ["Walk", "0 of 10", "9 of 10 kept", "Promise, from 11 Nov 2026"],
        [
            *("Draw", "7 of 10", "2 of 2 kept. Too few days recorded to count"),
            "Promise, from 11 Oct 2026",
        ],
        ["I pass by June", "80%", "It came true", "Decision"],
        ["Snow?", "70%", "Due 2 Dec 2026", "Forecast"],
    ]
    assert each_one(eve_client) == []
    assert "Nothing to compare yet" in eve_client.get("/insights/how-sure/").content.decode()


def test_a_list_that_ends_early_says_so_and_costs_no_more(ada, ada_client):
    path = "/insights/how-sure/"
    for _n in range(20):
        make_forecast(ada)
    few = len(statements_of(ada_client, path))
    assert "The newest twenty" not in ada_client.get(path).content.decode()
    for n in range(21):
        make_forecast(ada)
        make_promise(ada, f"Walk {n}", sure=n % 11)
    assert "The newest twenty" in ada_client.get(path).content.decode()
    assert len(each_one(ada_client)) == 40
    assert len(statements_of(ada_client, path)) == few


def test_words_instead_of_numbers_hold_here_too(ada, ada_client):
    path = page_states.how_sure_in_words(ada)
    page_in_words = ada_client.get(path).content.decode()
    assert "Kept less often than expected." in page_in_words
    assert each_one(ada_client) == []
    assert len(each_one(ada_client, f"{path}?numbers=show")) == 9
