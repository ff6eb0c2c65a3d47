from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from journal.support import listing, page_copy


class ThenLookAgain(HttpResponse):
    """Refreshes the copy after the response has been sent."""

    def close(self) -> None:
        super().close()
        page_copy.refresh_if_old()


@require_GET
def support(request: HttpRequest) -> HttpResponse:
    """The page that always works: signed in or not, with or without a database.

    It is the same for everyone, sets no cookie, and nothing counts its visitors. `?country=SE`
    opens one of the countries on it; an unknown one changes nothing.
    """
    context = listing.page_context(request.GET.get("country", ""))
    return ThenLookAgain(render(request, "support/support.html", context).content)
