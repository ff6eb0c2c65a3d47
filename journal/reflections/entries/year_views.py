from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from journal.people import clock
from journal.people.http import SignedInRequest
from journal.reflections.entries.forms import PageForm
from journal.reflections.entries.year import build_year, is_possible


@require_GET
@login_required
def year(request: SignedInRequest, year: int) -> HttpResponse:
    if not is_possible(year):
        raise Http404
    narrowing = PageForm(request.user, request.GET).narrowing().labels
    shown = build_year(request.user, year, clock.today(request.user), narrowing)
    context = {"year": shown, "narrowing": narrowing, "choices": narrowing.choices()}
    return render(request, "reflections/entries/year.html", context)
