"""The service worker, the pages that it opens without a network, and what a device sends later.

All but the outbox are the same for everyone, set no cookie and use no database.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from journal.offline import receiving, worker
from journal.people import clock
from journal.people.http import SignedInRequest
from journal.today.page import Day
from journal.today.saving import open_days_of


@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker is served from the root, since it controls only pages below its own address."""
    return HttpResponse(worker.source(), content_type="text/javascript; charset=utf-8")


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render(request, "offline/offline.html").content)


@require_GET
def grounding(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render(request, "offline/grounding.html").content)


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def outbox(request: SignedInRequest) -> HttpResponse:
    """GET: what a device needs to send, and today's questions for when it is offline. POST: one
    thing that waited; 204 once it is stored."""
    if request.method == "POST":
        receipt = receiving.receive(request.user, request.POST)
        return render(request, "offline/_receipt.html", {"receipt": receipt}, status=receipt.status)
    open_days = open_days_of(request.user)
    day = Day(request.user, open_days.today, open_days)
    context = {
        "day": day,
        "ends_at": clock.begins(request.user, day.day + timedelta(days=1)),
        "session_seconds": settings.SESSION_COOKIE_AGE,
    }
    return render(request, "offline/_outbox.html", context)
