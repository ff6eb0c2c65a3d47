"""Middleware for whoever runs a server. Each is there only while its setting is."""

import uuid
from collections.abc import Callable
from time import monotonic

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from journal.monitoring import counters, json_log
from journal.webserver.environ import ARRIVED, TURNED_AWAY

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class RequestId:
    """Names each request: in its log lines, and for its client in a header. What a client sends as
    a name isn't taken, since it would be in the log."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Never reset: Django logs a status only after all middleware. The next request replaces it.
        name = uuid.uuid4().hex
        json_log.request_id.set(name)
        response = self.get_response(request)
        response["X-Request-ID"] = name
        return response


class CountRequests:
    """Outermost, so that it counts every answer, and the time in the web server's queue too."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        arrived = request.META.get(ARRIVED, monotonic())
        response = self.get_response(request)
        view, status, seconds = view_name(request), response.status_code, monotonic() - arrived

        def add(counted: counters.Counters) -> None:
            counted.requests.labels(view, str(status)).inc()
            counted.request_seconds.labels(view).observe(seconds)

        counters.count(add)
        if status == 503 and (reason := request.META.get(TURNED_AWAY)):
            counters.turned_away(reason)  # whom the web server turns away, it counts itself
        return response


def view_name(request: HttpRequest) -> str:
    """As the urls name it; never the address, which may hold an id, a token or what was typed."""
    if request.path_info.startswith(settings.STATIC_URL):
        return "static"
    return json_log.view_of(request) or "none"
