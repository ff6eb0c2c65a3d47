"""Search: the words come in the body, and are stored nowhere."""

import html
import re
from typing import Any

from django.utils.translation import gettext_noop
from ninja import Router

from journal.api import schemas
from journal.api.api import errors_of
from journal.api.auth import Allows, ApiRequest, allowed
from journal.people.rate_limits import limited
from journal.search.forms import SearchForm
from journal.search.queries import MOST, Result, find

MARK = re.compile("</?mark>")

router = Router(tags=[gettext_noop("Search")])


@router.post(
    "search",
    **allowed(Allows.READ),
    response={200: schemas.Results, **schemas.REFUSALS},
    summary=gettext_noop("Find your own words, wherever you wrote them"),
)
@limited("search")
def search(request: ApiRequest, given: schemas.Query) -> Any:
    asked = {"since": given.since, "until": given.until, "area": given.area}
    form = SearchForm(request.user, {"q": given.words, **asked})
    if not form.is_valid():
        return errors_of(form)
    found = find(request.user, form.asked(), given.kind or "", given.start)
    return {
        "results": [_result(one) for one in found.results],
        "counts": {name: min(number, MOST + 1) for name, number in found.counts.items()},
        "next": found.end if found.older > 0 else None,
    }


def _result(one: Result) -> dict[str, Any]:
    return {
        "kind": one.kind.name,
        "id": one.row.pk,
        "day": one.on,
        "title": _plain(one.title),
        "excerpt": _plain(one.excerpt),
        "address": one.address,
    }


def _plain(marked: str) -> str:
    """A result is HTML whose only tag marks the words."""
    return html.unescape(MARK.sub("", marked))
