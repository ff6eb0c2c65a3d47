"""Move an entry to the trash, restore it, or delete it for good."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from journal.people.http import SignedInRequest
from journal.photos.files import remove_after_commit

SHOWN = 100


@require_POST
@login_required
def delete(request: SignedInRequest, pk: UUID) -> HttpResponse:
    entry = get_object_or_404(request.user.entries, pk=pk)
    entry.trash()
    messages.success(request, _("Moved to bin."), extra_tags=reverse("entries:restore", args=[pk]))
    return redirect("entries:list")


@require_POST
@login_required
def restore(request: SignedInRequest, pk: UUID) -> HttpResponse:
    entry = get_object_or_404(request.user.entries, pk=pk)
    entry.restore()
    messages.success(request, _("Restored to your journal."))
    return redirect(entry)


@require_GET
@login_required
def trash(request: SignedInRequest) -> HttpResponse:
    entries = list(request.user.entries.trashed().order_by("-deleted_at")[: SHOWN + 1])
    context = {"entries": entries[:SHOWN], "more": len(entries) > SHOWN}
    return render(request, "reflections/entries/trash.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def remove(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Deletes an entry for good, from the trash only: a live entry goes there first."""
    entry = get_object_or_404(request.user.entries.trashed(), pk=pk)
    if request.method == "POST":
        remove_after_commit(request.user.photos.deleted_with([entry]))
        entry.delete()
        request.user.tags.unused().delete()
        messages.success(request, _("Deleted for good."))
        return redirect("entries:trash")
    return render(request, "reflections/entries/remove.html", {"entry": entry})


@require_http_methods(["GET", "POST"])
@login_required
def empty_trash(request: SignedInRequest) -> HttpResponse:
    entries = request.user.entries.trashed()
    if request.method == "POST":
        remove_after_commit(request.user.photos.deleted_with(entries))
        _all, by_kind = entries.delete()
        request.user.tags.unused().delete()
        count = by_kind.get("entries.Entry", 0)
        text = ngettext("%(n)s entry deleted for good.", "%(n)s entries deleted for good.", count)
        messages.success(request, text % {"n": count})
        return redirect("entries:trash")
    return render(request, "reflections/entries/empty_trash.html", {"count": entries.count()})
