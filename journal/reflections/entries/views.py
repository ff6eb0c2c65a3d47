"""Write, read, change, remove and bring back an entry."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from journal.guide.enough import comes_back
from journal.people.http import SignedInRequest
from journal.reflections.entries import answers, saving, timeline
from journal.reflections.entries.forms import EntryForm, PageForm
from journal.reflections.entries.models import Entry


@require_GET
@login_required
def journal(request: SignedInRequest) -> HttpResponse:
    page = timeline.page_of(request.user, PageForm(request.GET).position())
    return render(request, "reflections/journal.html", {"page": page})


@require_http_methods(["GET", "POST"])
@login_required
def write(request: SignedInRequest) -> HttpResponse:
    begun = Entry.begun_by(request.user)
    if comes_back(request):
        return answers.page(request, EntryForm(request.POST, instance=begun))
    if request.method == "POST":
        return answers.to_a_form(request, saving.save_new(request.user, request.POST))
    return answers.page(request, EntryForm(instance=begun))


@require_GET
@login_required
def entry(request: SignedInRequest, pk: UUID) -> HttpResponse:
    entry = get_object_or_404(request.user.entries.live(), pk=pk)
    return render(request, "reflections/entry.html", {"entry": entry})


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: SignedInRequest, pk: UUID) -> HttpResponse:
    if request.method == "POST":
        entry = saving.locked(request.user, pk)
        if entry is None:
            raise Http404
        if comes_back(request):
            return answers.page(request, EntryForm(request.POST, instance=entry), entry)
        return answers.to_a_form(request, saving.save_again(entry, request.POST))
    entry = get_object_or_404(request.user.entries.live(), pk=pk)
    return answers.page(request, EntryForm(instance=entry), entry)


@require_POST
@login_required
def autosave(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """What stands in the fields when typing pauses. The first time makes the row."""
    entry = saving.locked(request.user, pk)
    if entry:
        result = saving.save_again(entry, saving.sent_before(request.POST))
    else:
        result = saving.save_new(request.user, {**request.POST.dict(), "id": str(pk)})
    return answers.to_autosave(request, result)


@require_POST
@login_required
def delete(request: SignedInRequest, pk: UUID) -> HttpResponse:
    entry = get_object_or_404(request.user.entries, pk=pk)
    entry.trash()
    messages.success(request, _("Moved to the trash."), extra_tags=f"/journal/{pk}/restore/")
    return redirect("journal")


@require_POST
@login_required
def restore(request: SignedInRequest, pk: UUID) -> HttpResponse:
    entry = get_object_or_404(request.user.entries, pk=pk)
    entry.restore()
    messages.success(request, _("It is back in your journal."))
    return redirect(entry)


@require_GET
@login_required
def trash(request: SignedInRequest) -> HttpResponse:
    entries = request.user.entries.trashed().order_by("-deleted_at")[:100]
    return render(request, "reflections/trash.html", {"entries": entries})
