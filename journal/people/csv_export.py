"""Tables as CSV for a spreadsheet (RFC 4180, UTF-8), rendered whole: a stream would run its
queries outside the wall.

A spreadsheet runs a cell that begins with = + - @, a tab or a carriage return as a formula. This
module puts an apostrophe before such text. It leaves numbers and dates unchanged; pass them as
numbers and dates.
"""

import csv
import io
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse

# Chinese and Japanese keyboards type the full-width forms; some spreadsheets accept them too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def cell(value: Any) -> str:
    """The text of a cell; empty for None."""
    if value is None:
        return ""
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_text(rows: Iterable[Iterable[Any]]) -> str:
    """Quotes every cell, so that no separator or line break in it ends the cell."""
    held = io.StringIO()
    writer = csv.writer(held, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([cell(value) for value in row] for row in rows)
    return held.getvalue()


def csv_response(rows: Iterable[Iterable[Any]], name: str) -> HttpResponse:
    answer = HttpResponse(csv_text(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
