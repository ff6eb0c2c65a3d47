"""How long somebody stays signed in: until they were away for too long, and never longer than so.

When a session was last used is what its row says already, as the time it ends. That is moved on
now and then while it is used, in a statement of its own: saving the whole session for it could
bring back what another request has just taken away.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.backends import db
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from journal.people.models import User
from journal.privacy.middleware import role_for

AN_HOUR = timedelta(hours=1)
BEGUN, LOCKED = "begun", "locked"


class SessionStore(db.SessionStore):
    """Django's, which also knows when it began and when it was last used."""

    used_at: datetime | None = None

    def load(self) -> dict[str, Any]:
        row = self._get_session_from_db()  # type: ignore[attr-defined]  # not in django-stubs
        if row is None:
            return {}
        data = self.decode(row.session_data)
        self.used_at = row.expire_date - timedelta(seconds=settings.SESSION_COOKIE_AGE)
        return data

    def cycle_key(self) -> None:
        """Signing in: what was there before somebody did does not count."""
        self.pop(BEGUN, None)
        super().cycle_key()

    def save(self, must_create: bool = False) -> None:
        self.setdefault(BEGUN, int(time.time()))
        super().save(must_create)

    @property
    def is_too_old(self) -> bool:
        began = self.get(BEGUN, 0)
        return time.time() - began > settings.SESSION_LONGEST.total_seconds()

    def use(self) -> None:
        """It was used now."""
        until = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        self.model.objects.filter(session_key=self.session_key).update(expire_date=until)


class SessionRequest(HttpRequest):
    session: SessionStore


class SessionLimits:
    """Middleware, outside of the wall: sessions are the installation's own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: SessionRequest) -> HttpResponseBase:
        if role_for(request.path_info) is None or not isinstance(request.user, User):
            return self.get_response(request)
        if request.session.is_too_old:
            logout(request)
            return self.get_response(request)
        lock_after_a_pause(request.session, request.user)
        key = request.session.session_key
        response = self.get_response(request)
        if isinstance(request.user, User) and request.session.session_key == key:
            go_on(request, response, request.user)
        return response


def lock_after_a_pause(session: SessionStore, person: User) -> None:
    """Before anything else looks at the request: also one that comes to nothing uses the session.
    Whether it is still locked, reauthentication.py says."""
    if not person.lock_after or session.used_at is None or LOCKED in session:
        return
    if timezone.now() - session.used_at > timedelta(minutes=person.lock_after):
        session[LOCKED] = time.time()


def go_on(request: SessionRequest, response: HttpResponseBase, person: User) -> None:
    session = request.session
    say_when_it_locks(request, response, person)
    if session.used_at is None or session.modified or LOCKED in session:
        return
    if timezone.now() - session.used_at < pause_noticed(person):
        return
    session.use()
    response.set_cookie(
        settings.SESSION_COOKIE_NAME,
        session.session_key or "",
        max_age=settings.SESSION_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def pause_noticed(person: User) -> timedelta:
    """How exactly a session knows when it was last used."""
    limits = [timedelta(seconds=settings.SESSION_COOKIE_AGE)]
    if person.lock_after:
        limits.append(timedelta(minutes=person.lock_after))
    return min(AN_HOUR, min(limits) / 20)


def say_when_it_locks(request: HttpRequest, response: HttpResponseBase, person: User) -> None:
    """The script locks a page that is left open; it reads in a cookie after how many minutes."""
    wanted, there = str(person.lock_after or ""), request.COOKIES.get("lock", "")
    if wanted == there:
        return
    if wanted:
        response.set_cookie("lock", wanted, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    else:
        response.delete_cookie("lock", samesite="Lax")
