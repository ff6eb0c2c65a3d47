"""The entrance to the coach area for a session without a second factor."""

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
    """Lives under /accounts/, whose role can read the factors. Asks for one, or for setting one
    up, and redirects back."""
    if not request.user.coaches_since:
        raise Http404
    back = next_url(request, reverse("coach:index"))
    if mfa.was_shown(request):
        return redirect(back)
    if mfa.is_set(request.user):
        return redirect(f"{mfa.page_that_asks(request.user)}?{urlencode({'next': back})}")
    return render(request, "coaching/second_step.html", {"back": back})
