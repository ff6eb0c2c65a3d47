"""The middleware for requests without a session: it reads the token of the address.

The wall takes the person from the request before any view runs, so this happens before the wall, in
the role that owns the tables: the token's hash names one row, and with it one person and one scope.
From there on the request acts as that person, and its view does the one thing of that scope. The
browser's session, if it has one, is neither read nor changed.
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
from journal.people.sessions import SessionStore
from journal.privacy.http import Request

PREFIX = "/t/"
ADDRESS = re.compile(rf"{PREFIX}(?P<scope>[a-z]+)/(?P<token>[\w-]{{1,64}})(?:/|\.ics)", re.A)
NETWORK, TOKEN = "token_network", "token"  # keys of ACCOUNT_RATE_LIMITS


class TokenRequest(Request):
    """The request of a view under PREFIX. `access_token` is None for a token that opens nothing."""

    access_token: AccessToken | None


class AccessTokenMiddleware:
    """Stands after Django's authentication, which it replaces under PREFIX."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: TokenRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        request.session, request.user = SessionStore(), AnonymousUser()
        request.access_token = None
        match = ADDRESS.fullmatch(request.path_info)
        if match:
            key = hash_token(match["token"])
            if not _may_try(request, key):
                return error_views.too_many(request)
            request.access_token = _usable(match["scope"], key)
        if request.access_token:
            request.user = request.access_token.owner
        return self.get_response(request)


def _may_try(request: HttpRequest, key: str) -> bool:
    """Counts by network and by token, so that neither guessing nor a broken client costs much.

    GETs too: they are how a feed is read and a token guessed. allauth's public `consume` never
    counts them.
    """
    counted = ((NETWORK, None), (TOKEN, key))
    return all(
        ratelimit.consume(request, app="allauth.account", action=action, key=name, limit_get=True)
        for action, name in counted
    )


def _usable(scope: str, key: str) -> AccessToken | None:
    rows = AccessToken.objects.usable().filter(scope=scope, token_hash=key, owner__is_active=True)
    return rows.select_related("owner").first()
