"""A coach's private notes: under their own seal; nobody else reads them."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from journal.coaching import session_views
from journal.coaching.client_views import client_page, found
from journal.coaching.forms import NoteForm
from journal.coaching.models import CoachNote
from journal.guide import library_views
from journal.people.http import SignedInRequest


@require_POST
def add(request: SignedInRequest, pk: UUID) -> HttpResponse:
    one = found(request.user, pk)
    form = NoteForm(request.POST, instance=CoachNote(owner=request.user, client=one.client))
    status = 200
    if form.is_valid():
        if form.insert():
            messages.success(request, _("Saved."))
            to_brief = request.POST.get("next") == "brief" and one.link
            return redirect("coach:brief" if to_brief else "coach:client", one.client.pk)
        status = 409
    return client_page(request, one, status, notes=form)


@require_POST
def add_to_session(request: SignedInRequest, pk: UUID) -> HttpResponse:
    one, _link, session = session_views.found(request.user, pk)
    note = CoachNote(owner=request.user, client=one.client, session_id=session.pk)
    form, status = NoteForm(request.POST, instance=note), 200
    if form.is_valid():
        if form.insert():
            messages.success(request, _("Saved."))
            return redirect(session)
        status = 409
    return session_views.session_page(request, one, session, status, asking=form)


def to_client(note: CoachNote) -> HttpResponse:
    return redirect("coach:client", note.client_id)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def note(request: SignedInRequest, pk: UUID) -> HttpResponse:
    rows = request.user.coachnotes.live()
    return library_views.edit(request, rows, pk, NoteForm, "coaching/note.html", to_client)


@require_POST
def delete(request: SignedInRequest, pk: UUID) -> HttpResponse:
    rows = request.user.coachnotes
    return to_client(library_views.remove(request, rows, pk, _("Deleted."), "coach:restore-note"))


@require_POST
def restore(request: SignedInRequest, pk: UUID) -> HttpResponse:
    rows = request.user.coachnotes
    return to_client(library_views.restore(request, rows, pk, _("Restored to your notes.")))
