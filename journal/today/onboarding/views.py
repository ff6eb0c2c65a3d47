"""The start: which promise, when, and then Today, where it can be kept at once.

The first page stores the draft, so own words are safe from then on; the second makes the promise.
The long flow (journal/promises/steps.py) stays for a person who wants to think it through.
"""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from journal.guide.edit_views import change
from journal.guide.new_row import IdForm, with_new_id
from journal.people.http import SignedInRequest
from journal.promises import suggestions
from journal.today.onboarding.forms import ChooseForm, WhenForm

PAGES = 3  # the third is Today
# The pages of the former start, and where their question is answered now.
FORMER = {
    "welcome": "onboarding:start",
    "values": "values:list",
    "picture": "rating:list",
    "reminders": "reminders:settings",
    "begin": "onboarding:start",
}


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def choose(request: SignedInRequest) -> HttpResponse:
    """`?id=` is the id of the promise: Back from the next page changes it, and makes no second."""
    person, asked = request.user, IdForm(request.GET)
    pk = asked.cleaned_data["id"] if asked.is_valid() else None
    if request.method == "POST":
        form = ChooseForm(request.POST)
        if form.is_valid():
            return redirect("onboarding:when", form.save(person).pk)
        return render(request, "today/onboarding/choose.html", choices(form))
    page = ChooseForm.of_page(person, pk) if pk else None
    if page is None:
        return redirect(with_new_id(request))
    return render(request, "today/onboarding/choose.html", choices(page))


def choices(form: ChooseForm) -> dict[str, object]:
    return {"form": form, "suggestions": suggestions.FIRST, "strokes": strokes(1)}


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def when(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Sent twice, it makes one promise, and both answers lead to Today."""
    rows = request.user.promises.live()
    promise = get_object_or_404(
        rows.select_for_update() if request.method == "POST" else rows, pk=pk
    )
    if promise.finished_at:
        return redirect("today:today")
    before = f"{reverse('onboarding:start')}?id={promise.pk}"
    if promise.is_line:
        before = promise.get_absolute_url()
    template, context = "today/onboarding/when.html", {"strokes": strokes(2), "before": before}
    found = change(request, promise, WhenForm, template, **context)
    if isinstance(found, HttpResponse):
        return found
    found.save()
    return redirect("today:today")


def strokes(at: int) -> list[str]:
    return ["done"] * (at - 1) + ["current"] + [""] * (PAGES - at)


@require_GET
@login_required
def former(request: SignedInRequest, slug: str) -> HttpResponse:
    if slug not in FORMER:
        raise Http404
    return redirect(FORMER[slug])
