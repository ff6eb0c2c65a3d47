"""Addresses from when an entry had one topic: they lead to those with `tag`."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


def topic_is_tag(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def redirecting(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "GET" or "topic" not in request.GET:
            return view(request, *args, **kwargs)
        query = request.GET.copy()
        query["tag"] = str(query.pop("topic")[-1])
        return redirect(f"{request.path}?{query.urlencode()}")

    return redirecting
