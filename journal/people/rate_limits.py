"""Rate limits. The numbers are ACCOUNT_RATE_LIMITS in settings.

allauth counts for its own pages and for ours, exactly and over all processes (database_cache.py).

Limits on wrong passwords count by network, by address and network together, and by address, and
never lock the owner out. A cookie identifies a browser that signed in to this account before; such
a browser has its own limit, which nobody else can use up. Two limits count right passwords too,
since each costs a hash: by network, and for all known browsers of an account. A mailed code and a
passkey have limits by network only. An attacker who tries someone's address from many networks can
therefore block only one way to sign in: with a password in an unknown browser.
"""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core import signing
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

from journal.people import error_views

View = Callable[..., HttpResponseBase]

APP = "allauth.account"  # whose limits ours are added to
KNOWN, SALT = "known", "a browser that signed in"
A_YEAR = 60 * 60 * 24 * 365
MOST_PEOPLE = 5  # accounts in the cookie of one browser


def limited(action: str, *, gets: bool = False) -> Callable[[View], View]:
    """Decorates a view, after `@login_required`: counts a person's POSTs as `action`, a key of
    ACCOUNT_RATE_LIMITS; and GETs where these cost as much. Without that key allauth would silently
    count nothing, so it raises."""
    if settings.ACCOUNT_RATE_LIMITS and action not in settings.ACCOUNT_RATE_LIMITS:
        raise ImproperlyConfigured(f"ACCOUNT_RATE_LIMITS does not say how often {action} may be.")

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            usage = ratelimit.consume(
                request, app=APP, action=action, user=request.user, limit_get=gets
            )
            if not usage:
                return error_views.too_many(request)
            return view(request, *args, **kwargs)

        return counted

    return decorate


def known_as(request: HttpRequest, address: str) -> str:
    """The token of a browser that has signed in with this address; otherwise empty."""
    return _known(request).get(_name(address), "")


def know(request: HttpRequest, response: HttpResponse, address: str) -> None:
    """Sets the cookie of a browser that has signed in with this address."""
    known, name = _known(request), _name(address)
    known = {name: known.pop(name, "") or secrets.token_hex(8), **known}
    response.set_cookie(
        KNOWN,
        signing.dumps(dict(list(known.items())[:MOST_PEOPLE]), salt=SALT),
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
        path="/accounts/",
    )


def _known(request: HttpRequest) -> dict[str, str]:
    try:
        return signing.loads(request.COOKIES.get(KNOWN, ""), salt=SALT, max_age=A_YEAR)
    except signing.BadSignature:
        return {}


def _name(address: str) -> str:
    """The address hashed, so that the cookie does not reveal it."""
    return salted_hmac(SALT, address.lower()).hexdigest()[:16]
