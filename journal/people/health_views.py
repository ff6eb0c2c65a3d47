"""Liveness and readiness checks for monitoring: a word, or JSON for a program that asks for it.

Neither says a version, an address or a reason that the server's log has: anyone may ask.
"""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from journal.database import errors, probe
from journal.privacy.storage import silence
from journal.webserver.environ import ENDING

JSON = "application/json"
PATHS = ("/healthz", "/readyz")


@require_GET
def alive(request: HttpRequest) -> HttpResponse:
    """Liveness: the process answers. Runs no query."""
    return _answer(request, "ok", process=True)


@require_GET
def ready(request: HttpRequest) -> HttpResponse:
    """Readiness: the database answers, takes writes and has all tables. Without an answer, or on a
    full disk, `server_error` returns 503. A process that is about to end takes no new requests."""
    if request.META.get(ENDING):
        return _answer(request, "ending", serving=False)
    if probe.is_read_only():
        return _answer(request, "read-only", database=True, writes=False)
    if probe.lacks_migrations():
        return _answer(request, "migrations are missing", database=True, writes=True, tables=False)
    if wants_json(request) and silence:  # people can write meanwhile, on every machine alike
        fine = {"database": True, "writes": True, "tables": True}
        return _json("ready", 200, {**fine, "storage": False})
    return _answer(request, "ready", database=True, writes=True, tables=True)


def wants_json(request: HttpRequest) -> bool:
    """Without parsing the query, which may be why there is an error to answer."""
    asked = "format=json" in request.META.get("QUERY_STRING", "").split("&")
    asked = asked or JSON in request.headers.get("Accept", "")
    return asked and request.path_info in PATHS


def failed(status: int, error: BaseException | None) -> JsonResponse:
    """What a program that asked for JSON gets in place of an error page."""
    is_known = errors.is_full(error) or errors.is_read_only(error)
    checks = {"database": is_known, "writes": False} if status == 503 else {}
    return _json("unavailable", status, checks)


def _answer(request: HttpRequest, word: str, **checks: bool) -> HttpResponse:
    status = 200 if all(checks.values()) else 503
    if wants_json(request):
        return _json(word, status, checks)
    return HttpResponse(word, content_type="text/plain", status=status)


def _json(word: str, status: int, checks: dict[str, bool]) -> JsonResponse:
    told = {name: "ok" if passed else "failed" for name, passed in checks.items()}
    return JsonResponse({"status": word, "checks": told}, status=status)
