"""The earlier versions of an entry from the last 30 days: read one, or restore it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from journal.people.http import SignedInRequest
from journal.people.pagination import first_page
from journal.reflections.entries import diff

SHOWN = 100


@require_GET
@login_required
def earlier_versions(request: SignedInRequest, pk: UUID) -> HttpResponse:
    entry = get_object_or_404(request.user.entries.live(), pk=pk)
    page = first_page(entry.earlier.within_reach().newest_first(), SHOWN)
    return render(
        request, "reflections/entries/earlier_versions.html", {"entry": entry, "page": page}
    )


@require_GET
@login_required
def earlier_version(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    entry = get_object_or_404(request.user.entries.live(), pk=pk)
    one = get_object_or_404(entry.earlier.within_reach().with_labels(), number=number)
    marked = diff.only_in(one.body, entry.body)
    context = {"entry": entry, "earlier": one, "marked": marked}
    return render(request, "reflections/entries/earlier_version.html", context)


@require_POST
@login_required
def bring_back(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    entry = get_object_or_404(request.user.entries.live().select_for_update(of=("self",)), pk=pk)
    one = get_object_or_404(entry.earlier.within_reach(), number=number)
    entry.bring_back(one)
    messages.success(request, _("Restored. What was here before is now under Earlier versions."))
    return redirect(entry)
