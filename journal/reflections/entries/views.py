"""Write, read, change, remove and bring back an entry."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from journal.guide.enough import comes_back
from journal.people.http import SignedInRequest
from journal.privacy.ownership import uuid7
from journal.reflections.entries import pausing, timeline, versions
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
    form = EntryForm(request.POST or None, instance=Entry.begun_by(request.user))
    status = 200
    if request.method == "POST" and form.is_valid() and not comes_back(request):
        entry = form.instance.insert_once()
        if entry:
            return pausing.onward(request, entry)
        form.data = {**request.POST.dict(), "id": uuid7()}
        form.add_error(None, _("Please save once more; nothing is lost."))
        status = 409
    return pausing.with_words(request, form) or render(
        request, "reflections/write.html", {"form": form}, status=status
    )


@require_GET
@login_required
def entry(request: SignedInRequest, pk: UUID) -> HttpResponse:
    entry = get_object_or_404(request.user.entries.live(), pk=pk)
    return render(request, "reflections/entry.html", {"entry": entry})


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: SignedInRequest, pk: UUID) -> HttpResponse:
    rows = request.user.entries.live()
    if request.method == "POST":
        rows = rows.select_for_update()
    entry = get_object_or_404(rows, pk=pk)
    saved = entry.body
    form = EntryForm(versions.settled(request.POST, saved) or None, instance=entry)
    if request.method == "POST" and form.is_valid() and not comes_back(request):
        if not form.is_stale:
            entry.save()
            return pausing.onward(request, entry)
        return pausing.with_words(request, form) or _conflict(request, form, saved)
    return pausing.with_words(request, form) or render(
        request, "reflections/write.html", {"form": form, "entry": entry}
    )


def _conflict(request: SignedInRequest, form: EntryForm, saved: str) -> HttpResponse:
    """Someone with two devices saved here meanwhile: both texts are shown, and one tap decides."""
    mine = form.cleaned_data["body"]
    context = {
        "entry": form.instance,
        "current_version": form.instance.version,
        "title": form.cleaned_data["title"],
        "mine": mine,
        "mine_marked": versions.only_in(mine, saved),
        "theirs_marked": versions.only_in(saved, mine),
    }
    return render(request, "reflections/conflict.html", context, status=409)


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
