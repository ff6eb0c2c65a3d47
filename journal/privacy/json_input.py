"""JSON that comes from outside: a decoder bounded in size and depth.

Every reader of data from a browser or a file uses it (tests/architecture/test_json.py). Python's
own decoder recurses, so that 3,000 brackets end in a RecursionError, and it raises a plain
ValueError for a number of more than 4,300 digits.
"""

import json
from collections.abc import Iterable
from typing import Any, NoReturn

LONGEST = 32 * 1024  # characters; the answer of a passkey takes a few thousand
DEEPEST = 20  # lists and objects inside each other


class TooDeep(json.JSONDecodeError):
    pass


class BoundedDecoder(json.JSONDecoder):
    """Raises JSONDecodeError, and no other exception, whatever the text is.

    `longest` bounds `decode`; the caller of `raw_decode` bounds what it hands over.
    """

    def __init__(self, *, longest: int = LONGEST, deepest: int = DEEPEST, **options: Any) -> None:
        super().__init__(**{"parse_constant": _no_such_number, **options})
        self._longest, self._deepest = longest, deepest

    def decode(self, s: str, *where: Any) -> Any:
        if len(s) > self._longest:
            raise json.JSONDecodeError("Too long", "", 0)
        return super().decode(s, *where)

    def raw_decode(self, s: str, idx: int = 0) -> tuple[Any, int]:
        try:
            value, end = super().raw_decode(s, idx)
        except RecursionError as error:
            raise TooDeep("Too deep", "", 0) from error
        except json.JSONDecodeError:
            raise
        except ValueError as error:
            raise json.JSONDecodeError("No such number", "", 0) from error
        if nesting_depth(value) > self._deepest:
            raise TooDeep("Too deep", "", 0)
        return value, end


def parse(text: str, *, longest: int = LONGEST, deepest: int = DEEPEST) -> Any:
    """Raises JSONDecodeError, which is a ValueError."""
    return BoundedDecoder(longest=longest, deepest=deepest).decode(text)


def nesting_depth(value: Any) -> int:
    """How many lists and objects are inside each other: 0 for a plain value."""
    depth, level = 0, _containers([value])
    while level:
        depth += 1
        level = _containers(
            inner for one in level for inner in (one.values() if isinstance(one, dict) else one)
        )
    return depth


def _containers(values: Iterable[Any]) -> list[Any]:
    return [one for one in values if isinstance(one, (list, dict))]


def _no_such_number(name: str) -> NoReturn:
    raise ValueError(name)
