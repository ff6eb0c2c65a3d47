"""Liveness and readiness checks for monitoring."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET


@require_GET
def alive(request: HttpRequest) -> HttpResponse:
    """Liveness: the process answers. Runs no query."""
    return HttpResponse("ok", content_type="text/plain")


@require_GET
def ready(request: HttpRequest) -> HttpResponse:
    """Readiness: the database answers too; otherwise `server_error` returns 503."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return HttpResponse("ready", content_type="text/plain")
