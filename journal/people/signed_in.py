"""The session of a request and the person it belongs to, from one statement.

Django compiles and sends a query for each, on every page. allauth keeps whose a session is, so a
join finds the person with it. That alone signs nobody in: what the session itself says decides, by
Django's own check, which also decides whatever is not as plain as that.
"""

from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.db import DEFAULT_DB_ALIAS, connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from journal.people.models import User

FIELDS = User._meta.concrete_fields
READ = f"""
select s.session_data, s.expire_date, {", ".join(f"u.{field.column}" for field in FIELDS)}
  from django_session s
  left join usersessions_usersession b on b.session_key = s.session_key
  left join people_user u on u.id = b.user_id
 where s.session_key = %s and s.expire_date > %s
"""  # noqa: S608 - our own words only


class SessionRow(NamedTuple):
    data: str
    until: datetime
    person: User | None  # as allauth has it


def read(session_key: str) -> SessionRow | None:
    """The session with that key, unless it has run out."""
    with connection.cursor() as cursor:  # which sends the limits along (database/deadlines.py)
        cursor.execute(READ, [session_key, timezone.now()])
        row = cursor.fetchone()
    return SessionRow(row[0], row[1], _person(row[2:])) if row else None


def _person(values: tuple[object, ...]) -> User | None:
    held = {}
    for field, value in zip(FIELDS, values, strict=True):
        convert = getattr(field, "from_db_value", None)
        held[field.attname] = convert(value, None, connection) if convert else value
    return User.from_db(DEFAULT_DB_ALIAS, [*held], [*held.values()]) if held["id"] else None


class Authentication(AuthenticationMiddleware):
    """Django's, without its query for a person who came with the session."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _user_of(request))  # type: ignore[assignment]  # as Django does


def _user_of(request: Any) -> User | AnonymousUser:
    if not hasattr(request, "_cached_user"):
        request._cached_user = _plainly(request.session) or auth.get_user(request)
    return request._cached_user


def _plainly(session: Any) -> User | None:
    """The person, where all is as usual; None leaves it to Django."""
    given = session.get(auth.HASH_SESSION_KEY)  # reads it
    person = session.person
    if person is None or not given or not person.is_active:
        return None
    if session.get(auth.SESSION_KEY) != str(person.pk):
        return None
    if session.get(auth.BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    return person if constant_time_compare(given, person.get_session_auth_hash()) else None
