"""The order of words in a list: that of the Unicode Collation Algorithm, not of code points.

The table of pyuca takes a second and 12 MB to load, so the first list with a letter beyond ASCII
loads it. English needs no tailoring of the table; a language that does, such as Swedish, has to
have one before it is shipped (tests/privacy/test_collation.py).
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, TypeVar

UNTAILORED = {"en"}  # languages for which the default table is right

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
        named.sort(key=lambda pair: (key(pair[0]), pair[0]))
    return [row for _name, row in named]


@cache
def _collator() -> Any:
    from pyuca import Collator

    return Collator()
