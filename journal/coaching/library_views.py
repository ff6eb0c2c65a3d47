"""A coach's own prompts, for later suggestions, and templates for the notes of a session."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from journal.coaching import note_templates, queries
from journal.coaching.forms import LibraryForm, NoteTemplateForm
from journal.coaching.models import LibraryPrompt, NoteTemplate
from journal.guide import library_views
from journal.people.http import SignedInRequest


@require_http_methods(["GET", "POST"])
def library(request: SignedInRequest) -> HttpResponse:
    new, status = LibraryPrompt(owner=request.user), 200
    form = LibraryForm(request.POST or None, instance=new)
    if request.method == "POST" and form.is_valid():
        if form.insert():
            return redirect("coach:library")
        status = 409
    return _page(request, status, form=form)


def _page(
    request: SignedInRequest,
    status: int = 200,
    form: LibraryForm | None = None,
    template_form: NoteTemplateForm | None = None,
) -> HttpResponse:
    coach = request.user
    context = {
        "form": form or LibraryForm(instance=LibraryPrompt(owner=coach)),
        "prompts": queries.library(coach),
        "template_form": template_form or _template_form(request),
        "templates": queries.note_templates(coach),
        "shipped": note_templates.SHIPPED,
    }
    return render(request, "coaching/library.html", context, status=status)


def to_library(_row: Any) -> HttpResponse:
    return redirect("coach:library")


@require_http_methods(["GET", "POST"])
@transaction.atomic
def prompt(request: SignedInRequest, pk: UUID) -> HttpResponse:
    rows = request.user.libraryprompts.live()
    return library_views.edit(request, rows, pk, LibraryForm, "coaching/prompt.html", to_library)


@require_POST
def delete(request: SignedInRequest, pk: UUID) -> HttpResponse:
    rows = request.user.libraryprompts
    library_views.remove(request, rows, pk, _("Deleted."), "coach:restore-prompt")
    return redirect("coach:library")


@require_POST
def restore(request: SignedInRequest, pk: UUID) -> HttpResponse:
    rows = request.user.libraryprompts
    library_views.restore(request, rows, pk, _("Restored to your library."))
    return redirect("coach:library")


def _template_form(request: SignedInRequest, data: Any = None) -> NoteTemplateForm:
    """Beside the form of a prompt, so that its fields have ids of their own."""
    new = NoteTemplate(owner=request.user)
    return NoteTemplateForm(data, instance=new, auto_id="id_template_%s")


@require_POST
def add_template(request: SignedInRequest) -> HttpResponse:
    form = _template_form(request, request.POST)
    status = 200
    if form.is_valid():
        if form.insert():
            messages.success(request, _("Saved."))
            return redirect("coach:library")
        status = 409
    return _page(request, status, template_form=form)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def template(request: SignedInRequest, pk: UUID) -> HttpResponse:
    rows, page = request.user.notetemplates.live(), "coaching/template.html"
    return library_views.edit(request, rows, pk, NoteTemplateForm, page, to_library)


@require_POST
def delete_template(request: SignedInRequest, pk: UUID) -> HttpResponse:
    rows = request.user.notetemplates
    library_views.remove(request, rows, pk, _("Template removed."), "coach:restore-template")
    return redirect("coach:library")


@require_POST
def restore_template(request: SignedInRequest, pk: UUID) -> HttpResponse:
    rows = request.user.notetemplates
    library_views.restore(request, rows, pk, _("Template restored."))
    return redirect("coach:library")
