from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from journal.people.http import SignedInRequest
from journal.privacy.scan import Needle
from journal.search.finding import find_entries
from journal.search.forms import SearchForm


@require_http_methods(["GET", "POST"])
@login_required
def search(request: SignedInRequest) -> HttpResponse:
    """The words searched for come by POST, so that they stand in no address and no log."""
    form = SearchForm(request.POST or None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        after = (
            asked["after_day"]
            and asked["after_entry"]
            and (
                asked["after_day"],
                asked["after_entry"],
            )
        )
        found, more = find_entries(
            request.user,
            Needle.parse(asked["q"]),
            since=asked["since"],
            until=asked["until"],
            after=after or None,
        )
        context |= {"found": found, "more": more, "searched": True}
    return render(request, "search/search.html", context)
