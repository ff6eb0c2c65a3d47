"""What the page says with nothing, one of each, a bad month, a perfect one; and what it costs."""

import re
from datetime import timedelta

import pytest

from journal.people import clock
from tests.insights import page_states
from tests.insights.factories import answer_days, ease, look_back
from tests.insights.test_a_month import figure, said
from tests.lessons.factories import make_lesson, make_use
from tests.markup import Element, parse
from tests.promises.factories import make_promise
from tests.query_counts import statements_of
from tests.today.factories import make_daily_check

INSIGHTS = "/insights/"
NEVER_SAID = re.compile(
    r"fail|broke|lazy|cheat|streak|\bmust\b|should|journey|great|well done|congrat|perfect month|"
    r"score|worse|decline|drop",
    re.IGNORECASE,
)


def shown(client, address: str) -> Element:
    answer = client.get(address)
    assert answer.status_code == 200
    document, errors = parse(answer.content.decode())
    assert not errors
    return document


def main_of(document: Element) -> Element:
    (main,) = document.all("main")
    return main


def test_who_is_new_is_told_where_figures_come_from(ada_client):
    main = main_of(shown(ada_client, INSIGHTS))

    assert [one.text for one in main.all("h2")] == ["Nothing to show yet"]
    assert main.all("figure") == []
    assert "See the practices" in main.text


def test_with_one_of_each_it_says_how_many_more(ada, ada_client):
    document = shown(ada_client, page_states.one_point(ada))

    assert said(document, "kept") == [
        "Not enough yet to see how often",
        "1 of 1 kept.",
        "9 more recorded days needed for a range.",
        "Each dot is a week. A dot without a bar has too few days for a range.",
    ]
    assert said(document, "easing") == [
        "Not enough yet to see what usually happens",
        "1 moment: 1 eased, 0 stayed the same, 0 got stronger.",
        "4 more moments with both numbers needed.",
    ]
    assert said(document, "follow-through")[:3] == [
        "Not enough yet to see a pattern",
        "Held 1 of 1 times.",
        "4 more tests needed.",
    ]
    assert said(document, "calibration") == [
        "Too early to see how well confidence matches what happens",
        "1 prediction looked back on: 1 came true.",
        "19 more predictions needed for the chart.",
    ]
    assert said(document, "process") == [
        "Not enough yet to see a pattern",
        "Sound process, looking back: 1 of 1. 4 more needed for the four squares.",
    ]
    assert said(document, "trust") == [
        "Not enough yet to see a typical day",
        "1 day recorded. 2 more needed.",
    ]
    assert said(document, "rating") == [
        "Not enough check-ups yet to see a trend",
        "1 check-up with a figure. 2 more needed for a trend.",
    ]
    without_data = document.all("section")[-1]
    assert "Back after a miss" in [link.text for link in without_data.all("a")]


def test_a_bad_month_is_a_fact_and_a_choice(ada, ada_client):
    document = shown(ada_client, page_states.bad_month(ada))

    kept = said(document, "kept")
    assert kept[0] == "Fewer kept than usual"
    assert kept[1] == "4 of 28 kept. Likely between 6% and 31%."
    assert kept[2] == "In the 28 days before: 28 of 28, 88–100%. The ranges don’t overlap."
    assert kept[-1] == "Some weeks are harder. Shrink, pause or carry on?"
    assert said(document, "easing")[0] == "Often stronger afterwards at the moment"
    assert said(document, "follow-through")[:2] == [
        "Held 2 of 11 times",
        "Held 2 of 11 times. Likely between 5% and 48%.",
    ]
    assert said(document, "rating")[0] == "Down since the first check-up"
    assert said(document, "lessons")[0] == "No lesson has helped yet"
    assert not NEVER_SAID.search(main_of(document).text)


def test_a_perfect_month_is_a_fact_too(ada, ada_client):
    document = shown(ada_client, page_states.perfect_month(ada))

    assert said(document, "kept")[:3] == [
        "About as many kept as in the 28 days before",
        "28 of 28 kept. Likely between 88% and 100%.",
        "In the 28 days before: 28 of 28, 88–100%. The ranges overlap, so the difference could be "
        "chance.",
    ]
    assert said(document, "calibration")[:2] == [
        "Confidence matches what happens, as far as anyone can tell",
        "22 predictions looked back on: 22 came true. Brier figure: 0.00, where 0 is perfect and "
        "0.25 is no better than tossing a coin.",
    ]
    assert not NEVER_SAID.search(main_of(document).text.replace("0 is perfect", ""))


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("", "28 days"),
        ("?window=28-days", "28 days"),
        ("?window=12-weeks", "12 weeks"),
        ("?window=year", "A year"),
        ("?window=for-ever", "28 days"),
        ("?window=", "28 days"),
        ("?window=%00", "28 days"),
        ("?window=year&window=28-days", "28 days"),
    ],
)
def test_the_time_that_is_looked_at(ada_client, asked, name):
    document = shown(ada_client, INSIGHTS + asked)

    (here,) = [one for one in main_of(document).all("b") if one["aria-current"]]
    assert here.text == name
    assert ada_client.get(f"{INSIGHTS}figures.csv{asked}").status_code == 200


def test_a_longer_time_holds_more(ada, ada_client):
    today = clock.today(ada)
    promise = make_promise(ada, starts_on=today - timedelta(days=363))
    for days in (1, 27, 28, 83, 84, 363):
        answer_days(promise, today - timedelta(days=days), "k")

    def kept(period: str) -> str:
        return said(shown(ada_client, f"{INSIGHTS}?window={period}"), "kept")[1].split(" kept")[0]

    assert (kept("28-days"), kept("12-weeks"), kept("year")) == ("2 of 2", "4 of 4", "6 of 6")


def some_of_each(ada, times: int) -> None:
    today = clock.today(ada)
    for n in range(times):
        promise = make_promise(ada, f"Promise {n}", starts_on=today - timedelta(days=20))
        answer_days(promise, today - timedelta(days=20), "kmskxkkkm")
        ease(ada, (n % 10, 5))
        look_back(ada, 60 + n, "yes", sound=True)
        make_use(make_lesson(ada))
        make_daily_check(ada, today - timedelta(days=n), trust=1 + n % 5)


@pytest.mark.parametrize("page", [INSIGHTS, f"{INSIGHTS}figures.csv"])
def test_two_statements_however_much_was_told(ada, ada_client, page):
    """Whose session it is, and everything else in one."""
    some_of_each(ada, 1)
    one = statements_of(ada_client, page)
    some_of_each(ada, 12)
    many = statements_of(ada_client, f"{page}?window=year")

    assert len(one) == len(many) == 2
    assert len(statements_of(ada_client, f"{page}?window=12-weeks")) == 2


def test_more_than_twenty_are_a_bar_and_not_strokes(ada, ada_client):
    document = shown(ada_client, page_states.perfect_month(ada))

    lessons, limits = figure(document, "lessons"), figure(document, "follow-through")
    assert [(one["value"], one["max"]) for one in lessons.all("progress")] == [
        ("25", "25"),
        ("0", "25"),
    ]
    assert len(limits.all("svg")[0].all("rect")) == 12


def test_a_drawing_is_silent_and_its_figures_stand_beside_it(ada, ada_client):
    document = shown(ada_client, page_states.bad_month(ada))

    for one in document.all("figure"):
        assert all(svg["aria-hidden"] == "true" for svg in one.all("svg"))
        assert len(one.all("details")) == 1
        assert one.all("table"), f"{one['id']} has no figures beside it"
