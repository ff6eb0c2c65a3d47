"""The month beside the timeline: days as links, marks in words, and the way to any day."""

import re
from datetime import date

import pytest
import time_machine

from journal.privacy.rls import acting_as
from journal.reflections.entries.month_calendar import CalendarDay
from tests.factories import make_entry
from tests.markup import parse
from tests.page import compact
from tests.photos.factories import make_photo
from tests.search.counting import statements_of_page
from tests.today.factories import make_daily_check


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-19T20:00:00+00:00", tick=False):
        yield


def calendar(client, address="/journal/"):
    return compact(client.get(address)).split("<aside")[1].split("</aside>")[0]


def cell(page, number):
    return next(
        part.split("</td>")[0] for part in page.split("<td>")[1:] if f">{number}</span>" in part
    )


def timeline(client, address):
    return compact(client.get(address)).split("</aside>")[1]


def test_a_day_with_entries_leads_to_the_timeline_and_says_what_it_holds(ada, ada_client):
    for body in ("one", "two"):
        make_entry(ada, body, written_on=date(2026, 11, 2))
    make_daily_check(ada, date(2026, 11, 3), trust=4)

    page = calendar(ada_client)

    second = cell(page, 2)
    assert 'href="?day=2026-11-02"' in second
    assert "November, 2 entries" in second
    assert second.count('<line class="wrote"') == 2
    assert "November, checked in" in cell(page, 3)
    assert "<a" not in cell(page, 3)
    assert "November, today" in cell(page, 19)


def test_the_fifth_entry_of_a_day_crosses_the_other_four(ada, ada_client):
    for number in range(7):
        make_entry(ada, str(number), written_on=date(2026, 11, 2))

    assert cell(calendar(ada_client), 2).count('<line class="wrote"') == 5


def test_a_square_says_that_a_day_has_photos(ada, ada_client):
    entry = make_entry(ada, "one", written_on=date(2026, 11, 2))
    for _photo in range(2):
        make_photo(entry)
    make_entry(ada, "two", written_on=date(2026, 11, 3))
    gone = make_photo(make_entry(ada, "three", written_on=date(2026, 11, 4)))
    with acting_as(ada):
        gone.trash()

    page = calendar(ada_client)

    assert "November, 1 entry, 2 photos<" in cell(page, 2)
    assert cell(page, 2).count('class="square"') == cell(page, 2).count('class="wrote"') == 1
    assert not any('class="square"' in cell(page, day) for day in (3, 4))


def test_the_marks_of_the_fullest_day_lie_apart():
    day = CalendarDay(
        date(2026, 11, 2), 5, 1, True, 1, is_today=False, is_current=False, month_name="November"
    )
    strokes, ring, square = (
        [float(x) for x in re.findall(pattern, day.marks)]
        for pattern in (r'"wrote" x1="([^"]+)"', r'cx="([^"]+)"', r'"square" x1="([^"]+)"')
    )

    assert max(strokes[:4]) + 1.5 < ring[0] - 4
    assert ring[0] + 4 < square[0] - 3
    assert square[0] + 3 <= 40


def test_a_day_starts_the_timeline_there_and_pages_on(ada, ada_client):
    for number in range(1, 26):
        make_entry(ada, f"Word{number:02}", written_on=date(2026, 10, number))

    page = timeline(ada_client, "/journal/?day=2026-10-24")
    assert "Word25" not in page
    assert "Word24" in page
    following = page.split("Earlier entries")[0].split('<a class="btn btn-2" href="')[-1]
    rest = timeline(ada_client, "/journal/" + following.split('"')[0].replace("&amp;", "&"))
    assert [f"Word{number:02}" in rest for number in (5, 4, 1)] == [False, True, True]
    assert 'aria-current="date"' in cell(calendar(ada_client, "/journal/?day=2026-10-24"), 24)


def test_a_day_without_an_entry_says_so_and_shows_what_came_before(ada, ada_client):
    make_entry(ada, "Zanzibar", written_on=date(2026, 10, 4))

    page = timeline(ada_client, "/journal/?day=2026-10-20")
    assert "No entry on 20 October 2026" in page
    assert "Zanzibar" in page
    assert "Nothing written up to 1 October 2026" in timeline(
        ada_client, "/journal/?day=2026-10-01"
    )


