"""Error pages.

An error page never needs the database, and returns all text that the person had typed. Only the
page holds that text, neither the session nor a log.
"""

import sys
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _

from journal.database import errors
from journal.people import health_views, resubmit
from journal.people.http import API_PATH
from journal.privacy.keys import SealBroken
from journal.privacy.storage import StorageAway
from journal.webserver.environ import TURNED_AWAY
from journal.webserver.requests import RETRY_AFTER

A_MINUTE = "60"  # over which the limits of the API count
Response = TypeVar("Response", bound=HttpResponseBase)
TEXTS = {
    400: (
        _("We couldn’t read that"),
        _("Something in the request wasn’t right. Go back and try again."),
    ),
    403: (
        _("That didn’t go through"),
        _(
            "The page had been open for a while, or the request came from somewhere else. "
            "Go back, reload the page and try again."
        ),
    ),
    404: (_("Page not found"), _("There’s no page here, or it isn’t yours to see.")),
    405: (_("This page doesn’t work that way"), _("Go back and use the buttons on the page.")),
    408: (
        _("That took too long"),
        _("The connection was too slow. Go back: what you typed is still on the page."),
    ),
    409: (
        _("One at a time"),
        _("Another file of yours is still uploading. Wait for it to finish, then send this one."),
    ),
    413: (
        _("That’s too much at once"),
        _(
            "An entry can have up to 20,000 characters. Split it into parts and save them one "
            "at a time."
        ),
    ),
    429: (
        _("A little slower, please"),
        _("That was a lot of attempts in a short time. Wait a few minutes, then try again."),
    ),
    500: (
        _("Something went wrong on our side"),
        _("Everything you’ve saved is safe. Please try again."),
    ),
    507: (
        _("There’s no room for this right now"),
        _(
            "This server’s disk is nearly full. Everything you’ve saved is safe, and you "
            "can go on writing. Please tell the person who runs it."
        ),
    ),
    503: (
        _("Back soon"),
        _("Selftrust is unavailable for a moment. Everything you’ve saved is safe."),
    ),
}
SHARED = (
    _("That’s too much at once"),
    _(
        "Your photos are too large to come in this way. Save your note first, then add them to "
        "it, up to 20 MB each."
    ),
)
FULL = (
    _("Nothing can be saved right now"),
    _(
        "The server’s disk is full. Everything you’ve already saved is safe. Please tell "
        "the person who runs this server."
    ),
)
READ_ONLY = (
    _("Nothing can be saved right now"),
    _(
        "For now you can read your journal but not change it. Everything you’ve already saved "
        "is safe."
    ),
)
BUSY = (
    _("One moment, please"),
    _(
        "Several people are signing in right now. Nothing has changed. Go back, wait a few "
        "seconds and try again."
    ),
)
CROWDED = (
    _("One moment, please"),
    _(
        "A lot of people are here right now, and this didn’t get through. Everything you’ve saved "
        "is safe. Try again in a few seconds."
    ),
)
AWAY = (
    _("This can’t be reached right now"),
    _(
        "The place where files are kept doesn’t answer. Nothing is lost. Wait a minute and try "
        "again."
    ),
)
SEALED = (
    _("These words can’t be read"),
    _(
        "They’ve been altered in the database, or the key that encrypted them is missing. "
        "Opening this page hasn’t changed anything. Please tell the person who runs this "
        "server."
    ),
)
# What a 503 is counted as (docs/monitoring.md), which errors are one, and their page.
Applies = Callable[[BaseException | None], bool]
UNAVAILABLE: tuple[tuple[str, Applies, tuple[object, object]], ...] = (
    ("disk_full", errors.is_full, FULL),
    ("read_only", errors.is_read_only, READ_ONLY),
    ("database", errors.is_away, TEXTS[503]),
    ("storage", lambda error: isinstance(error, StorageAway), AWAY),
)


def kept_private(response: Response) -> Response:
    """Error pages call this too, since middleware above `Headers` may render one."""
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("Permissions-Policy", "interest-cohort=(), geolocation=()")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
    patch_vary_headers(response, ["HX-Request"])
    return response


def is_for_a_part(request: HttpRequest) -> bool:
    """Whether htmx sent the request and will swap the response into an open page."""
    return request.headers.get("HX-Request") == "true"


def error_page(
    request: HttpRequest, status: int, texts: tuple[object, object] | None = None
) -> HttpResponse:
    heading, text = texts or TEXTS.get(status, TEXTS[400])
    if health_views.wants_json(request):
        return kept_private(health_views.failed(status, sys.exc_info()[1]))
    if request.path_info.startswith(API_PATH):
        return kept_private(problem(status, heading, text))
    if "CSRF_COOKIE" not in request.META:
        # An error in middleware above Django's CSRF middleware, such as a lost database connection:
        # the form on this page needs the existing token, since Django would reject a new one.
        CsrfViewMiddleware(server_error).process_request(request)
    context = {
        "status": status,
        "heading": heading,
        "text": text,
        "typed": resubmit.words(request),
        "again": resubmit.to_send_again(request, status),
    }
    template = "people/error.html#message" if is_for_a_part(request) else "people/error.html"
    return kept_private(render(request, template, context, status=status))


def problem(status: int, title: object, detail: object, **more: Any) -> JsonResponse:
    """What a program gets where a person gets a page (RFC 9457)."""
    body = {"title": str(title), "status": status, "detail": str(detail), **more}
    response = JsonResponse(body, status=status, content_type="application/problem+json")
    if status == 429:
        response["Retry-After"] = A_MINUTE
    return response


def refused(request: HttpRequest, status: int) -> HttpResponse:
    """The page for a request whose body the web server has not read."""
    is_share = status == 413 and request.path_info == settings.SHARE_PATH
    return error_page(request, status, SHARED if is_share else None)


class NoFiles(FileUploadHandler):
    """Who has sent them is unknown without a session. The other fields are read as ever."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never called."""

    def file_complete(self, file_size: int) -> None:
        """Never called."""


def shed(request: HttpRequest) -> HttpResponse:
    """The page for a request that the web server has no thread for, with what was typed."""
    request.upload_handlers = [NoFiles(request)]
    response = error_page(request, 503, CROWDED)
    response["Retry-After"] = RETRY_AFTER
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    too_much = isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent))
    return error_page(request, 413 if too_much else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 404)


def too_many(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """allauth's handler for requests over the rate limit."""
    return error_page(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 if the database or the storage is unavailable, or a disk is full."""
    error = sys.exc_info()[1]
    for reason, applies, texts in UNAVAILABLE:
        if applies(error):
            if request.path_info not in health_views.PATHS:  # no person waits for these
                request.META[TURNED_AWAY] = reason
            return error_page(request, 503, texts)
    return error_page(request, 500, SEALED if isinstance(error, SealBroken) else None)
