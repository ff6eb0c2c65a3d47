"""Pages for when something is wrong, and the headers that every response carries.

An error page never needs the database, and gives back whatever the person had typed.
"""

import logging
import sys
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from psycopg_pool import PoolClosed, PoolTimeout

from journal.privacy.keys import SealBroken

log = logging.getLogger(__name__)

NOT_THEIR_WORDS = {"csrfmiddlewaretoken", "id", "version", "next", "login", "email"}

TEXTS = {
    400: (_("We could not read that"), _("Something in the request was not as expected.")),
    403: (
        _("That did not come through"),
        _(
            "This page had been open for a while, or it was sent from somewhere else. Go back, "
            "reload it, and try once more."
        ),
    ),
    404: (_("Nothing here"), _("There is no such page, or it is not yours to see.")),
    405: (_("That is not how this page works"), _("Go back and use the buttons on the page.")),
    413: (
        _("That is too much at once"),
        _("An entry holds up to 20,000 characters. Cut it into parts and save them one by one."),
    ),
    429: (
        _("A little slower, please"),
        _("There were many tries in a short time. Wait a few minutes, then try again."),
    ),
    500: (_("Something went wrong on our side"), _("What you saved is safe. Please try again.")),
    503: (
        _("Back shortly"),
        _(
            "Selftrust is being looked after and cannot answer for a moment. "
            "What you saved is safe."
        ),
    ),
}
SEALED = (
    _("These words cannot be opened"),
    _(
        "They were changed where they are stored, or the key they were sealed with is not here. "
        "Nothing was lost by looking. Please tell the person who runs this server."
    ),
)


class Headers:
    """Middleware: nothing private is kept by browsers or proxies, and bare refusals get a page.

    HEAD is answered as GET is (the server leaves the body out), so that no view has to name it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "HEAD":
            request.method = "GET"
        response = self.get_response(request)
        if response.status_code == 405 and not getattr(response, "content", b"x"):
            allow = response["Allow"]
            response = error_page(request, 405)
            response["Allow"] = allow
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", "interest-cohort=(), geolocation=()")
        patch_vary_headers(response, ["HX-Request"])
        return response


def error_page(
    request: HttpRequest, status: int, texts: tuple[object, object] | None = None
) -> HttpResponse:
    heading, text = texts or TEXTS[status]
    context = {"status": status, "heading": heading, "text": text, "typed": typed_words(request)}
    return render(request, "pages/error.html", context, status=status)


def typed_words(request: HttpRequest) -> list[str]:
    """What the person had written in a form that did not come through, longest first."""
    if request.method != "POST":
        return []
    try:
        items = list(request.POST.items())
    except (RequestDataTooBig, TooManyFieldsSent, OSError):
        return []
    words = [
        value
        for name, value in items
        if name not in NOT_THEIR_WORDS and "password" not in name and len(value.strip()) > 2
    ]
    return sorted(words, key=len, reverse=True)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    too_much = isinstance(exception, (RequestDataTooBig, TooManyFieldsSent))
    return error_page(request, 413 if too_much else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 with the same care when it is the database that is away."""
    error = sys.exc_info()[1]
    if is_database_away(error):
        return error_page(request, 503)
    return error_page(request, 500, SEALED if isinstance(error, SealBroken) else None)


def is_database_away(error: BaseException | None) -> bool:
    return isinstance(error, (OperationalError, InterfaceError, PoolTimeout, PoolClosed))


@require_GET
def alive(request: HttpRequest) -> HttpResponse:
    """Liveness: the process answers. Asks no database."""
    return HttpResponse("ok", content_type="text/plain")


@require_GET
def ready(request: HttpRequest) -> HttpResponse:
    """Readiness: the database answers too; otherwise 503 by way of `server_error`."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return HttpResponse("ready", content_type="text/plain")


def host_name() -> str:
    """Who runs this server, as the person reads it."""
    return settings.HOST_NAME
