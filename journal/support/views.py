from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from journal.support import page_copy
from journal.support.models import Kind


class ThenLookAgain(HttpResponse):
    """Once it has been sent, the copy it was made from is looked after."""

    def close(self) -> None:
        super().close()
        page_copy.refresh_if_old()


@require_GET
def support(request: HttpRequest) -> HttpResponse:
    """The page that is always there: signed in or not, with or without a database.

    It is the same for everyone, sets no cookie, and nobody counts who opens it.
    """
    found = groupby(page_copy.resources(), key=lambda resource: resource.kind)
    groups = [(kind, Kind(kind).label, list(resources)) for kind, resources in found]
    return ThenLookAgain(render(request, "support/support.html", {"groups": groups}).content)
