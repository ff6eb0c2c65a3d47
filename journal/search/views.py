from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from journal.people.http import SignedInRequest
from journal.people.rate_limits import limited
from journal.privacy.text_search import Needle
from journal.search.forms import SearchForm
from journal.search.queries import find_entries


@require_http_methods(["GET", "POST"])
@login_required
@limited("search")
def search(request: SignedInRequest) -> HttpResponse:
    """The search terms come by POST, so that no URL and no log contains them.

    While someone types, htmx requests only the results.
    """
    form = SearchForm(request.user, request.POST or None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        needle = Needle.parse(form.cleaned_data["q"])
        context["finds"] = find_entries(request.user, needle, form.filters(), form.position())
    typing = request.htmx.target == "results"
    template = "search/search.html#results" if typing else "search/search.html"
    return render(request, template, context | {"typing": typing})
