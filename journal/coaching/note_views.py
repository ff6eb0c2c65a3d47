"""A coach's private notes: under their own seal, read by nobody else."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from journal.coaching.client_views import client_page, found
from journal.coaching.commands import ask_again, change
from journal.coaching.forms import NoteForm
from journal.people.http import SignedInRequest
from journal.sharing.models.roster import CoachNote


@require_POST
def add(request: SignedInRequest, pk: UUID) -> HttpResponse:
    one = found(request.user, pk)
    form = NoteForm(request.POST, instance=CoachNote(owner=request.user, client=one.client))
    status = 200
    if form.is_valid():
        if form.instance.insert_once():
            messages.success(request, _("Saved."))
            to_brief = request.POST.get("next") == "brief" and one.link
            return redirect("coach:brief" if to_brief else "coach:client", one.client.pk)
        ask_again(form)
        status = 409
    return client_page(request, one, status, notes=form)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def note(request: SignedInRequest, pk: UUID) -> HttpResponse:
    rows = request.user.coachnotes.live()
    if request.method == "POST":
        rows = rows.select_for_update()
    one = get_object_or_404(rows, pk=pk)
    form, status = NoteForm(request.POST or None, instance=one), 200
    if request.method == "POST" and form.is_valid():
        if change(form, "body"):
            messages.success(request, _("Saved."))
            return redirect("coach:client", one.client_id)
        status = 409
    context = {"form": form, "note": one, "stored": form.initial["body"] if status == 409 else ""}
    return render(request, "coach/note.html", context, status=status)


@require_POST
def delete(request: SignedInRequest, pk: UUID) -> HttpResponse:
    one = get_object_or_404(request.user.coachnotes.live(), pk=pk)
    one.trash()
    messages.success(request, _("Removed."), extra_tags=reverse("coach:restore-note", args=[pk]))
    return redirect("coach:client", one.client_id)


@require_POST
def restore(request: SignedInRequest, pk: UUID) -> HttpResponse:
    one = get_object_or_404(request.user.coachnotes.trashed(), pk=pk)
    one.restore()
    messages.success(request, _("It is back among your notes."))
    return redirect("coach:client", one.client_id)
