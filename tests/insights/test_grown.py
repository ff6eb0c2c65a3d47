""" "What has grown": figures worked out by hand, a bad quarter, nothing, and nobody else's.

It is Thursday 8 October 2026, so the page shows July to September.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from journal.insights.quarters import Quarter
from journal.privacy.rls import acting_as
from tests.boundaries.factories import make_boundary, make_crossing
from tests.coaching.factories import link, share_practice
from tests.conftest import signed_in
from tests.decisions.factories import make_decision, make_open, make_review
from tests.factories import make_entry
from tests.insights.factories import answer_days, ease, reviewed_on
from tests.insights.test_pages import NEVER_SAID, main_of, shown
from tests.lessons.factories import make_lesson, make_use
from tests.markup import Element
from tests.people.factories import make_value
from tests.promises.factories import make_promise
from tests.query_counts import statements_of
from tests.reflections.compassion.factories import make_moment
from tests.reflections.rating_factories import make_rating
from tests.reflections.week.factories import make_reflection
from tests.today.factories import make_daily_check

GROWN = "/insights/grown/"
TODAY = date(2026, 10, 8)
FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)
BEFORE = date(2026, 4, 1)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel(datetime(2026, 10, 8, 12, tzinfo=UTC), tick=False):
        yield


def text_of(element: Element) -> str:
    return " ".join(element.text.split())


def sections(client, address: str = GROWN) -> dict[str, str]:
    main = main_of(shown(client, address))
    return {one.all("h2")[0].text: text_of(one) for one in main.all("section")}


def a_quarter(ada, letters: str = "kkkkkkm", before: str = "kmkmkmk", word: str = "") -> None:
    """Thirteen weeks of `letters` and of `before`, and something of everything in July."""
    calm = make_value(ada, f"calm{word}", meaning=f"A quiet quarter of an hour{word}")
    walk = make_promise(ada, f"Walk{word}", value=calm, starts_on=BEFORE)
    answer_days(walk, BEFORE, before * 13)
    answer_days(walk, FIRST, letters * 13 + "k")
    answer_days(walk, LAST + DAY, "m")
    calls = make_boundary(ada, value=calm)
    for n in range(6):
        make_crossing(calls, result="held" if n else "not_held", occurred_on=FIRST)
    make_crossing(calls, result="held", occurred_on=LAST + DAY)
    ease(ada, (8, 5), (7, 5), (6, 6), (5, 6), (4, 2), days_ago=(TODAY - LAST).days)
    ease(ada, (9, 1), days_ago=1)
    for n in range(5):
        reviewed = make_decision(ada, f"Question {n}{word}", FIRST)
        given = {"process_sound_now": n > 0, "learned": f"Learned {n}{word}" if n == 4 else ""}
        make_review(reviewed, **given)
    reviewed_on(ada, LAST)
    make_use(make_lesson(ada, f"I am asked at once{word}"), used_on=LAST)
    make_rating(ada, FIRST, (2, 2, 2, 2, 2))
    make_rating(ada, LAST, (4, 2, None, 2, 3))
    for n in range(3):
        make_daily_check(ada, LAST - n * DAY, trust=4)
    make_reflection(ada, date(2026, 9, 21), rely_on=f"I come back{word}", next_choice="keep")
    made = make_entry(ada, f"A line of mine{word}", written_on=LAST, practice="promises")
    other = make_entry(ada, f"Sunlight on the stairs{word}", written_on=FIRST)
    quiet = make_entry(ada, f"Quietly{word}", written_on=FIRST, quiet=True)
    with acting_as(ada):
        ada.entries.filter(pk__in=[made.pk, other.pk, quiet.pk]).update(favourite=True)
    make_open(ada, f"Fridays?{word}")


def test_each_figure_of_a_quarter_worked_out_by_hand(ada, ada_client):
    a_quarter(ada)
    found = sections(ada_client)

    assert list(found) == [
        *("Decisions", "Resilience", "Authenticity", "Well-being", "Empowerment"),
        "Lines you chose",
    ]
    said = {
        "Decisions": [
            "1 July: A little, 30 September: Mostly.",
            "Sound process: 4 of 5",
            "Learned 4",
            "1 decision to make",
        ],
        # thirteen runs of one miss; the one of 1 October is not of this quarter
        "Resilience": [
            "13 runs of misses. Kept at the next chance: 13 of 13. Likely between 77% and 100%.",
            "A lesson helped once",
            "In the 90 days up to 30 September.",
            "If I am asked at once, then I",
        ],
        "Authenticity": [
            "1 July: A little.",
            "1 promise, kept 79 of 92.",
            "Limits held 5 of 6 times.",
            "Held 5 of 6 times.",
            "A quiet quarter of an hour",
        ],
        "Well-being": [
            "5 moments: 3 eased, 1 stayed the same, 1 got stronger.",
            "Your typical day: 4 of 5 3 days recorded.",
        ],
        # 6 of 7 in thirteen weeks and one day, and 4 of 7 in thirteen weeks
        "Empowerment": [
            "More kept than in the quarter before",
            "79 of 92 kept. Likely between 77% and 92%.",
            "In the quarter before: 52 of 91, 47–67%. The ranges don’t overlap.",
            "A line of mine",
            "I come back",
        ],
        "Lines you chose": ["Sunlight on the stairs"],
    }
    for name, texts in said.items():
        for text in texts:
            assert text in found[name], (name, text, found[name])
    assert "Quietly" not in str(found)


def test_a_bad_quarter_is_a_fact_and_claims_no_growth(ada, ada_client):
    a_quarter(ada, letters="mmmkmmm", before="kkkkkkk")
    found = sections(ada_client)

    assert "Fewer kept than usual" in found["Empowerment"]
    assert "14 of 92 kept. Likely between 9% and 24%." in found["Empowerment"]
    text = main_of(shown(ada_client, GROWN)).text
    assert not NEVER_SAID.search(text)
    assert "More" not in text


def test_who_has_nothing_is_told_what_the_page_is_made_of(ada_client):
    for address in (GROWN, f"{GROWN}?quarter=2026-4", f"{GROWN}?quarter=1900-1"):
        main = main_of(shown(ada_client, address))
        assert [one.text for one in main.all("h2")] == ["Nothing recorded in these months"]
        assert main.all("section") == []


def test_a_little_says_so_in_one_line_a_section_and_names_no_figure(ada, ada_client):
    walk = make_promise(ada, starts_on=FIRST)
    answer_days(walk, FIRST, "kkk")
    make_rating(ada, FIRST, (3, 3, 3, 3, 3))
    found = sections(ada_client)

    assert len(found) == 5
    for text in found.values():
        assert "1 July: Partly. Not enough recorded here for a figure yet." in text
        assert "of 3" not in text


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("", "July to September 2026"),
        ("2026-4", "October to December 2026"),
        ("2026-2", "April to June 2026"),
        ("2027-1", "July to September 2026"),
        ("0000-1", "July to September 2026"),
        ("1899-4", "July to September 2026"),
        ("2026-5", "July to September 2026"),
        ("٢٠٢٦-1", "July to September 2026"),
        ("%00", "July to September 2026"),
        ("2026-2%0a", "July to September 2026"),
    ],
)
def test_the_quarter_of_an_address(ada_client, key, name):
    main = main_of(shown(ada_client, f"{GROWN}?quarter={key}"))
    (here,) = [one for one in main.all("b") if one["aria-current"]]
    assert here.text == name


def test_quarters_follow_each_other_without_a_gap():
    one = Quarter.named("2026-4", TODAY)
    assert (one.first, one.last, one.is_running, one.after) == (
        date(2026, 10, 1),
        TODAY,
        True,
        None,
    )
    for _n in range(8):
        before = one.before
        assert before
        assert before.last == one.first - DAY
        assert (before.first, before.last) == (one.earlier.first, one.earlier.last)
        assert before.after == one
        assert before.spans[0].first == before.first
        assert before.spans[-1].last == before.last
        one = before


def test_nobody_else_sees_it_whatever_was_shared(ada, mira, eve_client, client):
    a_quarter(ada, word=" Okapilantern")
    made = link(ada, mira)
    mira_client = signed_in(mira)
    before = main_of(shown(mira_client, GROWN)).text
    for practice in ("promises", "decisions", "boundaries", "self_compassion", "mistakes"):
        share_practice(made, practice)

    assert "Okapilantern" not in before + main_of(shown(mira_client, GROWN)).text
    assert "Okapilantern" not in main_of(shown(eve_client, GROWN)).text
    assert client.get(GROWN).status_code == 302


def test_words_in_place_of_numbers(ada, ada_client):
    a_quarter(ada)
    ada.numbers_hidden_since = timezone.now()
    ada.save(update_fields=["numbers_hidden_since"])

    found = sections(ada_client)
    assert "79 of 92" not in str(found)
    assert "More kept than before." in found["Empowerment"]
    assert "79 of 92" in sections(ada_client, f"{GROWN}?numbers=show")["Empowerment"]


def test_the_statements_are_as_many_for_one_as_for_many(ada, ada_client):
    a_quarter(ada)
    one = len(statements_of(ada_client, GROWN))
    for n in range(4):
        walk = make_promise(ada, f"Walk {n}", starts_on=BEFORE, value=make_value(ada, f"care {n}"))
        answer_days(walk, FIRST, "kkm" * 20)
        make_use(make_lesson(ada), used_on=LAST)
        make_review(make_decision(ada, f"Why {n}?", FIRST), learned="A lot")
        reviewed_on(ada, LAST)
        make_moment(ada, intensity_after=1, kinder_thought=f"It passes {n}", days_ago=20)
        make_entry(ada, f"Line {n}", written_on=LAST, favourite=True)
    assert len(statements_of(ada_client, GROWN)) == one <= 30
