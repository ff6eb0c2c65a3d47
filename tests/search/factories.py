from typing import Any

from journal.people.models import User
from journal.search.models import Search


def make_search(person: User, words: str, **given: Any) -> Search:
    row: Search = Search.objects.create(owner=person, words=words, **given)
    return row
