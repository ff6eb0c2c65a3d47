"""A year as a tally sheet: what was written, checked in and kept, by month, in one statement."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_entry
from tests.page import compact
from tests.photos.factories import make_photo
from tests.promises.factories import make_promise
from tests.search.counting import statements_of_page
from tests.today.factories import make_daily_check

PAGE = "/journal/year/2026/"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-19T20:00:00+00:00", tick=False):
        yield


def answered(ada, day, status, statement="Walk after lunch"):
    promise = make_promise(ada, statement, starts_on=date(2026, 1, 1))
    promise.checkins.create(owner=ada, due_on=day, status=status)
    return promise


def line_of(page, month):
    return page.split(f"<b>{month}</b>")[1].split("</li>")[0]


def months_of(page):
    return [part.split("</b>")[0] for part in page.split("<b>")[1:] if part[0].isupper()]


def test_each_month_says_what_it_holds_and_leads_to_its_entries(ada, ada_client):
    make_entry(ada, "one", written_on=date(2026, 3, 4))
    make_entry(ada, "two", written_on=date(2026, 3, 4))
    make_entry(ada, "three", written_on=date(2026, 5, 31))
    make_daily_check(ada, date(2026, 3, 5), trust=4)
    answered(ada, date(2026, 3, 6), "kept")
    answered(ada, date(2026, 3, 7), "missed")

    page = compact(ada_client.get(PAGE))

    march = line_of(page, "March")
    assert "2 entries" in march
    assert "1 day checked in" in march
    assert "1 promise kept" in march
    assert march.count('<line class="wrote"') == 2
    assert march.count("<circle") == march.count('<line class="kept"') == 1
    assert "No entries" in line_of(page, "April")
    assert "1 entry" in line_of(page, "May")
    assert 'href="/journal/?month=2026-03"' in page


def test_months_before_the_first_record_and_those_to_come_are_left_out(ada, ada_client):
    make_entry(ada, "first", written_on=date(2024, 11, 2))
    make_entry(ada, "last", written_on=date(2026, 10, 2))

    assert months_of(compact(ada_client.get("/journal/year/2024/"))) == ["November", "December"]
    page = compact(ada_client.get(PAGE))
    assert months_of(page)[0] == "January"
    assert months_of(page)[-1] == "November"
    assert 'href="/journal/year/2024/"' in page
    assert 'href="/journal/year/2026/"' in compact(ada_client.get("/journal/year/2024/"))


def test_a_filter_counts_only_what_matches_and_stays(ada, ada_client):
    make_entry(ada, "one", written_on=date(2026, 3, 4), favourite=True)
    make_entry(ada, "two", written_on=date(2026, 4, 4))
    make_daily_check(ada, date(2026, 3, 5), trust=4)

    page = compact(ada_client.get(f"{PAGE}?favourite=1"))

    assert "1 entry" in line_of(page, "March")
    assert "<circle" not in line_of(page, "March")
    assert "No entries" in line_of(page, "April")
    assert 'href="/journal/?month=2026-03&amp;favourite=1"' in page
    assert "No favourites in 2025" in compact(ada_client.get("/journal/year/2025/?favourite=1"))


def test_photos_are_counted_and_filtered_with_their_entries(ada, ada_client):
    seen = make_entry(ada, "one", written_on=date(2026, 3, 4), practice="promises")
    make_photo(seen)
    make_photo(seen)
    make_entry(ada, "two", written_on=date(2026, 4, 4))

    march = line_of(compact(ada_client.get(PAGE)), "March")
    assert "1 entry, 2\u00a0photos" in march
    assert march.count('<line class="square"') == 1
    page = compact(ada_client.get(f"{PAGE}?photos=1"))
    assert "2\u00a0photos" in line_of(page, "March")
    assert "No entries" in line_of(page, "April")
    assert 'href="/journal/?month=2026-03&amp;photos=1"' in page
    others = compact(ada_client.get(f"{PAGE}?practice=mistakes&photos=1"))
    assert "No entries with these labels in 2026" in others
    assert "No photos in 2025" in compact(ada_client.get("/journal/year/2025/?photos=1"))


def test_only_what_is_hers_and_not_in_the_bin_and_of_the_year(ada, eve, ada_client):
    make_entry(eve, "hers", written_on=date(2026, 3, 4))
    make_entry(ada, "gone", written_on=date(2026, 3, 4)).trash()
    answered(ada, date(2026, 3, 6), "kept").trash()
    make_entry(ada, "last day before", written_on=date(2025, 12, 31))

    page = compact(ada_client.get(PAGE))

    assert "Nothing recorded in this year" in page
    assert 'href="/journal/year/2025/"' in page
    assert "1 entry" in line_of(compact(ada_client.get("/journal/year/2025/")), "December")


@pytest.mark.parametrize("year", [0, 1899, 10000, 999999999999])
def test_a_year_that_cannot_be_is_not_there(ada_client, year):
    assert ada_client.get(f"/journal/year/{year}/").status_code == 404


@pytest.mark.parametrize("year", [1900, 9999, 2024])
def test_the_first_and_the_last_year_answer(ada_client, year):
    assert ada_client.get(f"/journal/year/{year}/").status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_it_takes_one_statement_however_much_there_is_and_reads_no_words(ada, ada_client, count):
    for number in range(count):
        make_photo(make_entry(ada, "sea", written_on=date(2026, 1 + number % 11, 1 + number % 28)))

    assert statements_of_page(ada_client, PAGE) == 2  # whose session, the year
    with CaptureQueriesContext(connection) as captured:
        ada_client.get(PAGE)
    assert not any('"entries_entry"."body"' in query["sql"] for query in captured)
