"""The list and a boundary's page, and how many statements they take."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.boundaries import queries
from journal.boundaries.queries import Held
from journal.guide.todo_items import ask
from journal.people import clock
from journal.privacy.keys import data_key
from journal.privacy.rls import acting_as
from tests.boundaries.factories import (
    make_boundary,
    make_crossing,
    make_draft,
    make_full_boundary,
    make_telling,
)
from tests.promises.test_pages import statements


def fill(person, count: int) -> None:
    today = clock.today(person)
    for number in range(count):
        boundary = make_boundary(person, f"Limit {number}", person_label="Sam")
        make_telling(boundary, told_to="Sam")
        make_crossing(boundary, follow_up="Write", follow_up_on=today)


def test_the_list_takes_as_many_statements_for_30_boundaries_as_for_one(
    ada, eve, ada_client, eve_client
):
    fill(ada, 30)
    make_draft(ada)
    fill(eve, 1)

    many, one = statements(ada_client, "/boundaries/"), statements(eve_client, "/boundaries/")

    assert (one, many) == (5, 5)


def test_a_page_takes_a_fixed_number_of_statements(ada, ada_client):
    boundary = make_full_boundary(ada)
    bare = statements(ada_client, boundary.get_absolute_url())
    for number in range(30):
        make_crossing(boundary, f"Rang {number}", follow_up="Write")
        make_telling(boundary)

    assert (bare, statements(ada_client, boundary.get_absolute_url())) == (8, 8)


def test_today_asks_in_one_statement(ada, eve):
    fill(ada, 30)
    fill(eve, 1)
    for person, expected in ((ada, 30), (eve, 1)):
        with acting_as(person):
            data_key(person.pk)  # once a request, whoever needs it first
            with CaptureQueriesContext(connection) as captured:
                found = ask((queries.waiting, queries.following), person, clock.today(person))
            assert len(captured) == 1
            assert [one.title for _icon, one in found] == ["Write"] * expected


@pytest.mark.parametrize(
    ("results", "pill", "text"),
    [
        ([], "In place", ""),
        (["held"], "Holding", "Tested once, held once"),
        (["not_held", "held_later"], "Holding", "Tested 2 times, held once"),
        (["held", "held", "not_held"], "Worth another look", "Tested 3 times, held 2 times"),
        (["partly", "undecided"], "Holding", "Tested once, partly held once"),
        (["unsafe_to_act"], "In place", ""),
    ],
)
def test_the_list_says_where_each_stands(ada, ada_client, results, pill, text):
    boundary = make_boundary(ada, communication="not_needed")
    for day, result in enumerate(results, start=-9):
        what = "" if result == "unsafe_to_act" else "Rang"
        day = clock.today(ada) + timedelta(days=day)
        make_crossing(boundary, what, result=result, occurred_on=day)

    page = ada_client.get("/boundaries/").content.decode()

    assert f'<span class="pill">{pill}</span>' in page
    assert text in page
    assert Held.from_results(results).text == text


def test_the_page_lists_its_rows_in_order(ada, ada_client):
    boundary = make_full_boundary(ada)

    page = ada_client.get(boundary.get_absolute_url()).content.decode()

    headings = ["The limit", "Your script", "When you said it", "Crossings", "How it has held"]
    places = [page.index(f">{heading}</h2>") for heading in headings]
    assert places == sorted(places)
    assert "Tested once, held once." in page


def test_without_any_there_is_a_place_to_start(ada_client):
    page = ada_client.get("/boundaries/").content.decode()

    assert "No boundaries yet" in page
    assert 'href="/boundaries/new/"' in page


def test_the_script_can_be_copied_only_where_the_browser_can(ada, ada_client):
    page = ada_client.get(make_full_boundary(ada).get_absolute_url()).content.decode()

    button = page[page.index("data-copy=") - 80 : page.index("data-copy=") + 120]
    assert 'data-copy="spoken"' in button
    assert "hidden" in button
