from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from journal.help.sources import SOURCES
from journal.people.http import SignedInRequest

COOKIE = "shortcuts"  # "off": no single keys on this device (static/js/shortcuts.js)
YEAR = 60 * 60 * 24 * 365


@require_GET
@login_required
def overview(request: SignedInRequest) -> HttpResponse:
    return render(request, "help/overview.html")


@require_GET
@login_required
def practice(request: SignedInRequest, slug: str) -> HttpResponse:
    """What is known about a practice, in plain words, and where that comes from."""
    if slug not in SOURCES:
        raise Http404
    template = f"help/{slug.replace('-', '_')}.html"
    return render(request, template, {"sources": SOURCES[slug]})


@require_http_methods(["GET", "POST"])
@login_required
def keyboard(request: SignedInRequest) -> HttpResponse:
    """The keyboard shortcuts, and whether single keys act on this device."""
    if request.method == "POST":
        response = redirect("help:keyboard")
        if request.POST.get("keys") == "off":
            response.set_cookie(COOKIE, "off", max_age=YEAR, samesite="Lax")
        else:
            response.delete_cookie(COOKIE, samesite="Lax")
        return response
    off = request.COOKIES.get(COOKIE) == "off"
    return render(request, "help/keyboard.html", {"off": off})
