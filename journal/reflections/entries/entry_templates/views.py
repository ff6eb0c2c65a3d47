"""Own templates: add one, rename or change it, move it to the bin."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from journal.guide import library_views
from journal.people.http import SignedInRequest
from journal.reflections.entries.entry_templates.forms import EntryTemplateForm
from journal.reflections.entries.entry_templates.models import EntryTemplate
from journal.reflections.entries.entry_templates.shipped import SHIPPED


@require_http_methods(["GET", "POST"])
@login_required
def entry_templates(request: SignedInRequest) -> HttpResponse:
    person, status = request.user, 200
    form = EntryTemplateForm(request.POST or None, instance=EntryTemplate(owner=person))
    if request.method == "POST" and form.is_valid():
        if form.insert():
            messages.success(request, _("Saved."))
            return redirect("entry_templates:list")
        status = 409
    own = person.entry_templates.live().order_by("id")
    context = {"form": form, "own": own, "shipped": SHIPPED}
    return render(request, "reflections/entries/templates.html", context, status=status)


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def entry_template(request: SignedInRequest, pk: UUID) -> HttpResponse:
    rows, template = request.user.entry_templates.live(), "reflections/entries/own_template.html"
    return library_views.edit(
        request,
        rows,
        pk,
        EntryTemplateForm,
        template,
        lambda _row: redirect("entry_templates:list"),
    )


@require_POST
@login_required
def delete(request: SignedInRequest, pk: UUID) -> HttpResponse:
    rows, undo = request.user.entry_templates, "entry_templates:restore"
    library_views.remove(request, rows, pk, _("Template removed."), undo)
    return redirect("entry_templates:list")


@require_POST
@login_required
def restore(request: SignedInRequest, pk: UUID) -> HttpResponse:
    library_views.restore(request, request.user.entry_templates, pk, _("Template restored."))
    return redirect("entry_templates:list")
