"""A plan that PostgreSQL keeps shows each person their own rows, whoever it was made for."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.people import clock
from journal.privacy.batched_queries import fetch_batched, prepared_cursor
from journal.privacy.rls import COACH, acting_as
from journal.reflections.entries.models import Entry
from tests.boundaries.factories import make_boundary, make_crossing
from tests.coaching.coach_client import browser_of, page_of, text_of
from tests.coaching.factories import link, made_coach, share, share_practice
from tests.conftest import signed_in
from tests.factories import make_entry
from tests.promises.factories import answer, make_promise

pytestmark = pytest.mark.django_db

OFTEN = 8  # PostgreSQL makes a plan for every value from the sixth time on
WRITTEN = "select id from entries_entry where written_on > %(day)s::date"


def every_entry(_person, day):
    return Entry.objects.filter(written_on__gt=day)


def read(person, day) -> set[str]:
    (some,) = fetch_batched(person, day, every_entry)
    with prepared_cursor() as cursor:
        cursor.execute(WRITTEN, {"day": day})
        assert {row.pk for row in some} == {pk for (pk,) in cursor.fetchall()}
    return {row.body for row in some}


def plans() -> list[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select generic_plans, custom_plans from pg_prepared_statements "
            "where statement like '%entries_entry%' and not statement like '%pg_prepared%'"
        )
        return cursor.fetchall()


def drop_plans() -> None:
    """The connection is the same for all tests."""
    connection.ensure_connection()
    connection.connection._prepared.clear()
    with connection.cursor() as cursor:
        cursor.execute("deallocate all")


@pytest.fixture(autouse=True)
def _no_plans_left_over(db):
    drop_plans()


def test_a_kept_plan_shows_everyone_their_own(ada, eve, mira):
    day = ada.date_joined.date().replace(year=2020)
    made = {person: make_entry(person, f"Of {person.email}") for person in (ada, eve)}
    share(link(eve, made_coach(mira)), made[eve])
    make_entry(eve, "Not shared")

    for _time in range(2):
        for _again in range(OFTEN):
            with acting_as(ada):
                assert read(ada, day) == {f"Of {ada.email}"}
        for _again in range(OFTEN):
            with acting_as(eve):
                assert read(ada, day) == {f"Of {eve.email}", "Not shared"}
        with acting_as(mira):
            assert read(ada, day) == set()
        for _again in range(OFTEN):
            with acting_as(mira, role=COACH):
                assert read(ada, day) == {f"Of {eve.email}"}
        with acting_as(None):
            assert read(ada, day) == set()

    assert len(plans()) == 2
    assert sum(generic for generic, _custom in plans()) > 0


def test_turned_off_nothing_is_prepared(ada, settings):
    settings.PREPARE_STATEMENTS = False
    make_entry(ada, "Mine")
    with acting_as(ada):
        for _again in range(OFTEN):
            assert read(ada, ada.date_joined.date().replace(year=2020)) == {"Mine"}
    assert plans() == []


def test_the_query_log_shows_a_statement_and_takes_the_same_path(ada):
    with acting_as(ada), CaptureQueriesContext(connection) as captured:
        fetch_batched(ada, clock.today(ada), every_entry)
    assert "entries_entry" in captured[0]["sql"]
    assert len(plans()) == 1


@pytest.fixture
def pages(ada, mira):
    """Every page that reads in batches, with something on each, and whose browser opens it."""
    today = clock.today(ada)
    promise = make_promise(ada, "Walk", starts_on=today - timedelta(days=9))
    answer(promise, {today: "kept"}, note="In the rain")
    make_crossing(make_boundary(ada))
    entry = make_entry(ada, "For Mira")
    linked = link(ada, made_coach(mira))
    share(linked, entry)
    share_practice(linked, "promises")
    area = ["/coach/", page_of(linked), page_of(linked, "brief/")]
    own = ["/today/", "/practices/", "/insights/", "/journal/", "/sharing/"]
    own += [f"/sharing/grants/{linked.pk}/", f"/journal/{entry.pk}/"]
    browsers = ((signed_in(ada), own), (browser_of(mira), area))
    return [(browser, path) for browser, paths in browsers for path in paths]


def test_every_page_is_the_same_with_prepared_statements_turned_off(pages, settings):
    def texts() -> list[str]:
        answers = [browser.get(path) for browser, path in pages]
        assert {answer.status_code for answer in answers} == {200}
        return [text_of(answer) for answer in answers]

    texts()  # what is shown once only
    prepared = texts()
    assert plans()
    drop_plans()
    settings.PREPARE_STATEMENTS = False
    assert texts() == prepared
    assert not plans()
