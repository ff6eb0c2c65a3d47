from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@require_GET
def support(request: HttpRequest) -> HttpResponse:
    """The page that is always there: signed in or not, with or without a database."""
    return render(request, "support/support.html")
