"""The addresses every flow has, from the first step to the trash.

An app adds them to its own: `urlpatterns = [path("", views.walks), *flow_urls(FLOW)]`. The app's
`app_name` is the flow's `namespace`; the model says how a row begins (`new_for`).
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from journal.guide.flow import Flow
from journal.privacy.http import Request

NewRow = Callable[[Any], Any]  # (a request of somebody signed in) -> a row not stored yet


def flow_urls(flow: Flow, new_row: NewRow | None = None) -> list[URLPattern]:
    """`begun` makes the row that a first page starts from, where it depends on the request."""

    @require_http_methods(["GET", "POST"])
    @login_required
    def new(request: Request) -> HttpResponse:
        row = new_row(request) if new_row else flow.model.new_for(request.user)
        return flow.begin(request, row)

    @require_http_methods(["GET", "POST"])
    @login_required
    def step(request: Request, pk: UUID, slug: str) -> HttpResponse:
        return flow.step(request, pk, slug)

    @require_POST
    @login_required
    def draft(request: Request, pk: UUID) -> HttpResponse:
        return flow.answer_idle(request, pk)

    @require_POST
    @login_required
    def restore(request: Request, pk: UUID) -> HttpResponse:
        return flow.restore(request, pk)

    @require_POST
    @login_required
    def delete(request: Request, pk: UUID) -> HttpResponse:
        return flow.remove(request, pk)

    @require_GET
    @login_required
    def trash(request: Request) -> HttpResponse:
        return flow.removed(request)

    return [
        path("new/", new, name="new"),
        path("<uuid:pk>/step/<slug:slug>/", step, name="step"),
        path("<uuid:pk>/draft/", draft, name="draft"),
        path("<uuid:pk>/restore/", restore, name="restore"),
        path("<uuid:pk>/delete/", delete, name="delete"),
        path("trash/", trash, name="trash"),
    ]
