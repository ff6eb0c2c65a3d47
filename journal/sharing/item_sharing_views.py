"""Sharing one item from its own page: bring it to a session, or keep it out."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from journal.people.http import SignedInRequest
from journal.people.reauthentication import asked_first
from journal.sharing import consent, preview, shareable, sharing_form
from journal.sharing.consent import ShareRequest
from journal.sharing.models.grants import USUAL_DAYS, ShareGrant
from journal.sharing.shared_photos import Ticks
from journal.sharing.sharing_panel import SharingPanel


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def bring(request: SignedInRequest, kind: str, pk: UUID, link: UUID) -> HttpResponse:
    """Previews what the coach will see, then shares the item for a month."""
    coach = get_object_or_404(request.user.coachlinks.active(), pk=link)
    coach.owner = request.user
    row = shareable.find(request.user, kind, pk)
    if row is None:
        raise Http404
    if asks := asked_first(request, request.path):
        return asks
    wish = ShareRequest(ShareGrant.Scope.ITEM, kind, row.pk)
    found = SharingPanel(shareable.KINDS[kind], row)
    if request.method == "POST":
        coach.lock()
        ticks = Ticks(request.POST)
        wishes = sharing_form.build_change(coach, wish, USUAL_DAYS, ticks=ticks).give
        consent.share(coach, wishes, USUAL_DAYS, bring=True)
        messages.success(request, _("Added to your session."))
        return redirect(found.here)
    read = partial(sharing_form.build_change, coach, wish, USUAL_DAYS)
    seen = preview.build_preview(read(), read).items
    context = {
        "link": coach,
        "panel": found,
        "seen": next((one for one in seen if one.item.key == (kind, row.pk)), None),
        "days": USUAL_DAYS,
    }
    return render(request, "sharing/bring.html", context)


@require_POST
@login_required
def keep_out(request: SignedInRequest, kind: str, pk: UUID) -> HttpResponse:
    row = shareable.find(request.user, kind, pk)
    if row is None:
        raise Http404
    consent.keep_out(request.user, kind, row)
    messages.success(request, _("Kept out of sharing."))
    return redirect(SharingPanel(shareable.KINDS[kind], row).here)
