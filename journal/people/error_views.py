"""Pages for when something is wrong, and the headers that every response carries.

An error page never needs the database, and gives back whatever the person had typed: it is in
the page itself and nowhere else, neither in the session nor in a log.
"""

import re
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from psycopg_pool import PoolClosed, PoolTimeout

from journal.people import resubmit
from journal.privacy.keys import SealBroken

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Response = TypeVar("Response", bound=HttpResponseBase)

UTF8 = re.compile(r"""charset\s*=\s*["']?utf-?8\b""", re.I)
REFUSED = "refused"  # a codec that there is not

KEPT = re.compile(r"[\w-]{1,64}", re.A)  # names the browser's copy of a form (js/autosave.js)

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


def only_utf8(application: "WSGIApplication") -> "WSGIApplication":
    """Takes away a form's codec unless it is UTF-8, for `Headers` to refuse it.

    Codecs such as hex make Django raise while it makes the request, outside of all middleware;
    others such as UTF-7 smuggle in characters that neither templates nor PostgreSQL can hold.
    """

    def guarded(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        kind, _semicolon, parameters = environ.get("CONTENT_TYPE", "").partition(";")
        if "charset" in parameters.lower() and not UTF8.search(parameters):
            environ["CONTENT_TYPE"] = f"{kind}; charset={REFUSED}"
        return application(environ, start_response)

    return guarded


class Headers:
    """Middleware: nothing private is kept by browsers or proxies, and bare refusals get a page.

    HEAD is answered as GET is (the server leaves the body out), so that no view has to name it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "HEAD":
            request.method = "GET"
        response = error_page(request, 400) if is_garbled(request) else self.get_response(request)
        if response.status_code == 405 and not getattr(response, "content", b"x"):
            allow = response["Allow"]
            response = error_page(request, 405)
            response["Allow"] = allow
        elif asks_to_sign_in(response):
            response = signed_out(request, response)
        elif response.status_code in (200, 302) and resubmit.is_held(request):
            response = resubmit.page_after_sign_in(request, response)
        elif has_signed_out(request, response):
            response["Clear-Site-Data"] = '"cache", "storage"'
        elif went_through(request, response):
            kept = request.POST.get("kept", "")
            if KEPT.fullmatch(kept):  # the browser may forget its copy of these words
                response.set_cookie("kept", kept, max_age=60 * 60, samesite="Lax")
        return kept_private(response)


def kept_private(response: Response) -> Response:
    """Error pages do this themselves as well: the middleware above `Headers` may ask for one."""
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("Permissions-Policy", "interest-cohort=(), geolocation=()")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
    patch_vary_headers(response, ["HX-Request"])
    return response


def is_garbled(request: HttpRequest) -> bool:
    """What no browser sends: a form in another codec than UTF-8, a quoted cookie with a NUL."""
    charset = (request.content_params or {}).get("charset", "utf-8")
    if charset.lower() not in {"utf-8", "utf8"}:
        request.encoding = "utf-8"  # so that the page about it can be made
        return True
    return any("\0" in value for value in request.COOKIES.values())


def asks_to_sign_in(response: HttpResponseBase) -> bool:
    return response.status_code == 302 and response["Location"].startswith(settings.LOGIN_URL)


def went_through(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Here a form that was taken leads somewhere else, or is answered with 201 where something is
    shown once; anything else gives it back."""
    return request.method == "POST" and (
        response.status_code in (201, 302, 303) or "HX-Redirect" in response
    )


def has_signed_out(request: HttpRequest, response: HttpResponseBase) -> bool:
    match = request.resolver_match
    return bool(match and match.url_name == "account_logout" and request.method == "POST") and (
        response.status_code == 302
    )


def signed_out(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The session ended meanwhile. What was typed stays in the page; a widget is not swapped."""
    if request.path_info.startswith(resubmit.NOTHING_UNDER):
        return response
    if resubmit.words(request):
        return kept_private(resubmit.page_to_sign_in(request))
    if not is_for_a_part(request):
        return response
    here = urlsplit(request.headers.get("HX-Current-URL", ""))
    place = urlencode({"next": f"{here.path or '/'}{'?' + here.query if here.query else ''}"})
    return HttpResponse(status=204, headers={"HX-Redirect": f"{settings.LOGIN_URL}?{place}"})


def is_for_a_part(request: HttpRequest) -> bool:
    """Whether htmx asked, which puts the answer into a page that is already there."""
    return request.headers.get("HX-Request") == "true"


def error_page(
    request: HttpRequest, status: int, texts: tuple[object, object] | None = None
) -> HttpResponse:
    heading, text = texts or TEXTS[status]
    if "CSRF_COOKIE" not in request.META:
        # What went wrong above Django's own middleware, as where the database is away: a token
        # made anew here would be refused when the form on this page is sent.
        CsrfViewMiddleware(alive).process_request(request)
    context = {
        "status": status,
        "heading": heading,
        "text": text,
        "typed": resubmit.words(request),
        "again": resubmit.to_send_again(request, status),
    }
    template = "pages/error.html#message" if is_for_a_part(request) else "pages/error.html"
    return kept_private(render(request, template, context, status=status))


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
    """allauth asks for it when someone tries too often."""
    return error_page(request, 429)


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
