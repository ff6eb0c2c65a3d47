from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from journal.coaching import queries
from journal.coaching.forms import SearchForm
from journal.coaching.search import search_shared
from journal.people.http import SignedInRequest
from journal.people.rate_limits import limited
from journal.privacy.text_search import Needle
from journal.sharing.shareable import KINDS


@require_http_methods(["GET", "POST"])
@limited("search")
def search(request: SignedInRequest) -> HttpResponse:
    """The search words arrive by POST, so no address and no log contains them; so does the
    position of a further page."""
    form = SearchForm(request.POST or None)
    context: dict[str, object] = {"form": form, "kinds": KINDS.values()}
    if request.method == "POST" and form.is_valid():
        needle = Needle.parse(form.cleaned_data["q"])
        finds = search_shared(queries.named(request.user), needle, form.position())
        context["finds"] = finds
    return render(request, "coaching/search.html", context)
