"""The URLs of rows, for lists that show hundreds of them.

Django's `reverse` takes some 60 microseconds, and the `url` tag 90; a page of twenty promises has
eighty URLs. URLs of one name differ only by their ids, so this module reverses one and fills in the
ids, which takes 2.
"""

from functools import cache
from uuid import UUID

from django.urls import reverse


def row_url(name: str, *args: UUID | str) -> str:
    """Like `reverse(name, args=args)`. Caches one pattern for each combination of strings, so they
    must be few, such as the names of kinds."""
    ids = tuple(one for one in args if isinstance(one, UUID))
    return _pattern(name, *(None if isinstance(one, UUID) else one for one in args)) % ids


@cache
def _pattern(name: str, *args: str | None) -> str:
    """The URL with `%s` for each argument that is None, which stands for an id."""
    given = [one or UUID(int=number) for number, one in enumerate(args)]
    pattern = reverse(name, args=given).replace("%", "%%")
    for mark in given:
        pattern = pattern.replace(str(mark), "%s") if isinstance(mark, UUID) else pattern
    return pattern
