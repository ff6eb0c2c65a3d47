"""Choosing prompts: hide them, offer them again, write own ones."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from journal.guide import library_views
from journal.people import clock
from journal.people.http import SignedInRequest
from journal.people.models import User
from journal.reflections.entries.prompts import selection
from journal.reflections.entries.prompts.forms import OfferForm, OwnPromptForm
from journal.reflections.entries.prompts.models import OwnPrompt
from journal.reflections.practices import DRAWINGS, Practice


@require_http_methods(["GET", "POST"])
@login_required
def prompts(request: SignedInRequest) -> HttpResponse:
    person, status = request.user, 200
    form = OwnPromptForm(request.POST or None, instance=OwnPrompt(owner=person))
    if request.method == "POST" and form.is_valid():
        if form.insert():
            messages.success(request, _("Saved."))
            return redirect("prompts:list")
        status = 409
    context = {"form": form, **page_of(person)}
    return render(request, "reflections/entries/prompts.html", context, status=status)


def page_of(person: User) -> dict[str, object]:
    """Three statements: the offered ones, the hidden ones, the person's own."""
    offered = list(selection.offered(person))
    own = list(person.own_prompts.live().order_by("id"))
    by_practice = [
        (name, DRAWINGS[name], [one for one in offered if one.practice == name])
        for name in Practice
    ]
    unsorted = [one for one in offered if not one.practice]
    return {
        "own": [one for one in own if one.hidden_at is None],
        "practices": [(name.label, drawing, rows) for name, drawing, rows in by_practice if rows],
        "unsorted": unsorted,
        "hidden": [*(one for one in own if one.hidden_at), *selection.hidden(person)],
    }


@require_GET
@login_required
def another(request: SignedInRequest) -> HttpResponse:
    """Another prompt, or none: as a partial for HTMX, otherwise as a page to write on."""
    person, found = request.user, None
    if "none" not in request.GET:
        shown = selection.find(person, request.GET.get("prompt", ""))
        found = selection.another(person, clock.today(person), shown)
    if request.htmx.target == "prompt":
        return render(request, "reflections/entries/_prompt.html#prompt", {"asked": found})
    return redirect(found.write_address if found else "entries:write")


@require_POST
@login_required
def offer(request: SignedInRequest) -> HttpResponse:
    prompt, hide = OfferForm(request.POST).chosen(request.user)
    if prompt is None:
        raise Http404
    if hide:
        prompt.hide_from(request.user)
    else:
        prompt.offer_again_to(request.user)
    return redirect("prompts:list")


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def own_prompt(request: SignedInRequest, pk: UUID) -> HttpResponse:
    rows = request.user.own_prompts.live()
    template = "reflections/entries/own_prompt.html"
    return library_views.edit(
        request, rows, pk, OwnPromptForm, template, lambda _row: redirect("prompts:list")
    )


@require_POST
@login_required
def delete(request: SignedInRequest, pk: UUID) -> HttpResponse:
    library_views.remove(request, request.user.own_prompts, pk, _("Removed."), "prompts:restore")
    return redirect("prompts:list")


@require_POST
@login_required
def restore(request: SignedInRequest, pk: UUID) -> HttpResponse:
    library_views.restore(request, request.user.own_prompts, pk, _("Prompt restored."))
    return redirect("prompts:list")
