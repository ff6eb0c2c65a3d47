"""Choose what a coach sees, preview exactly that, and save it."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from journal.people.http import SignedInRequest
from journal.people.reauthentication import asked_first
from journal.sharing import overview, sharing_form, sharing_options
from journal.sharing import preview as previews
from journal.sharing.models.links import CoachLink
from journal.sharing.shareable import KINDS
from journal.sharing.shared_photos import Ticks
from journal.sharing.sharing_form import Change, ChoiceForm


class OlderForm(forms.Form):
    older = forms.ChoiceField(choices=[(name, name) for name in KINDS])
    after = forms.UUIDField(required=False)


@require_GET
@login_required
def choose(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The address carries the choices, so the page after the preview shows them again."""
    link, asked, form = own_link(request, pk), OlderForm(request.GET), ChoiceForm(request.GET)
    chosen = form if "again" in request.GET and form.is_valid() else None
    if asked.is_valid():
        kind = KINDS[asked.cleaned_data["older"]]
        found = sharing_options.older(link, kind, asked.cleaned_data["after"], chosen)
    else:
        found = sharing_options.recent_options(link, chosen)
    return render(request, "sharing/choose.html", {"link": link, "choices": found})


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def preview(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The address carries the choices, as ids and options only: a preview changes nothing.

    New grants need reauthentication first; a page that only revokes does not.
    """
    form = ChoiceForm(request.GET)
    if not form.is_valid():
        raise Http404
    if request.method == "POST":
        own_link(request, pk).lock()
    ticks = Ticks(request.POST if request.method == "POST" else None)
    read = partial(sharing_form.change, request.user, pk, form, ticks)
    found = read()
    if found is None:
        raise Http404
    if (found.give or found.photos) and (asks := asked_first(request, request.get_full_path())):
        return asks
    if request.method == "POST":
        return _save(request, found)
    preview = previews.build_preview(found, read) if found or found.photos else None
    found = preview.change if preview else found
    context: dict[str, Any] = {"link": found.link, "change": found, "preview": preview}
    context["choices"] = choices_of(request, found.link)
    context["back_then"] = [_named(wish) for wish in found.stays_back]
    context["taken"] = [overview.name_of(one.scope, one.about) for one in found.take_back]
    return render(request, "sharing/preview.html", context)


def _save(request: SignedInRequest, found: Change) -> HttpResponse:
    if found:
        sharing_form.make(found)
        messages.success(request, _("Saved."))
    if found.stays_back:
        messages.info(request, _("Whatever you stopped sharing on another page stays private."))
    return redirect("sharing:overview")


def _named(wish: Any) -> Any:
    return overview.name_of(wish.scope, wish.about)


def choices_of(request: SignedInRequest, link: CoachLink) -> str:
    """The address of the form with all choices."""
    asked = request.GET.copy()
    asked["again"], asked["older"] = "1", asked.get("kind", "")
    return f"{link.get_absolute_url()}?{asked.urlencode()}"


def own_link(request: SignedInRequest, pk: UUID) -> CoachLink:
    link = get_object_or_404(request.user.coachlinks.active(), pk=pk)
    link.owner = request.user
    return link
