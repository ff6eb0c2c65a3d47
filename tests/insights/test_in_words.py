"""Whoever asks for words instead of numbers finds none, on any page that would count."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from journal.people import clock
from journal.people.models import User
from tests.boundaries.factories import make_boundary, make_crossing
from tests.decisions.factories import make_decision, make_review
from tests.insights import page_states
from tests.insights.factories import answer_days
from tests.insights.test_a_month import rows_of
from tests.insights.test_pages import main_of, shown
from tests.lessons.factories import make_lesson, make_use
from tests.promises.factories import make_promise
from tests.reflections.compassion.factories import make_moment
from tests.reflections.mistakes_factories import make_mistake, put_at_rest
from tests.reflections.rating_factories import make_rating

Show = Callable[[User], str]


def text_of(client, address: str) -> str:
    return " ".join(main_of(shown(client, address)).text.split())


def wants_words(person: User) -> None:
    person.numbers_hidden_since = timezone.now()
    person.save(update_fields=["numbers_hidden_since"])


def promise(ada: User) -> str:
    first = clock.today(ada) - timedelta(days=12)
    row = make_promise(ada, starts_on=first)
    answer_days(row, first, "kkkksmkkkkkkk")  # today too, so that each day of a week counts
    return row.get_absolute_url()


def boundary(ada: User) -> str:
    row = make_boundary(ada)
    for result in ("held", "held", "not_held"):
        make_crossing(row, result=result)
    return row.get_absolute_url()


def moment(ada: User) -> str:
    return make_moment(ada, intensity_after=5).get_absolute_url()


def lesson(ada: User) -> str:
    row = make_lesson(ada, box=2)
    for result in ("helped", "helped", "came_up_but_forgot"):
        make_use(row, result)
    return row.get_absolute_url()


def mistake(ada: User) -> str:
    return put_at_rest(make_mistake(ada, intensity_before=7), 3).get_absolute_url()


def review(ada: User) -> str:
    make_review(make_decision(ada))
    return "/decisions/"


def picture(ada: User) -> str:
    for days in (70, 40, 5):
        make_rating(ada, clock.today(ada) - timedelta(days=days))
    return "/rating/"


# The page, what it counts, and what it says instead.
COUNTED: dict[str, tuple[Show, str, str]] = {
    "a promise": (promise, r"12 of 13 kept|Rough range", "Kept at times"),
    "promises": (lambda ada: promise(ada) and "/promises/", r"12 of 13|Together", "Kept at times"),
    "the week on Today": (lambda ada: promise(ada) and "/today/", r"\d of \d kept", ""),
    "a boundary": (boundary, r"Tested \d|held twice|held \d", "Tested, and it held at times."),
    "boundaries": (lambda ada: boundary(ada) and "/boundaries/", r"Tested \d", ""),
    "a hard moment": (moment, r"8 before, 5 after", "Easier afterwards"),
    "hard moments": (
        lambda ada: moment(ada) and "/self-compassion/",
        r"8 before, 5 after",
        "Easier afterwards",
    ),
    "a lesson": (lesson, r"Used \d times|\d of 5 returns|too late once", ""),
    "lessons": (lambda ada: lesson(ada) and "/lessons/", r"2 times|of 5 returns|too late", ""),
    "a mistake": (mistake, r"7 before, 3 after", ""),
    "mistakes": (lambda ada: lesson(ada) and mistake(ada) and "/mistakes/", r"3 after|2 times", ""),
    "decisions": (review, r"1 of 1", ""),
    "pictures": (picture, r"3\.0 of 5|, 3 of 5|One after the other", "Partly"),
}


@pytest.mark.parametrize("name", COUNTED)
def test_a_page_that_counts_says_it_in_words_when_asked_to(ada, ada_client, name):
    show, counted, instead = COUNTED[name]
    address = show(ada)
    assert re.search(counted, text_of(ada_client, address)), "nothing is counted here"

    wants_words(ada)

    text = text_of(ada_client, address)
    assert not re.search(counted, text)
    assert instead in text


def test_insights_say_what_can_be_said_without_a_figure(ada, ada_client):
    address = page_states.in_words(ada)
    main = main_of(shown(ada_client, address))

    said = {dt.text: dd.text for dt, dd in zip(main.all("dt"), main.all("dd"), strict=True)}
    assert said == {
        "Promises kept": "Fewer kept than usual. Some weeks are harder. Shrink, pause or carry on?",
        "Back after a miss": "After a miss, it has taken more than one chance.",
        "Before and after a hard moment": "Often stronger afterwards at the moment. Kindness can "
        "sting at first.",
        "Boundaries followed through": "You’ve recorded enough to see how often your limits held.",
        "Lessons applied": "None yet.",
        "Confidence and what happened": "Too early to see how well confidence matches "
        "what happens.",
        "Decisions, however they turned out": "You’ve looked back on enough decisions to see "
        "how you decide.",
        "Self-trust, beside promises kept": "On a typical day, you barely trust yourself.",
        "Check-up": "Down since the first check-up.",
    }
    assert not re.search(r"\d", " ".join(said.values()))
    assert main.all("figure") == []


def test_the_numbers_are_there_when_they_are_asked_for(ada, ada_client):
    address = page_states.in_words(ada)
    main = main_of(shown(ada_client, address))
    (link,) = [one for one in main.all("a") if one.text == "Show numbers"]

    assert "4 of 28 kept" in text_of(ada_client, f"{address}{link['href']}")
    assert any(row[4] == "4" for row in rows_of(ada_client))  # the file was asked for
    assert "4 of 28 kept" not in text_of(ada_client, address)  # and the setting stands


@pytest.mark.parametrize("state", ["one_point", "bad_month", "perfect_month"])
@pytest.mark.parametrize("period", ["28-days", "12-weeks", "year"])
def test_no_words_of_any_state_hold_a_figure(ada, ada_client, state, period):
    address = getattr(page_states, state)(ada)
    wants_words(ada)

    main = main_of(shown(ada_client, f"{address}?window={period}"))
    assert main.all("dd")
    assert not re.search(r"\d", " ".join(one.text for one in main.all("dd")))
