"""Moving a photo to the bin, and bringing it back within 30 days."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from journal.people.http import SignedInRequest
from journal.photos.adding import bring_back
from journal.photos.decoding import PhotoRefused


@require_POST
@login_required
def remove(request: SignedInRequest, pk: UUID) -> HttpResponse:
    row = get_object_or_404(request.user.photos, pk=pk)
    row.trash()
    messages.success(request, _("Moved to bin."), extra_tags=reverse("photos:restore", args=[pk]))
    return redirect("photos:entry", row.entry_id)


@require_POST
@login_required
@transaction.atomic
def restore(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """At its old position, or behind the others. An entry that has ten others keeps those."""
    request.user.lock()
    row = get_object_or_404(request.user.photos, pk=pk)
    try:
        if bring_back(row):
            messages.success(request, _("Photo restored."))
    except PhotoRefused as refused:
        messages.error(request, str(refused))
    return redirect("photos:entry", row.entry_id)
