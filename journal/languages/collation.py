"""The order of words in a list: that of the Unicode Collation Algorithm, not of code points.

The table of pyuca takes a second and 12 MB to load, so the first list with a letter beyond ASCII
loads it. A language whose order differs from it, such as Swedish, has to have its own before it is
shipped (tests/languages/test_collation.py).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, TypeVar

from django.utils.translation import get_language

# The languages that are looked after: for most of them the default table is right.
LANGUAGES = {"en", "de", "fr", "es", "ar"}
# Spanish has ñ as a letter of its own, behind n. What is for private use sorts behind any letter.
SPANISH = str.maketrans({"ñ": "n\ue000", "Ñ": "N\ue000"})

T = TypeVar("T")
_plain = re.compile(r"[A-Za-z0-9 ]*").fullmatch


def sorted_by_name(rows: Iterable[T], name: Callable[[T], str]) -> list[T]:
    """The rows in the order of their names."""
    named = [(name(row), row) for row in rows]
    if all(_plain(one) for one, _row in named):
        # The same order: letters first, then lower case before upper case.
        named.sort(key=lambda pair: (pair[0].lower(), pair[0].swapcase()))
    else:
        key = _collator().sort_key
        letters = SPANISH if (get_language() or "").partition("-")[0] == "es" else {}
        named.sort(key=lambda pair: (key(pair[0].translate(letters)), pair[0]))
    return [row for _name, row in named]


def without_accents(name: str) -> str:
    """A key for short lists of our own words, on pages that should not wait for the table."""
    parts = unicodedata.normalize("NFD", name)
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


@cache
def _collator() -> Any:
    from pyuca import Collator

    return Collator()
