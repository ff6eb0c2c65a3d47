"""The journal by month: as many statements for 30 entries as for one; none lost, none doubled."""

from datetime import date, timedelta
from operator import attrgetter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.privacy.rls import acting_as
from journal.reflections.entries import timeline
from journal.reflections.entries.markdown import to_html
from journal.reflections.entries.models import Entry
from tests.factories import make_entry
from tests.page import compact, undirected
from tests.photos.factories import make_photo

# whose session; entries and this day in former years are one; the calendar; tags
STATEMENTS = 4


def statements_of(client, path):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    quiet = ("SAVEPOINT", "RELEASE", "select current_setting", "select set_config")
    return [q["sql"] for q in captured if not q["sql"].startswith(quiet)]


@pytest.mark.parametrize("count", [1, 30])
def test_the_journal_takes_as_many_statements_for_one_entry_as_for_thirty(ada, ada_client, count):
    for number in range(count):
        make_entry(ada, f"Entry {number}", written_on=date(2026, 3, 1) + timedelta(days=number))

    assert len(statements_of(ada_client, "/journal/")) == STATEMENTS


def test_pages_follow_each_other_without_gap_or_double(ada):
    made = [
        make_entry(
            ada, f"Entry {number}", written_on=date(2026, 1, 1) + timedelta(days=number // 3)
        )
        for number in range(45)
    ]
    seen, position = [], None
    with acting_as(ada):
        for entry in made[24:27]:  # which an import brought at once; a page ends among them
            entry.created_at = made[24].created_at
            ada.entries.filter(pk=entry.pk).update(created_at=entry.created_at)
        while True:
            page = timeline.build_page(ada, position)
            seen += [entry.body for month in page.months for entry in month.entries]
            if page.last is None:
                break
            position = page.last.written_on, page.last.pk

    # Two that were made in the same millisecond have their ids in any order.
    order = attrgetter("written_on", "created_at", "pk")
    newest_first = sorted(made, key=order, reverse=True)
    assert seen == [entry.body for entry in newest_first]


def counts(ada, position=None, **narrowing):
    page = timeline.build_page(ada, position, timeline.Narrowing(**narrowing))
    return [(month.first_day, month.count) for month in page.months]


def test_months_are_counted_where_they_stand_whole_on_the_page(ada, as_ada):
    for day in range(1, 26):
        make_entry(ada, "x", written_on=date(2025, 12, day))
    make_entry(ada, "y", written_on=date(2026, 1, 5))

    assert counts(ada) == [(date(2026, 1, 1), 1), (date(2025, 12, 1), None)]
    last = timeline.build_page(ada, None).last
    assert counts(ada, (last.written_on, last.pk)) == [(date(2025, 12, 1), None)]
    assert counts(ada, month=date(2026, 1, 1)) == [(date(2026, 1, 1), 1)]


def test_entries_with_photos_are_paged_and_keep_their_filter(ada, ada_client):
    for number in range(1, 24):
        entry = make_entry(ada, f"Seen{number:02}", written_on=date(2026, 1, number))
        for _photo in range(2):
            make_photo(entry)
        make_entry(ada, f"Plain{number:02}", written_on=date(2026, 1, number))

    page = compact(ada_client.get("/journal/?photos=1"))
    assert 'href="?photos=1" aria-current="true"' in page
    assert [page.count(f">Seen{number:02}<") for number in (23, 4, 3)] == [1, 1, 0]
    assert "Plain" not in page
    following = page.split("Earlier entries")[0].split('href="')[-1].split('"')[0]
    rest = compact(ada_client.get("/journal/" + following.replace("&amp;", "&")))
    assert [rest.count(f">Seen{number:02}<") for number in (4, 3, 1)] == [0, 1, 1]
    assert "Plain" not in rest


@pytest.mark.parametrize(
    "query", ["?day=x&entry=y", "?day=0000-00-00", "?entry=1", "?day=9999-12-31"]
)
def test_an_address_that_makes_no_sense_shows_the_first_page(ada, ada_client, query):
    make_entry(ada, "Here")

    assert "Here" in ada_client.get(f"/journal/{query}").content.decode()


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;"),
        ("<img src=x onerror=alert(1)>", "&lt;img"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[x](data:text/html,hi)", "[x](data:text/html,hi)"),
        ("![x](https://example.org/p.png)", ""),
        ('<a hx-get="/x" data-hx-get="/x">y</a>', "&lt;a hx-get="),
        ("[x](vbscript:y)", "[x](vbscript:y)"),
    ],
)
def test_markdown_is_harmless(text, harmless):
    html = to_html(text)

    assert harmless in html
    for bad in ("<script", "<img", "onerror=alert(1)>", 'href="javascript', 'href="data', "<a hx"):
        assert bad not in html


LONG = "Round the block, one page, phone across the room, and so to bed. Small, small, small"


@pytest.mark.parametrize(
    ("body", "heading", "excerpt"),
    [
        ("One line", "One line", ""),
        ("Then…\n\nMore.", "Then…", "More."),
        (f"{LONG}. Kept.", f"{LONG[:-7]}…", "small. Kept."),
        (f"{'w' * 79}. Kept.", f"{'w' * 79}…", "Kept."),
        ("-5 °C, 2*3, a_b ¯\\_(ツ)_/¯", "-5 °C, 2*3, a_b ¯\\_(ツ)_/¯", ""),
        ("# **Bold:** *a*\n> - `b` ~~c~~", "Bold: a", "b c"),
    ],
)
def test_an_excerpt_goes_on_where_the_heading_stopped(body, heading, excerpt):
    entry = Entry(body=body)

    assert (entry.heading, entry.excerpt) == (heading, excerpt)


@pytest.mark.parametrize(
    ("body", "opening"),
    [
        ("# A quiet day\n\nSlept badly.\n\nMade soup.", "A quiet day · Slept badly. Made soup."),
        ("Roses are red  \nViolets blue", "Roses are red Violets blue"),
        ("Left early \n \n\n Home", "Left early · Home"),
        ("A quiet day\n\n", "A quiet day"),
    ],
)
def test_an_opening_parts_a_heading_from_the_text(body, opening):
    entry = Entry(body=body)

    assert (entry.opening, entry.first_words) == (opening, opening)
    assert entry.length_to_read_on == ""


def test_headings_stay_below_the_pages_own():
    assert undirected(to_html("# One\n\n###### Six")) == "<h2>One</h2>\n<h3>Six</h3>\n"
    assert undirected(to_html("### A\n\n#### B\n\n# C")) == "<h2>A</h2>\n<h3>B</h3>\n<h2>C</h2>\n"


def test_links_tell_nobody_where_one_came_from():
    assert 'rel="noopener noreferrer nofollow"' in to_html("[x](https://example.org/)")
