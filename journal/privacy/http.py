from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    """A view's request, with the attributes that middleware and upload handlers set."""

    htmx: HtmxDetails
    is_hashing_busy: bool
    is_locked: bool
    raised_in_view: Exception
    sent_too_much: bool
