"""The middleware that puts every request behind the wall, in the role that its path asks for."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from journal.privacy.http import Request
from journal.privacy.rls import COACH, OWNER, PERSON, acting_as

# Who a request acts as, by the start of its path; everything else, anonymous included, is PERSON.
# Signing in must read other people's addresses, so /accounts/ and /admin/ keep the owner's role.
ROLE_BY_PREFIX = (("/accounts/", OWNER), ("/admin/", OWNER), ("/coach/", COACH))
# Exactly these answer without a database, also when there is none; nothing guards a query there.
WITHOUT_DATABASE = ("/healthz", "/support/")


def role_for(path: str) -> str | None:
    """The role a request to this path runs as; None for a path that needs no database."""
    if path in WITHOUT_DATABASE:
        return None
    return next((role for prefix, role in ROLE_BY_PREFIX if path.startswith(prefix)), PERSON)


class RowLevelSecurityMiddleware:
    """The whole view, and the rendering of its template, happens behind the wall.

    One transaction holds it all. It is rolled back where the answer is a 5xx, and where the view
    raised what became a 404 or another refusal. (Some exceptions are only a way to redirect.)
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
            # Its rows would be read after the transaction is over; unless it says it reads none.
            reads_rows = not getattr(response, "reads_no_rows", False)
            if reads_rows and isinstance(response, StreamingHttpResponse):
                response.streaming_content = [b"".join(response)]
            refused = response.status_code >= 400 and hasattr(request, "raised_in_view")
            if refused or response.status_code >= 500:
                transaction.set_rollback(True)
            return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        # Only noted here: whoever makes the error page may still want to read.
        request.raised_in_view = exception
