"""Inviting, and what whoever was invited meets."""

from django.http import Http404, HttpRequest, HttpResponse


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    raise Http404
