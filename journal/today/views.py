from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from journal.people import clock
from journal.people.http import SignedInRequest

LAST = 5


@require_GET
@login_required
def today(request: SignedInRequest) -> HttpResponse:
    entries = request.user.entries.live().newest_first()[:LAST]
    context = {
        "day": clock.today(request.user),
        "greeting": greeting(clock.now(request.user).hour),
        "entries": entries,
    }
    return render(request, "today/today.html", context)


def greeting(hour: int) -> str:
    if 5 <= hour < 12:
        return _("Good morning")
    return _("Good afternoon") if 12 <= hour < 18 else _("Good evening")
