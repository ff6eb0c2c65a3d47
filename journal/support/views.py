from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from journal.support import page_copy
from journal.support.models import Kind


class ThenLookAgain(HttpResponse):
    """Refreshes the copy after the response has been sent."""

    def close(self) -> None:
        super().close()
        page_copy.refresh_if_old()


@require_GET
def support(request: HttpRequest) -> HttpResponse:
    """The page that always works: signed in or not, with or without a database.

    It is the same for everyone, sets no cookie, and nothing counts its visitors.
    """
    found = groupby(page_copy.resources(), key=lambda resource: resource.kind)
    groups = [(kind, Kind(kind).label, list(resources)) for kind, resources in found]
    return ThenLookAgain(render(request, "support/support.html", {"groups": groups}).content)
