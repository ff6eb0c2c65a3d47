"""The middleware for requests without a session: it reads the token of the address, or for
the API the one of the Authorization header.

The wall takes the person from the request before any view runs, so this happens before the wall, in
the role that owns the tables: the token's hash names one row, and with it one person and one scope.
From there on the request acts as that person, and its view does the one thing of that scope. The
browser's session, if it has one, is neither read nor changed; the API takes no cookie at all, so no
page of another site can use it.
"""

import re
from collections.abc import Callable

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from journal.access_tokens.models import AccessToken, hash_token
from journal.people import error_views
from journal.people.http import API_PATH
from journal.people.sessions import SessionStore
from journal.privacy.http import Request

PREFIX = "/t/"
ADDRESS = re.compile(rf"{PREFIX}(?P<scope>[a-z]+)/(?P<token>[\w-]{{1,64}})(?:/|\.ics)", re.A)
HEADER = re.compile(r"Bearer +(?P<token>[\w-]{1,64})", re.A | re.I)
NETWORK, TOKEN, API = "token_network", "token", "api"  # keys of ACCOUNT_RATE_LIMITS


class TokenRequest(Request):
    """The request of a view under PREFIX or of the API. `access_token` is None for a token that
    opens nothing."""

    access_token: AccessToken | None


class AccessTokenMiddleware:
    """Stands after Django's authentication, which it replaces for these addresses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: TokenRequest) -> HttpResponseBase:
        is_api = request.path_info.startswith(API_PATH)
        if not (is_api or request.path_info.startswith(PREFIX)):
            return self.get_response(request)
        if is_api:
            request.COOKIES.clear()
        request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        request.session, request.user = SessionStore(), AnonymousUser()
        request.access_token = None
        if not (_take_header(request) if is_api else _take_address(request)):
            return error_views.too_many(request)
        if request.access_token:
            request.user = request.access_token.owner
        return self.get_response(request)


def _take_address(request: TokenRequest) -> bool:
    """Counts by network and by token, so that neither guessing nor a broken client costs much.
    False if it was tried too often."""
    match = ADDRESS.fullmatch(request.path_info)
    if not match:
        return True
    key = hash_token(match["token"])
    if not (_may_try(request, NETWORK) and _may_try(request, TOKEN, key)):
        return False
    request.access_token = _usable(match["scope"], key)
    return True


def _take_header(request: TokenRequest) -> bool:
    """Counts a token that opens something by itself, any other by network: who guesses in the same
    network as someone's phone keeps that phone from nothing."""
    match = HEADER.fullmatch(request.headers.get("Authorization", ""))
    if not match:
        return True
    key = hash_token(match["token"])
    request.access_token = _usable(AccessToken.Scope.API, key)
    return _may_try(request, API, key) if request.access_token else _may_try(request, NETWORK)


def _may_try(request: HttpRequest, action: str, key: str | None = None) -> bool:
    """GETs count too: they are how a feed is read and a token guessed. allauth's public `consume`
    never counts them."""
    consume = ratelimit.consume
    return bool(consume(request, app="allauth.account", action=action, key=key, limit_get=True))


def _usable(scope: str, key: str) -> AccessToken | None:
    rows = AccessToken.objects.usable().filter(scope=scope, token_hash=key, owner__is_active=True)
    return rows.select_related("owner").first()
