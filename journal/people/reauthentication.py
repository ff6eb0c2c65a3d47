"""Re-authentication before sensitive views, and for locked sessions.

A view that needs the password, a passkey or a code from the last minutes has allauth's
`@reauthentication_required`, right after `@login_required`. A locked session gets only the page
that asks. No text is lost: that page holds the posted form and posts it afterwards (resubmit.py).
allauth itself keeps a posted form in the session and runs the view as the owner of the tables, so
only /accounts/ uses that.
"""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from journal.people import resubmit
from journal.people.http import SignedInRequest, next_url, page_around
from journal.people.sessions import LOCKED
from journal.privacy.http import Request
from journal.privacy.middleware import role_for

# The pages that a locked session may open: re-authentication and signing out.
OPEN = {
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "account_logout",
    "lock",
}


class ReauthenticationMiddleware:
    """Middleware, inside the wall and after the CSRF middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: Request, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if role_for(request.path_info) is None or not request.user.is_authenticated:
            return None
        if not is_locked(request):
            return None
        request.is_locked = True
        match = request.resolver_match
        return None if match and match.url_name in OPEN else ask(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, ReauthenticationRequired) or request.user.is_anonymous:
            return None
        stays = request.path_info.startswith("/accounts/") and request.method == "POST"
        if stays and not any("password" in name for name in request.POST):
            return None
        return ask(request)


def is_locked(request: HttpRequest) -> bool:
    """A session is locked from the end of the pause until the person re-authenticates."""
    session = request.session
    since = session.get(LOCKED)
    if since is None:
        return False
    for record in get_authentication_records(request, request.user):
        if record.get("reauthenticated") and record["at"] > since:
            del session[LOCKED]
            return False
    return True


def ask(request: HttpRequest) -> HttpResponse:
    """The page that asks to re-authenticate, with the posted form if it contains text."""
    if request.method == "POST" and resubmit.is_worth_holding(request):
        return resubmit.page_to_ask(request)
    back = request.get_full_path()
    if request.headers.get("HX-Request") == "true":
        asking = page_that_asks(request, page_around(request))
        return HttpResponse(status=204, headers={"HX-Redirect": asking})
    if request.method == "POST" and not request.path_info.startswith("/accounts/"):
        back = reverse("people:home")
    return redirect(page_that_asks(request, back))


def asked_first(request: HttpRequest, back: str) -> HttpResponse | None:
    """For a view that decides only while it runs whether it needs re-authentication: a redirect to
    the page that asks, which leads on to `back`, or None after a recent re-authentication."""
    if _has_just_shown_it(request) or did_recently_reauthenticate(request):
        return None
    return redirect(page_that_asks(request, back))


def _has_just_shown_it(request: HttpRequest) -> bool:
    """Reads only the session; allauth would first query every method of the person."""
    records = get_authentication_records(request, request.user)
    shown = [one["at"] for one in records if one.get("reauthenticated")]
    return bool(shown) and time.time() - shown[-1] < app_settings.REAUTHENTICATION_TIMEOUT


def page_that_asks(request: HttpRequest, back: str) -> str:
    methods = get_adapter().get_reauthentication_methods(request.user)
    return f"{methods[0]['url']}?{urlencode({'next': back})}"


@require_GET
@login_required
def lock(request: SignedInRequest) -> HttpResponse:
    """The script loads this page when a page was left open for too long."""
    back = next_url(request, "/")
    if request.user.lock_after:
        request.session.setdefault(LOCKED, time.time())
        request.is_locked = True
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': back})}")
