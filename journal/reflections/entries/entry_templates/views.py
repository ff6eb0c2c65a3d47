"""Own templates: add one, rename or change it, move it to the bin."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

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
    rows = request.user.entry_templates.live()
    if request.method == "POST":
        rows = rows.select_for_update()
    one = get_object_or_404(rows, pk=pk)
    form, status = EntryTemplateForm(request.POST or None, instance=one), 200
    if request.method == "POST" and form.is_valid():
        if not form.is_stale:
            one.save(update_fields=["name", "lines"])
            messages.success(request, _("Saved."))
            return redirect("entry_templates:list")
        form.changed_elsewhere(
            _("This was changed somewhere else in the meantime. Save again to use your version.")
        )
        status = 409
    context = {"form": form, "template": one}
    return render(request, "reflections/entries/own_template.html", context, status=status)


@require_POST
@login_required
def delete(request: SignedInRequest, pk: UUID) -> HttpResponse:
    get_object_or_404(request.user.entry_templates.live(), pk=pk).trash()
    undo = reverse("entry_templates:restore", args=[pk])
    messages.success(request, _("Template removed."), extra_tags=undo)
    return redirect("entry_templates:list")


@require_POST
@login_required
def restore(request: SignedInRequest, pk: UUID) -> HttpResponse:
    get_object_or_404(request.user.entry_templates.trashed(), pk=pk).restore()
    messages.success(request, _("Template restored."))
    return redirect("entry_templates:list")
