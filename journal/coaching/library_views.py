"""A coach's own prompts, for later suggestions."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from journal.coaching import queries
from journal.coaching.edit_views import edit
from journal.coaching.forms import LibraryForm
from journal.coaching.models import LibraryPrompt
from journal.people.http import SignedInRequest


@require_http_methods(["GET", "POST"])
def library(request: SignedInRequest) -> HttpResponse:
    new, status = LibraryPrompt(owner=request.user), 200
    form = LibraryForm(request.POST or None, instance=new)
    if request.method == "POST" and form.is_valid():
        if form.insert():
            return redirect("coach:library")
        status = 409
    context = {"form": form, "prompts": queries.library(request.user)}
    return render(request, "coaching/library.html", context, status=status)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def prompt(request: SignedInRequest, pk: UUID) -> HttpResponse:
    prompts = request.user.libraryprompts.live()
    found = edit(request, prompts, pk, LibraryForm, "text", "coaching/prompt.html")
    return found if isinstance(found, HttpResponse) else redirect("coach:library")


@require_POST
def delete(request: SignedInRequest, pk: UUID) -> HttpResponse:
    get_object_or_404(request.user.libraryprompts.live(), pk=pk).trash()
    undo = reverse("coach:restore-prompt", args=[pk])
    messages.success(request, _("Deleted."), extra_tags=undo)
    return redirect("coach:library")


@require_POST
def restore(request: SignedInRequest, pk: UUID) -> HttpResponse:
    get_object_or_404(request.user.libraryprompts.trashed(), pk=pk).restore()
    messages.success(request, _("Restored to your library."))
    return redirect("coach:library")
