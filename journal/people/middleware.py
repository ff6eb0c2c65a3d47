"""Middleware for the headers of every response and for malformed requests."""

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from journal.people import resubmit
from journal.people.error_views import BUSY, error_page, is_for_a_part, kept_private, refused, shed
from journal.people.hashers import HashingBusy
from journal.people.http import page_around
from journal.people.sessions import CLEAR_BROWSER
from journal.privacy import form_account
from journal.privacy.http import Request
from journal.webserver.environ import REFUSED, SHED, TURNED_AWAY

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


UTF8 = re.compile(r"""charset\s*=\s*["']?utf-?8\b""", re.I)
NO_CODEC = "refused"
NO_PAGE = (b"", b"Method not allowed")  # how Django and django-ninja answer 405
KEPT = re.compile(r"[\w-]{1,64}", re.A)  # names the browser's copy of a form (js/autosave.js)


def only_utf8(application: "WSGIApplication") -> "WSGIApplication":
    """Replaces the charset of a form unless it is UTF-8, so that `Headers` rejects the request.

    Codecs such as hex make Django raise while it creates the request, outside of all middleware;
    others such as UTF-7 allow characters that neither templates nor PostgreSQL can hold.
    """

    def guarded(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        kind, _semicolon, parameters = environ.get("CONTENT_TYPE", "").partition(";")
        if "charset" in parameters.lower() and not UTF8.search(parameters):
            environ["CONTENT_TYPE"] = f"{kind}; charset={NO_CODEC}"
        return application(environ, start_response)

    return guarded


class Headers:
    """Middleware that keeps browsers and proxies from caching pages, and gives errors without a
    body a page.

    It turns HEAD into GET (the server leaves the body out), so that no view has to name it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "HEAD":
            request.method = "GET"
        if REFUSED in request.META or SHED in request.META:  # by the web server
            status = request.META.get(REFUSED)
            refusal = refused(request, status) if status else shed(request)
            refusal._has_been_logged = True  # type: ignore[attr-defined]  # Django's own mark: an
            return refusal  # attacker would fill the log
        response = error_page(request, 400) if is_garbled(request) else self.get_response(request)
        if response.status_code == 405 and getattr(response, "content", b"x") in NO_PAGE:
            allow = response["Allow"]
            response = error_page(request, 405)
            response["Allow"] = allow
        elif asks_to_sign_in(response):
            response = signed_out(request, response)
        elif response.status_code in (200, 302) and resubmit.is_held(request):
            response = resubmit.page_after_sign_in(request, response)
        elif has_signed_out(request, response):
            response["Clear-Site-Data"] = CLEAR_BROWSER
        elif went_through(request, response):
            kept = request.POST.get("kept", "")
            if KEPT.fullmatch(kept):  # the browser may delete its copy of this text
                response.set_cookie("kept", kept, max_age=60 * 60, samesite="Lax")
        if getattr(request, "is_hashing_busy", False):
            response.status_code, response["Retry-After"] = 503, "5"
            request.META[TURNED_AWAY] = "signing_in"
        return kept_private(response)

    def process_exception(self, request: Request, exception: Exception) -> HttpResponse | None:
        """For forms that set a password; those that check one show the sentence themselves."""
        if not isinstance(exception, HashingBusy):
            return None
        request.is_hashing_busy = True
        return error_page(request, 503, BUSY)


class FormAccount:
    """Middleware, after the one that asks a locked session: refuses a form from the page of another
    account, and gives its words back. Nothing is saved."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        # Like Django's CSRF middleware, which has just read every form but those of such views.
        if request.method != "POST" or getattr(view, "csrf_exempt", False):
            return None
        given = request.POST.get(form_account.FIELD)
        if given is None or request.user.is_anonymous or form_account.is_of(request.user, given):
            return None
        return resubmit.page_of_words(request)


def is_garbled(request: HttpRequest) -> bool:
    """Whether the request is one no browser sends: a form that is not in UTF-8, or a quoted cookie
    with a NUL."""
    charset = (request.content_params or {}).get("charset", "utf-8")
    if charset.lower() not in {"utf-8", "utf8"}:
        request.encoding = "utf-8"  # so that the error page can be rendered
        return True
    return any("\0" in value for value in request.COOKIES.values())


def asks_to_sign_in(response: HttpResponseBase) -> bool:
    return response.status_code == 302 and response["Location"].startswith(
        reverse(settings.LOGIN_URL)
    )


def went_through(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether the form was accepted. Views then redirect, or answer 201 to show something once; any
    other response shows the form again."""
    return request.method == "POST" and (
        response.status_code in (201, 302, 303) or "HX-Redirect" in response
    )


def has_signed_out(request: HttpRequest, response: HttpResponseBase) -> bool:
    match = request.resolver_match
    return bool(match and match.url_name == "account_logout" and request.method == "POST") and (
        response.status_code == 302
    )


def signed_out(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The session ended meanwhile: returns a page with the typed text. A request by htmx without
    text gets no page to swap in."""
    if request.path_info.startswith(resubmit.NOTHING_UNDER):
        return response
    if resubmit.words(request):
        return kept_private(resubmit.page_to_sign_in(request))
    if not is_for_a_part(request):
        return response
    place = urlencode({"next": page_around(request)})
    return HttpResponse(
        status=204, headers={"HX-Redirect": f"{reverse(settings.LOGIN_URL)}?{place}"}
    )
