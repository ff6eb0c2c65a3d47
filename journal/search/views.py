from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from journal.people.http import SignedInRequest
from journal.people.rate_limits import limited
from journal.search.forms import PageForm, SearchForm
from journal.search.models import Search, store
from journal.search.queries import find
from journal.search.sources import KINDS


@require_http_methods(["GET", "POST"])
@login_required
@limited("search")
def search(request: SignedInRequest) -> HttpResponse:
    """The words come by POST and are stored for an hour, so that no URL and no log contains them.

    While someone types, htmx requests only the results, and the address follows.
    """
    form = SearchForm(request.user, request.POST or None)
    typing = request.htmx.target == "results"
    if request.method == "POST" and form.is_valid():
        stored = store(form.asked(), typing=typing)
        if not typing:
            return redirect(stored)
        response = _page(request, form, stored, typing=True)
        response["HX-Replace-Url"] = stored.get_absolute_url()
        return response
    return _page(request, form, typing=typing)


@require_GET
@login_required
@limited("search", gets=True)
def results(request: SignedInRequest, pk: UUID) -> HttpResponse:
    stored = request.user.searches.recent().by_id(pk)
    if stored is None:
        form = SearchForm(request.user)
        return render(request, "search/search.html", {"form": form, "is_over": True}, status=404)
    return _page(request, SearchForm(request.user, search=stored), stored)


def _page(
    request: SignedInRequest,
    form: SearchForm,
    stored: Search | None = None,
    *,
    typing: bool = False,
) -> HttpResponse:
    context: dict[str, object] = {"form": form, "typing": typing, "search": stored}
    if stored:
        kind, start = PageForm(request.GET).page()
        page = find(request.user, stored, kind, start)
        chips = [(one, page.count_text(one)) for one in KINDS.values()]
        context |= {"page": page, "kind": kind, "chips": chips}
    template = "search/search.html#results" if typing else "search/search.html"
    return render(request, template, context)
