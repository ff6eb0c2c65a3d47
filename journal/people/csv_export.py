"""Tables for a spreadsheet, as CSV (RFC 4180, UTF-8), whole and not streamed: a stream would be
rendered outside of the wall.

A spreadsheet takes a cell that begins with = + - @, a tab or a carriage return for a formula, and
runs it. So such text gets an apostrophe before it, which the spreadsheet shows as text. Numbers
and dates are written as they are; pass them as numbers and dates.
"""

import csv
import io
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse

# The wide forms are what a keyboard for Chinese or Japanese types; some spreadsheets take them too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def cell(value: Any) -> str:
    """What stands in a cell. None is empty."""
    if value is None:
        return ""
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_text(rows: Iterable[Iterable[Any]]) -> str:
    """Every cell in quotes, so that no separator or line in it ends the cell."""
    held = io.StringIO()
    writer = csv.writer(held, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([cell(value) for value in row] for row in rows)
    return held.getvalue()


def csv_response(rows: Iterable[Iterable[Any]], name: str) -> HttpResponse:
    answer = HttpResponse(csv_text(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
