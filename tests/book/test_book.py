"""The year in review: what goes into it, and what stays out."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine

from journal.reflections.entries import print_views
from tests.boundaries.factories import make_boundary, make_crossing
from tests.decisions.factories import make_decision, make_review
from tests.factories import make_entry
from tests.lessons.factories import make_lesson, make_use
from tests.page import compact
from tests.photos.factories import make_photo
from tests.promises.factories import answer, make_promise
from tests.reflections.compassion.factories import make_moment
from tests.reflections.mistakes_factories import make_mistake
from tests.search.counting import statements_of_page

ALL = (
    "months",
    "favourites",
    "photos",
    "practices",
    "figures",
    "favourites-whole",
    "entries",
    "hard",
)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-19T20:00:00+00:00", tick=False):
        yield date(2026, 11, 19)


def address(*chapters, since="2026-01-01", until="2026-11-19", paper="a4", **more):
    parts = [("from", since), ("to", until), ("paper", paper), *more.items()]
    return "/journal/book/?" + "&".join(
        f"{name}={value}" for name, value in [*parts, *(("in", one) for one in chapters)]
    )


def make_favourite(ada, body, month, **fields):
    return make_entry(ada, body, favourite=True, written_on=date(2026, month, 4), **fields)


def test_it_suggests_this_year_or_in_january_the_last(ada_client):
    page = compact(ada_client.get("/journal/book/"))
    assert 'name="from" value="2026-01-01"' in page
    assert 'name="to" value="2026-11-19"' in page

    with time_machine.travel("2026-01-03T20:00:00+00:00", tick=False):
        page = compact(ada_client.get("/journal/book/"))
    assert 'name="from" value="2025-01-01"' in page
    assert 'name="to" value="2025-12-31"' in page


def test_a_year_leads_to_its_book(ada, ada_client):
    make_entry(ada, "sea", written_on=date(2024, 2, 29))

    assert 'href="/journal/book/?year=2024"' in compact(ada_client.get("/journal/year/2024/"))
    page = compact(ada_client.get("/journal/book/?year=2024"))

    assert 'name="to" value="2024-12-31"' in page
    assert '<h1 id="title">2024, in your words' in page
    assert "<b>February<" in page


def test_two_years_say_which_one_each_month_is_of(ada, ada_client):
    make_favourite(ada, "sea", 3)

    page = compact(ada_client.get(address("favourites", since="2025-12-01")))

    assert "2025–2026, in your words" in page
    assert "<h3>March 2026<" in page


def test_favourites_speak_for_their_months_and_no_others(ada, eve, ada_client):
    make_favourite(ada, "The roof stayed on. I said no.", 3)
    make_favourite(ada, "A long text", 5, title="First no of the year")
    make_favourite(ada, "too hard to see", 6, quiet=True)
    make_favourite(ada, "in the bin", 7).trash()
    make_favourite(eve, "of somebody else", 8)
    make_entry(ada, "no favourite", written_on=date(2026, 9, 4))
    make_entry(ada, "of another year", written_on=date(2025, 3, 4), favourite=True)

    page = compact(ada_client.get(address("favourites")))

    lines = page.split('<ol class="pairs">')[1].split("</ol>")[0]
    assert lines.count("<h3>") == 2
    march, may = lines.split("<h3>May")
    assert "<h3>March<" in march
    assert "The roof stayed on. I said no." in march
    assert "First no of the year" in may
    for left_out in ("too hard", "in the bin", "somebody else", "no favourite", "another year"):
        assert left_out not in page


def test_a_favourite_goes_on_the_cover_only_if_she_says_so(ada, eve, ada_client):
    entry = make_favourite(ada, "I come back.", 3)
    other = make_entry(ada, "no favourite", written_on=date(2026, 3, 4))
    foreign = make_favourite(eve, "not yours", 3)

    page = compact(ada_client.get(address("favourites")))
    assert f"cover={entry.pk}" in page

    def cover(pk):
        page = compact(ada_client.get(address("favourites", cover=pk)))
        return page.split('<div class="cover', 1)[1].split("</div>")[0]

    assert "I come back." in cover(entry.pk)
    for nothing in ("", other.pk, foreign.pk, uuid4(), "rubbish"):
        assert "own-words" not in cover(nothing)


def test_photos_are_those_of_favourites(ada, ada_client):
    make_photo(make_favourite(ada, "sea", 3), description="Harbour at dusk")
    make_photo(make_entry(ada, "no", written_on=date(2026, 3, 4)), description="Not a favourite")
    make_photo(make_favourite(ada, "hard", 4, quiet=True), description="Too hard to see")

    page = compact(ada_client.get(address("photos")))

    assert 'alt="Harbour at dusk"' in page
    assert "Not a favourite" not in page
    assert "Too hard to see" not in page
    assert "Harbour" not in compact(ada_client.get(address("favourites")))


def test_hard_moments_and_mistakes_stay_out_unless_ticked(ada, ada_client):
    make_moment(ada, "I froze", kinder_thought="Anyone would have")
    make_mistake(ada, "Forgot the call")
    rest = [one for one in ALL if one != "hard"]

    page = compact(ada_client.get(address(*rest)))
    assert "I froze" not in page
    assert "Forgot the call" not in page

    page = compact(ada_client.get(address("hard")))
    assert "I froze" in page
    assert "Anyone would have" in page
    assert "Forgot the call" in page


def test_promises_kept_lessons_used_and_decisions_with_what_became_of_them(ada, ada_client, today):
    walk = make_promise(ada, "Walk after lunch", starts_on=date(2026, 3, 1))
    answer(walk, {date(2026, 3, 2): "kept", date(2026, 3, 3): "missed"})
    never = make_promise(ada, "Never kept", starts_on=date(2026, 3, 1))
    answer(never, {date(2026, 3, 2): "missed"})
    old = make_promise(ada, "Kept before", starts_on=date(2025, 3, 1))
    answer(old, {date(2025, 3, 2): "kept"})
    make_use(make_lesson(ada, "asked on the spot", "answer tomorrow"), used_on=date(2026, 4, 1))
    busy = make_lesson(ada, "I promise a time", "open the calendar")
    for day in (1, 2):
        make_use(busy, used_on=date(2026, 4, day))
    make_use(busy, used_on=date(2025, 4, 1))
    decision = make_decision(ada, "Fridays?", date(2026, 5, 3), chosen="Rest")
    make_review(decision, outcome="The shed has a roof.")
    make_decision(ada, "Of last year?", date(2025, 5, 3))

    page = compact(ada_client.get(address("practices")))

    assert "Walk after lunch" in page
    assert "Never kept" not in page
    assert "Kept before" not in page
    assert page.index("I promise a time") < page.index("asked on the spot")
    assert "Used" not in page  # figures are not ticked
    assert "Fridays?" in page.split("Decisions, and")[1]
    assert ">Rest<" in page
    assert "The shed has a roof." in page
    assert "Of last year?" not in page


def test_figures_need_enough_records_and_stand_in_one_place(ada, ada_client):
    walk = make_promise(ada, "Walk after lunch", starts_on=date(2026, 3, 1))
    answer(walk, {date(2026, 3, day): "kept" for day in range(1, 10)})
    boundary = make_boundary(ada)
    for _ in range(4):
        make_crossing(boundary, occurred_on=date(2026, 3, 4))
    assert "In figures" not in compact(ada_client.get(address("figures")))

    answer(walk, {date(2026, 3, 10): "missed", date(2026, 3, 11): "kept_small"})
    make_crossing(boundary, occurred_on=date(2026, 3, 5), result="not_held")
    page = compact(ada_client.get(address("figures", "practices")))

    assert "10 of 11" in page
    assert "1 of them kept small" in page
    assert "4 of 5" in page
    assert "Back after a miss" not in page
    assert "Kept 10 of 11" in page.split("Promises you kept")[1]


def test_who_hides_numbers_gets_none_unless_ticked(ada, ada_client):
    ada.numbers_hidden_since = "2026-01-01T00:00:00Z"
    ada.save(update_fields=["numbers_hidden_since"])
    page = compact(ada_client.get("/journal/book/"))

    assert 'id="in-figures">' in page
    assert 'id="in-favourites" checked>' in page


def test_every_entry_comes_in_parts_that_print_well(ada, ada_client, monkeypatch):
    monkeypatch.setattr(print_views, "MOST", 2)
    for day in range(1, 6):
        make_entry(ada, f"Day {day} of five.", written_on=date(2026, 3, day))

    page = compact(ada_client.get(address("months", "entries")))
    assert "Day 2 of five." in page
    assert "Day 3 of five." not in page
    assert "The year in strokes" in page
    following = page.split("Show the next part")[0].rsplit('href="', 1)[1].split('"')[0]

    page = compact(ada_client.get("/journal/book/" + following.replace("&amp;", "&")))
    assert "Day 2 of five." not in page
    assert "Day 4 of five." in page
    assert "The year in strokes" not in page
    assert 'class="cover no-print"' in page
    assert "Show the first part" in page


def test_favourites_in_full_are_those_alone(ada, ada_client):
    make_favourite(ada, "One. " * 200, 3)
    make_favourite(ada, "too hard to see", 4, quiet=True)
    make_entry(ada, "no favourite", written_on=date(2026, 9, 4))

    page = compact(ada_client.get(address("favourites-whole")))

    assert page.count("One. One.") > 50
    assert "too hard" not in page
    assert "no favourite" not in page


def test_it_says_how_many_pages_before_anything_is_printed(ada, ada_client):
    for day in range(1, 21):
        make_entry(ada, "Word. " * 200, written_on=date(2026, 3, day))

    def pages(paper):
        page = compact(ada_client.get(address("months", paper=paper)))
        hint = page.split('value="entries"')[1].split("</label>")[0]
        assert "20 entries" in hint
        return int(hint.split("About ")[1].split(" page")[0])

    assert pages("a5") > pages("letter") >= pages("a4") > 5


@pytest.mark.parametrize("paper", ["a5", "a4", "letter"])
def test_the_paper_has_its_own_rules(ada_client, paper):
    assert f"css/paper-{paper}" in compact(ada_client.get(address("months", paper=paper)))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"since": "2026-03-02", "until": "2026-03-01"}, "The end is before the start."),
        ({"since": "2025-01-01", "until": "2026-01-02"}, "A book holds up to a year."),
        ({"since": "1899-12-31", "until": "1900-01-02"}, "Enter a date from 1900 onwards."),
        ({"since": "soon"}, "Enter a valid date."),
        ({"paper": "a9"}, "Select a valid choice."),
    ],
)
def test_what_makes_no_sense_is_said_and_kept(ada_client, days, said):
    page = compact(ada_client.get(address("months", **days)))

    assert said in page
    assert f'value="{days.get("since", "2026-01-01")}"' in page
    assert "css/paper" not in page


@pytest.mark.parametrize(
    "days",
    [("1900-01-01", "1900-12-31"), ("9999-01-01", "9999-12-31"), ("2024-01-01", "2024-12-31")],
)
def test_days_at_the_ends_of_the_calendar_and_leap_years_answer(ada_client, days):
    page = compact(ada_client.get(address(*ALL, since=days[0], until=days[1])))
    assert "There’s nothing from these days" in page


@pytest.mark.parametrize("count", [1, 12])
def test_the_statements_do_not_grow_with_the_year(ada, ada_client, today, count):
    for number in range(count):
        make_favourite(ada, "sea", 1 + number % 11)
        answer(make_promise(ada, starts_on=date(2026, 3, 1)), {date(2026, 3, 2): "kept"})
        make_use(make_lesson(ada), used_on=date(2026, 3, 2))
        make_review(make_decision(ada), outcome="Well")
        make_moment(ada)
        make_mistake(ada)

    # whose session, sizes, and one or two for each chapter
    assert statements_of_page(ada_client, address(*ALL)) == 16


def test_more_rows_than_a_chapter_holds_are_said_to_be_more(ada, ada_client, monkeypatch):
    monkeypatch.setattr("journal.book.queries.MOST_LINES", 2)
    for month in (1, 2, 3):
        make_favourite(ada, f"line of {month}", month)

    page = compact(ada_client.get(address("favourites")))

    assert "line of 2" in page
    assert "line of 3" not in page
    assert "The first 2 are here." in page
