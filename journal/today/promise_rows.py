"""Promises to answer, as rendered rows of Today.

Templates for fifty rows would take longer than everything else on Today together. Most rows differ
only in a handful of words, so a cache holds "today/_row.html" rendered once per plain answer, with
placeholders for the words. A row with more content (a week's count, a miss and its next chance, an
error) goes through the template itself.
"""

import re
from datetime import date
from functools import cache
from types import SimpleNamespace
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from journal.promises.forms import CheckInForm
from journal.promises.models import CheckIn
from journal.promises.queries import DueToday

PLAIN = ("", CheckIn.Status.KEPT, CheckIn.Status.KEPT_SMALL)
INDENTATION = re.compile(r"\n\s+")
MARK = re.compile("\ue000(\\w+)\ue000")


def render_row(due: DueToday, key: str, form: CheckInForm | None) -> SafeString:
    status = due.checkin.status
    if form or due.week or due.way or due.is_ahead or status not in PLAIN:
        return render_to_string("today/_row.html", {"due": due, "key": key, "form": form})
    words = {
        "key": key,
        "statement": conditional_escape(due.promise.statement),
        "small": conditional_escape(due.promise.smallest_version),
        "note": conditional_escape(due.checkin.note),
    }
    pieces = _pieces(get_language(), status, due.promise.has_small_version)
    filled = (words[piece] if odd else piece for piece, odd in pieces)
    return mark_safe("".join(filled))  # noqa: S308 - the template's, and words escaped above


@cache
def _pieces(language: str | None, status: str, has_small_version: bool) -> list[tuple[str, bool]]:
    """Splits the rendered template at its placeholders: every second piece is
    a placeholder's name."""

    def mark(name: str) -> str:
        return f"\ue000{name}\ue000"

    promise = SimpleNamespace(
        statement=mark("statement"),
        smallest_version=mark("small") if has_small_version else "",
        has_small_version=has_small_version,
    )
    checkin = SimpleNamespace(status=status, excuse="", note=mark("note"))
    due: Any = DueToday.__new__(DueToday)
    record = SimpleNamespace(promise=promise, statuses_on=lambda _day: CheckIn.Status.values)
    due.record, due.checkin, due.week, due.day = record, checkin, None, date.min
    rendered = render_to_string("today/_row.html", {"due": due, "key": mark("key"), "form": None})
    bare = INDENTATION.sub("\n", rendered)
    return [(piece, bool(n % 2)) for n, piece in enumerate(MARK.split(bare))]


forget = _pieces.cache_clear