def test_a_day_that_cannot_be_is_said_beside_its_field(ada, ada_client):
    make_entry(ada, "Zanzibar")

    page = compact(ada_client.get("/journal/?day=yesterday"))

    assert "Enter a day like" in page
    assert 'aria-invalid="true"' in page
    assert 'value="yesterday"' in page
    assert "Zanzibar" in page


def test_the_arrows_are_links_as_far_as_there_is_something(ada, ada_client):
    make_entry(ada, "first", written_on=date(2026, 8, 4))
    make_entry(ada, "last", written_on=date(2026, 10, 4))

    first = calendar(ada_client, "/journal/?month=2026-08")
    assert "First month" in first
    assert 'href="?month=2026-09"' in first
    assert 'href="?month=2026-08"' in calendar(ada_client, "/journal/?month=2026-09")
    newest = calendar(ada_client)
    assert ">October 2026<" in newest
    assert 'href="?month=2026-11"' in newest
    assert "This month" in calendar(ada_client, "/journal/?month=2026-11")


def test_a_filter_stays_on_every_way_through_the_calendar(ada, ada_client):
    make_entry(ada, "one", written_on=date(2026, 10, 4), favourite=True)
    make_entry(ada, "two", written_on=date(2026, 10, 5))
    make_entry(ada, "old", written_on=date(2026, 3, 5), favourite=True)

    document, _errors = parse(ada_client.get("/journal/?favourite=1").content.decode())

    links = [link["href"] for link in document.all("aside")[0].all("a")]
    assert len(links) == 4  # both arrows, one day, the year
    assert all("favourite=1" in link for link in links)
    hidden = [one for one in document.all("aside")[0].all("input") if one["type"] == "hidden"]
    assert [(one["name"], one["value"]) for one in hidden] == [("favourite", "1")]


@pytest.mark.parametrize(("starts_on", "blank"), [(0, 6), (6, 0), (5, 1)])
def test_the_week_starts_where_hers_does(ada, ada_client, starts_on, blank):
    ada.week_starts_on = starts_on
    ada.save(update_fields=["week_starts_on"])
    make_entry(ada, "one", written_on=date(2026, 11, 4))  # the month begins with a Sunday

    page = calendar(ada_client)

    assert page.split(">1</span>")[0].count("<td></td>") == blank
    assert len({row.count("<td>") for row in page.split("<tbody>")[1].split("<tr>")[1:]}) == 1


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("?month=2026-06", "No entries in June 2026"),
        ("?month=2026-06&photos=1", "No photos in June 2026"),
        ("?photos=1", "No photos yet"),
        ("?month=2026-06&favourite=1", "No favourites in June 2026"),
        ("?month=2026-06&practice=promises", "No entries with these labels in June 2026"),
    ],
)
def test_an_empty_month_says_so(ada, ada_client, address, said):
    make_entry(ada, "one", written_on=date(2026, 10, 4))

    assert said in timeline(ada_client, f"/journal/{address}")


@pytest.mark.parametrize("month", ["0001-01", "1900-01", "9999-12", "2024-02"])
def test_the_first_and_the_last_month_answer(ada, ada_client, month):
    make_entry(ada, "one", written_on=date(2026, 10, 4))

    assert ada_client.get(f"/journal/?month={month}").status_code == 200


@pytest.mark.parametrize("query", ["month=2026-10", "month=2026-10&photos=1"])
@pytest.mark.parametrize("count", [1, 45])
def test_a_month_takes_as_many_statements_for_one_entry_as_for_many(ada, ada_client, count, query):
    for number in range(count):
        make_photo(make_entry(ada, "sea", written_on=date(2026, 10, 1 + number % 28)))

    # whose session, the page, its photos and tags, the calendar
    assert statements_of_page(ada_client, f"/journal/?{query}") == 5


def test_a_long_month_is_counted_whole_and_goes_on_behind_one_link(ada, ada_client):
    for number in range(40):
        make_entry(ada, "sea", written_on=date(2026, 10, 1 + number % 28))

    page = compact(ada_client.get("/journal/?month=2026-10"))

    assert "40 entries" in page
    assert "Earlier in October" in page
    assert "20 of 40 shown" in page


def test_an_empty_journal_has_no_calendar(ada_client):
    assert "<table" not in compact(ada_client.get("/journal/"))
