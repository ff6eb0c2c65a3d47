"""The URL patterns every flow has, from the first step to the trash.

An app adds them to its own: `urlpatterns = [path("", views.walks), *flow_urls(FLOW)]`. The app's
`app_name` is the flow's `namespace`; the model's `new_for` makes a new row.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from journal.guide import flow_views
from journal.guide.flow import Flow
from journal.privacy.http import Request

NewRow = Callable[[Any], Any]  # (an authenticated request) -> a row not stored yet


def flow_urls(flow: Flow, new_row: NewRow | None = None) -> list[URLPattern]:
    """`new_row` makes the unsaved row of the first page, where it depends on the request."""

    @require_http_methods(["GET", "POST"])
    @login_required
    def new(request: Request) -> HttpResponse:
        row = new_row(request) if new_row else flow.model.new_for(request.user)
        return flow_views.begin(flow, request, row)

    @require_http_methods(["GET", "POST"])
    @login_required
    def step(request: Request, pk: UUID, slug: str) -> HttpResponse:
        return flow_views.step(flow, request, pk, slug)

    @require_POST
    @login_required
    def draft(request: Request, pk: UUID) -> HttpResponse:
        return flow_views.answer_idle(flow, request, pk)

    @require_POST
    @login_required
    def restore(request: Request, pk: UUID) -> HttpResponse:
        return flow_views.restore(flow, request, pk)

    @require_POST
    @login_required
    def delete(request: Request, pk: UUID) -> HttpResponse:
        return flow_views.remove(flow, request, pk)

    @require_GET
    @login_required
    def trash(request: Request) -> HttpResponse:
        return flow_views.removed(flow, request)

    return [
        path("new/", new, name="new"),
        path("<uuid:pk>/step/<slug:slug>/", step, name="step"),
        path("<uuid:pk>/draft/", draft, name="draft"),
        path("<uuid:pk>/restore/", restore, name="restore"),
        path("<uuid:pk>/delete/", delete, name="delete"),
        path("trash/", trash, name="trash"),
    ]
