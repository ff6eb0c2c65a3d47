"""The middleware that runs every request behind the wall, in the role of its path."""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from journal.privacy.http import Request
from journal.privacy.rls import COACH, OWNER, PERSON, acting_as

# The role by the start of the path; every other request, anonymous included, is PERSON.
# Signing in must read other people's addresses, so /accounts/ and /admin/ keep the owner's role.
# /readyz reads which migrations have run.
ROLE_BY_PREFIX = (
    *(("/accounts/", OWNER), ("/admin/", OWNER), ("/readyz", OWNER)),
    ("/coach/", COACH),
)


def role_for(path: str) -> str | None:
    """The role of a request to this path; None for a path that needs no database."""
    if path in settings.PATHS_WITHOUT_DATABASE:
        return None
    return next((role for prefix, role in ROLE_BY_PREFIX if path.startswith(prefix)), PERSON)


class RowLevelSecurityMiddleware:
    """Runs the view and the rendering of its template behind the wall, in one transaction.

    It rolls back where the response is a 5xx, and where the view raised an exception that became
    a 4xx. (Some exceptions are only a way to redirect.) A request without a session, by an access
    token, is rolled back at every 4xx.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        role = role_for(request.path_info)
        if role is None:
            return self.get_response(request)
        person_id = request.user.pk if request.user.is_authenticated else None
        with acting_as(person_id, role=role):
            response = self.get_response(request)
            # A stream would read its rows after the transaction, unless it sets `reads_no_rows`.
            reads_rows = not getattr(response, "reads_no_rows", False)
            if reads_rows and isinstance(response, StreamingHttpResponse):
                response.streaming_content = [b"".join(response)]
            strict = hasattr(request, "raised_in_view") or hasattr(request, "access_token")
            refused = response.status_code >= 400 and strict
            if refused or response.status_code >= 500:
                transaction.set_rollback(True)
            return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        # The rollback comes later, since the error page may still need to read rows.
        request.raised_in_view = exception
