"""Liveness and readiness checks for monitoring."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from journal.database import probe
from journal.webserver.environ import ENDING


@require_GET
def alive(request: HttpRequest) -> HttpResponse:
    """Liveness: the process answers. Runs no query."""
    return HttpResponse("ok", content_type="text/plain")


@require_GET
def ready(request: HttpRequest) -> HttpResponse:
    """Readiness: the database answers and takes writes. Without an answer, or on a full disk,
    `server_error` returns 503. A process that is about to end takes no new requests."""
    if request.META.get(ENDING):
        return HttpResponse("ending", content_type="text/plain", status=503)
    if probe.is_read_only():
        return HttpResponse("read-only", content_type="text/plain", status=503)
    return HttpResponse("ready", content_type="text/plain")
