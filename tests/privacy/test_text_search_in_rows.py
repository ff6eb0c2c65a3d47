"""Search over sealed rows: order, batches, cursors, and whose rows."""

import pytest
from django.db import connection

from journal.privacy.keys import SealBroken
from journal.privacy.rls import acting_as
from journal.privacy.text_search import Needle, scan
from journal.reflections.entries.models import Entry
from tests.factories import make_entry
from tests.privacy.stored import run


def search(person, query: str, **filters) -> list[str]:
    rows = Entry.objects.filter(**filters).newest_first()
    found = scan(person.pk, rows, ["title", "body"], Needle.parse(query))
    return [body.decode() for _pk, _columns, (_title, body) in found]


def open_cursors() -> int:
    return run("select count(*) from pg_cursors")[0][0]


def test_title_and_body_are_searched_newest_first(as_ada):
    make_entry(as_ada, "the quote, older", written_on="2026-01-01")
    make_entry(as_ada, "newer", title="The quote", written_on="2026-01-02")
    make_entry(as_ada, "nothing of it")

    assert search(as_ada, "quote") == ["newer", "the quote, older"]
    assert search(as_ada, "quote older") == ["the quote, older"]
    assert search(as_ada, "quote -newer") == ["the quote, older"]


def test_a_phrase_does_not_run_from_the_title_into_the_body(as_ada):
    make_entry(as_ada, "quote came", title="The")

    assert search(as_ada, '"the quote"') == []
    assert search(as_ada, "the quote") == ["quote came"]


def test_a_search_without_rows_finds_nothing(as_ada):
    assert search(as_ada, "quote") == []
    assert search(as_ada, "quote", pk__in=[]) == []


def test_only_ones_own_words_are_searched(ada, eve):
    make_entry(ada, "the quote")
    with acting_as(eve):
        assert search(eve, "quote") == []


def test_a_search_over_several_batches(as_ada, monkeypatch):
    monkeypatch.setattr("journal.privacy.text_search.FIRST_BATCH", 2)
    monkeypatch.setattr("journal.privacy.text_search.BATCH", 3)
    for number in range(12):
        make_entry(as_ada, f"quote {number}", written_on=f"2026-01-{number + 1:02}")

    assert search(as_ada, "quote") == [f"quote {number}" for number in reversed(range(12))]


def test_a_caller_who_stops_early_leaves_no_cursor_open(as_ada):
    for number in range(5):
        make_entry(as_ada, f"quote {number}")

    def first_of(rows):
        yield from rows

    found = scan(as_ada.pk, Entry.objects.newest_first(), ["body"], Needle.parse("quote"))
    for _row in first_of(found):
        assert open_cursors() == 1
        break
    found.close()
    assert open_cursors() == 0

    for _row in first_of(scan(as_ada.pk, Entry.objects.all(), ["body"], Needle.parse("quote"))):
        break
    del _row
    assert open_cursors() == 0


def test_one_search_within_another(as_ada):
    for number in range(3):
        make_entry(as_ada, f"quote {number}")
    needle = Needle.parse("quote")

    pairs = [
        (outer, inner)
        for _pk, _columns, (outer,) in scan(
            as_ada.pk, Entry.objects.order_by("id"), ["body"], needle
        )
        for _pk, _columns, (inner,) in scan(
            as_ada.pk, Entry.objects.order_by("id"), ["body"], needle
        )
    ]

    assert len(pairs) == 9
    assert open_cursors() == 0


def test_a_broken_seal_is_an_error_and_closes_the_cursor(as_ada):
    make_entry(as_ada, "quote")
    run("update entries_entry set body = '\\x0102030405'")

    with pytest.raises(SealBroken):
        search(as_ada, "quote")
    assert open_cursors() == 0


@pytest.mark.django_db(transaction=True)
def test_a_search_opens_its_own_connection(ada):
    make_entry(ada, "quote")
    connection.close()

    with acting_as(ada):
        assert search(ada, "quote") == ["quote"]
