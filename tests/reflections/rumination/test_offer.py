"""Something keeps coming back and does not ease: an offer on Today, once, and only then."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.guide.todo_items import ask
from journal.lessons import threads
from journal.privacy.keys import data_key
from journal.privacy.rls import acting_as
from journal.reflections.entries.models import Tag
from journal.reflections.rumination.queries import waiting
from tests.conftest import signed_in
from tests.factories import make_entry
from tests.page import undirected
from tests.promises.factories import make_promise
from tests.reflections.compassion.factories import make_draft, make_moment
from tests.reflections.mistakes_factories import put_at_rest
from tests.reflections.rumination.factories import (
    keep_blaming,
    keep_writing,
    make_answer,
    set_aside,
)

NOW = "2026-11-19T20:00:00+01:00"  # a Thursday evening, where ada lives
TODAY = date(2026, 11, 19)
HEADING = "This keeps coming back"
TAGGED_WORK = (
    "In the past seven days you wrote 3 entries tagged Work , and your ratings haven’t gone down."
)


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel(NOW, tick=False):
        yield


def text_of(client, path: str = "/practices/") -> str:
    response = client.get(path, follow=True)
    assert response.status_code == 200
    return " ".join(
        re.sub(r"<[^>]*>", " ", unescape(undirected(response.content.decode()))).split()
    )


def test_three_entries_of_a_tag_that_never_eased_are_offered_another_view(ada, ada_client):
    keep_writing(ada, "Work", 5, 6)
    assert HEADING not in text_of(ada_client)

    make_entry(ada, "And again", tagged=["work"], intensity=6)

    found = text_of(ada_client)
    assert TAGGED_WORK in found
    assert "Set it aside until Thursday 3 December" in found
    assert "Nothing reads what you write." in found


@pytest.mark.parametrize(
    ("ratings", "until"),
    [
        ((5, 6, 5), 0),  # it eased
        ((5, None, 6), 0),  # what has no rating is no item
        ((6, 6, 6), 5),  # the first of them is eight days old
    ],
)
def test_what_eased_or_was_not_rated_or_is_past_is_left_alone(ada, ada_client, ratings, until):
    keep_writing(ada, "Work", *ratings, until=until)

    assert HEADING not in text_of(ada_client)


def test_entries_of_several_tags_or_none_or_in_the_trash_are_not_one_thing(ada, ada_client):
    keep_writing(ada, "Work", 6, 6)
    keep_writing(ada, "Dad", 6, 6)
    for _number in range(4):
        make_entry(ada, "No label", intensity=9)
    make_entry(ada, "No longer there", tagged=["Work"], intensity=6).trash()

    assert HEADING not in text_of(ada_client)


def test_a_mistake_and_the_moments_that_came_of_it_are_one_thing(ada, ada_client):
    mistake = keep_blaming(ada, (7, 7), (7, 8), intensity_before=7)

    found = text_of(ada_client)

    assert "In the past seven days you came back to one mistake 3 times, and your ratings" in found
    assert mistake.title not in found  # mistakes do not come back in their own words
    assert mistake.get_absolute_url() in ada_client.get("/practices/").content.decode()


def test_moments_that_led_to_the_mistake_count_too(ada, ada_client):
    mistake = keep_blaming(ada, (7, 7), intensity_before=7)
    moment = make_moment(ada, intensity_before=7, intensity_after=8)
    assert HEADING not in text_of(ada_client)

    with acting_as(ada):
        threads.tie(ada, moment, mistake)

    assert HEADING in text_of(ada_client)


def test_a_mistake_that_eased_or_has_only_drafts_around_it_is_left_alone(ada, ada_client):
    lighter = keep_blaming(ada, (7, 7), (8, 8))
    put_at_rest(lighter, 2)
    keep_blaming(ada, (7, 7), (8, 7))  # the second one eased
    half_way = keep_blaming(ada, (7, 7))
    draft = make_draft(ada, intensity_before=8)
    with acting_as(ada):
        threads.tie(ada, half_way, draft)

    assert HEADING not in text_of(ada_client)


def test_put_at_rest_as_heavy_as_before_it_counts(ada, ada_client):
    put_at_rest(keep_blaming(ada, (7, 7), (8, 8)), 6)

    assert HEADING in text_of(ada_client)


def test_a_mistake_in_the_trash_is_neither_offered_nor_back(ada, ada_client):
    keep_blaming(ada, (7, 7), (7, 7), (8, 8), intensity_before=None).trash()
    gone = keep_blaming(ada)
    set_aside(ada, gone, back_in=0)
    gone.trash()

    found = text_of(ada_client)

    assert HEADING not in found
    assert "you set aside" not in found


def test_the_one_with_the_latest_item_is_offered(ada, ada_client):
    keep_writing(ada, "Work", 5, 5, 5, until=1)
    keep_writing(ada, "Dad", 5, 5, 5)
    keep_writing(ada, "Rent", 5, 5, 5, until=2)

    assert "3 entries tagged Dad" in text_of(ada_client)


def write_of(person, *rated):
    """An entry a day, the last one today, each with a rating and its tags."""
    for number, (rating, *tags) in enumerate(reversed(rated)):
        day = TODAY - timedelta(days=number)
        make_entry(person, written_on=day, intensity=rating, tagged=tags)


def offered(person):
    with acting_as(person):
        return [one.title for one in waiting(person, TODAY)]


def test_entries_that_share_two_tags_are_one_offer(ada):
    write_of(ada, (5, "Work", "Dad"), (5, "Dad", "Work"), (6, "Work", "Dad"))
    assert offered(ada) == ["Work"]

    make_entry(ada, written_on=TODAY, intensity=6, tagged=["Dad"])
    assert offered(ada) == ["Dad"]

    make_entry(ada, written_on=TODAY, intensity=6, tagged=["Work"])
    assert sorted(offered(ada)) == ["Dad", "Work"]


def test_a_tag_whose_entries_eased_hides_no_other(ada):
    write_of(ada, (8, "Work"), (5, "Work", "Dad"), (5, "Work", "Dad"), (6, "Work", "Dad"))

    assert offered(ada) == ["Dad"]


def test_entries_of_a_tag_that_is_set_aside_are_nothing_else_either(ada):
    write_of(ada, (5, "Work", "Dad"), (5, "Work", "Dad"), (6, "Work", "Dad"))
    with acting_as(ada):
        work = Tag.named(ada, ["Work"])[0]
    set_aside(ada, work, back_in=4)
    assert offered(ada) == []

    write_of(ada, (5, "Dad"), (5, "Dad"), (6, "Dad"))
    assert offered(ada) == ["Dad"]


def test_there_is_one_offer_at_a_time_and_none_on_another_day(ada, ada_client):
    keep_writing(ada, "Work", 5, 5, 5)
    keep_writing(ada, "Dad", 5, 5, 5)
    keep_blaming(ada, (7, 7), (8, 8))

    assert text_of(ada_client).count(HEADING) == 1
    assert HEADING in text_of(ada_client, "/today/")
    assert HEADING not in text_of(ada_client, "/today/?day=2026-11-18")
    assert HEADING not in text_of(ada_client, "/support/")


def test_whoever_was_away_is_welcomed_and_offered_nothing(ada, ada_client):
    keep_writing(ada, "Work", 5, 5, 5)
    make_promise(ada, starts_on=TODAY - timedelta(days=30))

    found = text_of(ada_client, "/today/")

    assert "Good to see you again" in found
    assert HEADING not in found


def test_the_entry_just_saved_shows_it_too_and_older_ones_do_not(ada, ada_client):
    keep_writing(ada, "Work", 5, 5, 5)
    third = make_entry(ada, "Again", tagged=["Work"], intensity=5)
    old = make_entry(ada, "Then", tagged=["Work"], intensity=5, written_on=date(2026, 11, 1))
    unrated = make_entry(ada, "Just so", tagged=["Work"])

    shown = [
        HEADING in text_of(ada_client, one.get_absolute_url()) for one in (third, old, unrated)
    ]

    assert shown == [True, False, False]


def test_for_a_week_after_an_answer_nothing_is_offered_whatever_it_is_about(ada, ada_client):
    work = keep_writing(ada, "Work", 5, 5, 5, until=3)
    keep_writing(ada, "Dad", 5, 5, 5)
    answer = make_answer(ada, work, days_ago=6)
    assert HEADING not in text_of(ada_client)

    with acting_as(ada):
        answer.answered_on -= timedelta(days=1)
        answer.save()

    assert HEADING in text_of(ada_client)


def test_what_is_set_aside_is_not_offered_and_other_things_are(ada, ada_client):
    work = keep_writing(ada, "Work", 5, 5, 5)
    set_aside(ada, work, back_in=4)
    assert HEADING not in text_of(ada_client)

    keep_writing(ada, "Dad", 5, 5, 5)

    found = text_of(ada_client)
    assert "3 entries tagged Dad" in found
    assert "You set this aside" not in found


def test_on_its_day_today_says_gently_that_it_was_set_aside(ada, ada_client):
    work = keep_writing(ada, "Work", 5, 5, 5)
    answer = set_aside(ada, work, back_in=0)

    found = text_of(ada_client)

    assert "Work You set this aside until Thursday 19 November." in found
    assert HEADING not in found  # it is back, which is enough for today
    page = ada_client.get("/practices/").content.decode()
    assert f"/journal/write/?tag={work.pk}" in page
    assert f"/journal/returning/answers/{answer.pk}/let-lie/" in page


@pytest.mark.parametrize(("back_in", "shown"), [(1, False), (0, True), (-2, True), (-3, False)])
def test_it_is_back_for_three_days_and_then_lies_by_itself(ada, ada_client, back_in, shown):
    work = keep_writing(ada, "Work", 5)
    set_aside(ada, work, back_in=back_in)

    assert ("You set this aside" in text_of(ada_client)) is shown


def test_a_mistake_comes_back_without_its_words(ada, ada_client):
    mistake = keep_blaming(ada)
    set_aside(ada, mistake, back_in=0)

    found = text_of(ada_client)

    assert "A mistake you set aside Until Thursday 19 November." in found
    assert mistake.title not in found


def test_eve_is_not_offered_what_keeps_coming_back_to_ada(ada, eve):
    keep_writing(ada, "Work", 5, 5, 5)
    keep_blaming(ada, (7, 7), (8, 8))
    set_aside(ada, keep_writing(ada, "Dad", 5), back_in=0)

    found = text_of(signed_in(eve))

    assert HEADING not in found
    assert "set this aside" not in found


@pytest.mark.parametrize("much", [0, 1, 30])
def test_it_is_asked_in_one_statement_with_all_the_others(ada, much):
    """Also with thirty tags, which all keep coming back."""
    for number in range(much):
        keep_writing(ada, f"Tag {number}", 5, 5, 5)
    if much:
        keep_blaming(ada, (7, 7), (8, 8))
    with acting_as(ada):
        data_key(ada.pk, make=True)
        with CaptureQueriesContext(connection) as captured:
            found = ask([waiting], ada, TODAY)

    assert len(captured) == 1
    assert len(found) == much + bool(much)
