"""Session lifetimes: a session ends after a time without requests, and after a maximum age.

The row's `expire_date` gives the time of last use. The middleware moves it on from time to time, in
an update of this column only: saving the whole session could restore data that a concurrent request
has just removed.
"""

import time
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from journal.people import signed_in
from journal.people.models import User
from journal.privacy.middleware import role_for

AN_HOUR = timedelta(hours=1)
BEGUN, LOCKED, ENDED = "begun", "locked", "ended"
CLEAR_BROWSER = '"cache", "storage"'  # Clear-Site-Data: scripts' copies, the worker, notifications

# What else follows when a person ends a session, here or elsewhere: gets what is in it. An app
# registers it in `AppConfig.ready`.
ON_END: list[Callable[[Mapping[str, Any]], None]] = []


def note_end(session: Mapping[str, Any]) -> None:
    for follow in ON_END:
        follow(session)


class SessionStore(db.SessionStore):
    """Django's session, with the times of its start and its last use, and the person it is of."""

    used_at: datetime | None = None
    person: User | None = None  # until `signed_in` has checked it, only what allauth noted

    def load(self) -> dict[str, Any]:
        found = signed_in.read(self.session_key or "")
        if found is None:
            self._session_key = None
            return {}
        self.person = found.person
        self.used_at = found.until - timedelta(seconds=settings.SESSION_COOKIE_AGE)
        return self.decode(found.data)

    def cycle_key(self) -> None:
        """Signing in restarts the session's age."""
        self.pop(BEGUN, None)
        self.pop(ENDED, None)
        super().cycle_key()

    def save(self, must_create: bool = False) -> None:
        self.setdefault(BEGUN, int(time.time()))
        super().save(must_create)

    @property
    def is_too_old(self) -> bool:
        began = self.get(BEGUN, 0)
        return time.time() - began > settings.SESSION_LONGEST.total_seconds()

    def use(self) -> None:
        """Records that the session was used now."""
        until = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        self.model.objects.filter(session_key=self.session_key).update(expire_date=until)


class SessionRequest(HttpRequest):
    session: SessionStore


class UserSessionsAdapter(DefaultUserSessionsAdapter):
    """ "Sign out everywhere else"."""

    def end_sessions(self, sessions: list[UserSession]) -> None:
        end([session.session_key for session in sessions])
        for session in sessions:
            session.delete()


def end(keys: Collection[str]) -> None:
    """Ends sessions of browsers elsewhere. Their rows stay, without a person, until they would have
    run out: the next request of such a browser is told to clear what it keeps of the person."""
    marked = SessionStore().encode({ENDED: True})
    rows = Session.objects.filter(session_key__in=keys)
    for row in rows:
        note_end(row.get_decoded())
    rows.update(session_data=marked)


class SessionLimits:
    """Middleware, outside the wall, since sessions belong to the installation."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: SessionRequest) -> HttpResponseBase:
        if role_for(request.path_info) is None:
            return self.get_response(request)
        if not isinstance(request.user, User):
            ended = request.session.get(ENDED)
            response = self.get_response(request)
            return clear_browser(response) if ended else response
        if hasattr(request, "access_token"):  # there is no session
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


def clear_browser(response: HttpResponseBase) -> HttpResponseBase:
    response["Clear-Site-Data"] = CLEAR_BROWSER
    if settings.SESSION_COOKIE_NAME not in response.cookies:
        response.delete_cookie(settings.SESSION_COOKIE_NAME, samesite="Lax")
    return response


def lock_after_a_pause(session: SessionStore, person: User) -> None:
    """Locks the session after a pause. Runs before the view, since a request that fails uses the
    session too. reauthentication.py decides whether it is still locked."""
    if not person.lock_after or session.used_at is None or LOCKED in session:
        return
    if timezone.now() - session.used_at > timedelta(minutes=person.lock_after):
        session[LOCKED] = time.time()


def go_on(request: SessionRequest, response: HttpResponseBase, person: User) -> None:
    session = request.session
    say_when_it_locks(request, response, person)
    say_the_name(request, response, person)
    say_the_language(request, response, person)
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
    """The precision of a session's time of last use."""
    limits = [timedelta(seconds=settings.SESSION_COOKIE_AGE)]
    if person.lock_after:
        limits.append(timedelta(minutes=person.lock_after))
    return min(AN_HOUR, min(limits) / 20)


def say_when_it_locks(request: HttpRequest, response: HttpResponseBase, person: User) -> None:
    """Sets the cookie from which the script reads after how many minutes to lock an open page."""
    wanted, there = str(person.lock_after or ""), request.COOKIES.get("lock", "")
    if wanted == there:
        return
    if wanted:
        response.set_cookie("lock", wanted, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    else:
        response.delete_cookie("lock", samesite="Lax")


YEAR = 60 * 60 * 24 * 365


def say_the_name(request: HttpRequest, response: HttpResponseBase, person: User) -> None:
    """Sets the cookie that keeps the chosen name in the title of pages that load no person, and
    of those that the service worker kept (js/page.js)."""
    is_neutral = person.app_name != User.AppName.SELFTRUST
    wanted, there = person.app_name if is_neutral else "", request.COOKIES.get("app", "")
    if wanted and wanted != there:
        response.set_cookie("app", wanted, max_age=YEAR, samesite="Lax")
    elif there and not wanted:
        response.delete_cookie("app", samesite="Lax")


def say_the_language(request: HttpRequest, response: HttpResponseBase, person: User) -> None:
    """Sets the cookie that keeps the chosen language on pages that load no person, and on those
    that the service worker keeps."""
    wanted, there = person.language, request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if wanted and wanted != there and wanted in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wanted,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
