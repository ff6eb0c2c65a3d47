"""The way into the coach area for whoever has not shown a second step in this session."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from journal.people import mfa
from journal.people.http import SignedInRequest, next_url


@require_GET
@login_required
def require_second_step(request: SignedInRequest) -> HttpResponse:
    """Under /accounts/, where what they have set up can be read. Asks for it, or for setting one
    up, and leads back."""
    if not request.user.coaches_since:
        raise Http404
    back = next_url(request, reverse("coach:index"))
    if mfa.was_shown(request):
        return redirect(back)
    if mfa.is_set(request.user):
        return redirect(f"{mfa.page_that_asks(request.user)}?{urlencode({'next': back})}")
    return render(request, "coaching/second_step.html", {"back": back})
