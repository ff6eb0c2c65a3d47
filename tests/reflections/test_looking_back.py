"""This day in former years, and a range of days on paper."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.privacy.rls import acting_as
from journal.reflections.entries import print_views, timeline
from tests.factories import make_entry
from tests.photos.factories import make_photo
from tests.reflections.test_timeline import statements_of


@pytest.mark.parametrize(
    ("today", "years", "days"),
    [
        ("2026-11-19", 1, ["2025-11-19"]),
        ("2026-11-19", 126, ["1900-11-19"]),
        ("2026-11-19", 127, []),
        ("2028-02-29", 4, ["2024-02-29"]),
        ("2028-02-29", 1, ["2027-02-28"]),
        ("2027-02-28", 1, ["2026-02-28"]),
        ("2027-02-28", 3, ["2024-02-28", "2024-02-29"]),
        ("2028-02-28", 4, ["2024-02-28"]),
        ("2028-03-01", 1, ["2027-03-01"]),
    ],
)
def test_the_same_day_of_another_year(today, years, days):
    found = timeline.days_years_ago(date.fromisoformat(today), years)

    assert [day.isoformat() for day in found] == days


def test_every_day_of_a_leap_year_is_looked_back_on_once_a_year():
    for year in (2027, 2028):
        days = [date(year, 1, 1) + timedelta(n) for n in range(366) if year == 2028 or n < 365]
        seen = [then for day in days for then in timeline.days_years_ago(day, year - 2024)]
        leap_year = {date(2024, 1, 1) + timedelta(n) for n in range(366)}
        assert set(seen) == leap_year


@time_machine.travel("2026-11-19 12:00:00+00:00", tick=False)
def test_a_year_ago_today_stands_beside_the_first_page_only(ada, ada_client):
    make_entry(ada, "Then I **rested**", written_on=date(2025, 11, 19))
    make_entry(ada, "The day after", written_on=date(2025, 11, 20))

    page = ada_client.get("/journal/").content.decode()
    assert "A year ago today" in page
    assert '<blockquote class="quote own-words" dir="auto">Then I rested</blockquote>' in page
    assert '<blockquote class="quote own-words" dir="auto">The day after</blockquote>' not in page
    assert "A year ago" not in ada_client.get("/journal/?month=2025-11").content.decode()


@time_machine.travel("2026-11-19 12:00:00+00:00", tick=False)
def test_of_many_years_the_last_three_are_shown(ada, ada_client):
    for year in range(2000, 2026):
        make_entry(ada, f"In {year}", written_on=date(year, 11, 19))

    page = ada_client.get("/journal/").content.decode()
    assert "On this day" in page
    quoted = [
        part.split("<")[0]
        for part in page.split('<blockquote class="quote own-words" dir="auto">')[1:]
    ]
    assert quoted == ["In 2025", "In 2024", "In 2023"]


def paper(client, since, until):
    return client.get(f"/journal/print/?from={since}&to={until}").content.decode()


def test_a_range_is_printed_oldest_first_with_both_ends(ada, ada_client):
    for day in range(1, 6):
        make_entry(ada, f"Word{day}", written_on=date(2026, 5, day), tagged=["Sea"])

    page = paper(ada_client, "2026-05-02", "2026-05-04")

    assert [f"Word{n}" in page for n in range(1, 6)] == [False, True, True, True, False]
    assert page.index("Word2") < page.index("Word4")


def test_photos_are_printed_with_their_entry_in_one_statement(ada, ada_client):
    for day in range(1, 4):
        make_photo(make_entry(ada, f"Word{day}", written_on=date(2026, 5, day)))
    photo = make_photo(make_entry(ada, "Sea", written_on=date(2026, 5, 9)), description="Waves")
    gone = make_photo(photo.entry, description="Removed")
    with acting_as(ada):
        gone.trash()

    with CaptureQueriesContext(connection) as one:
        page = paper(ada_client, "2026-05-09", "2026-05-09")
    with CaptureQueriesContext(connection) as four:
        paper(ada_client, "2026-05-01", "2026-05-31")

    assert f'src="/photos/{photo.pk}/medium/" width="64" height="48" alt="Waves"' in page
    assert "Removed" not in page
    assert len(one) == len(four)


def test_what_does_not_fit_is_said_and_goes_on_where_it_stopped(ada, ada_client, monkeypatch):
    monkeypatch.setattr(print_views, "MOST", 3)
    for day in (1, 1, 2, 2, 3):
        make_entry(ada, f"Word{day}", written_on=date(2026, 5, day))

    first = paper(ada_client, "2026-05-01", "2026-05-31")
    assert first.count("Word1") == 2
    assert "Word2" not in first
    assert "The rest starts on 2 May 2026." in first
    assert 'href="?from=2026-05-02&amp;to=2026-05-31"' in first
    rest = paper(ada_client, "2026-05-02", "2026-05-31")
    assert (rest.count("Word2"), rest.count("Word3")) == (2, 1)
    assert "The rest starts" not in rest


def test_a_day_that_alone_is_too_much_is_printed_whole(ada, ada_client, monkeypatch):
    monkeypatch.setattr(print_views, "MOST", 2)
    for day in (1, 1, 1, 1, 2):
        make_entry(ada, f"Word{day}", written_on=date(2026, 5, day))

    page = paper(ada_client, "2026-05-01", "2026-05-31")

    assert page.count("Word1") == 4
    assert 'href="?from=2026-05-02&amp;to=2026-05-31"' in page


@pytest.mark.parametrize("count", [1, 30])
def test_paper_takes_as_many_statements_for_one_as_for_thirty(ada, ada_client, count):
    for number in range(count):
        make_entry(ada, "Word", written_on=date(2026, 5, 1), tagged=[f"Tag {number}"])

    # whose session, days, entries with their labels, tags and photos
    address = "/journal/print/?from=2026-05-01&to=2026-05-02"
    assert len(statements_of(ada_client, address)) == 5


@pytest.mark.parametrize(
    ("since", "until"),
    [("0000-01-01", "2026-01-01"), ("2026-02-01", "2026-01-01"), ("soon", ""), ("", "")],
)
def test_days_that_make_no_sense_are_refused_with_a_sentence(ada, ada_client, since, until):
    make_entry(ada, "Zanzibar")

    page = paper(ada_client, since, until)

    assert "Please fix the following" in page
    assert "Zanzibar" not in page


def test_all_of_time_is_a_range(ada, ada_client):
    make_entry(ada, "Zanzibar")

    assert "Zanzibar" in paper(ada_client, "0001-01-01", "9999-12-31")
