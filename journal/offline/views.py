"""The service worker, and the page that it opens without a network.

Both are the same for everyone, set no cookie and use no database.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from journal.offline import worker


@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker is served from the root, since it controls only pages below its own address."""
    return HttpResponse(worker.source(), content_type="text/javascript; charset=utf-8")


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render(request, "offline/offline.html").content)
