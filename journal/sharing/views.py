"""A client's sharing, and the ways to stop it. Stopping needs no reauthentication."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from journal.people import clock
from journal.people.http import SignedInRequest, next_url
from journal.sharing import audit_log, consent, overview, programs, talk
from journal.sharing import receipt as receipts
from journal.sharing.models.links import CoachLink, ConsentEvent


@require_GET
@login_required
def sharing(request: SignedInRequest) -> HttpResponse:
    context = {"overview": overview.sharing_overview(request.user)}
    return render(request, "sharing/overview.html", context)


@require_GET
@login_required
def grants(request: SignedInRequest) -> HttpResponse:
    """Redirects to the page of the only coach, otherwise lists all of them."""
    links = list(request.user.coachlinks.active()[:2])
    return redirect(links[0] if len(links) == 1 else "sharing:overview")


@require_GET
@login_required
def log(request: SignedInRequest) -> HttpResponse:
    page = audit_log.build_page(request.user, audit_log.position(request.GET))
    return render(request, "sharing/log.html", {"page": page})


@require_GET
@login_required
def receipt(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Also of a link that has ended."""
    link = get_object_or_404(request.user.coachlinks, pk=pk)
    text = receipts.text(request.user, link)
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    name = f"receipt-{timezone.localdate():%Y-%m-%d}.txt"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
@login_required
def stop(request: SignedInRequest) -> HttpResponse:
    ended = consent.stop(request.user)
    if ended:
        text = ngettext(
            "All sharing has stopped. %(n)s item is no longer shared.",
            "All sharing has stopped. %(n)s items are no longer shared.",
            ended,
        )
        messages.success(request, text % {"n": ended})
    else:
        messages.success(request, _("Nothing is shared."))
    return redirect("sharing:overview")


@require_POST
@login_required
def take_back(request: SignedInRequest, pk: UUID) -> HttpResponse:
    grant = get_object_or_404(request.user.sharegrants.select_related("link"), pk=pk)
    consent.take_back(grant.link, [grant])
    messages.success(request, _("No longer shared."))
    return redirect(next_url(request, reverse("sharing:overview")))


@require_POST
@login_required
def end(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Ends the link as client or as coach: the database knows which (functions.sql)."""
    own = request.user.coachlinks.contains(CoachLink(pk=pk))
    ended = CoachLink(pk=pk).end()
    if not ended and not own:
        raise Http404
    if ended:
        messages.success(request, _("The link has ended. Nothing is shared through it any more."))
    return redirect("sharing:overview" if own else "coach:index")


@require_POST
@login_required
@transaction.atomic
def comments(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Turns comments and suggestions off, or on again.

    Locks the link before its row: a coach's comment takes the locks in the same order.
    """
    own = request.user.coachlinks.active()
    get_object_or_404(own, pk=pk).lock()
    link = get_object_or_404(own, pk=pk)
    muted = request.POST.get("do") == "off"
    if muted != bool(link.muted_since):
        link.mute(muted=muted)
        if muted:
            programs.pause_all(link, clock.today(request.user))
        ConsentEvent.log(link, ConsentEvent.What.MUTED if muted else ConsentEvent.What.HEARD)
    said = _("Comments are off.") if muted else _("Comments are on.")
    messages.success(request, said)
    return redirect(next_url(request, reverse("sharing:overview")))


@require_POST
@login_required
@transaction.atomic
def address(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Shows the coach the client's address, or hides it again."""
    own = request.user.coachlinks.active()
    get_object_or_404(own, pk=pk).lock()
    link, shown = get_object_or_404(own, pk=pk), request.POST.get("do") == "show"
    if shown != bool(link.address_shown_since):
        consent.show_address(link, request.user.email if shown else "")
        ConsentEvent.log(link, ConsentEvent.What.ADDRESS if shown else ConsentEvent.What.HIDDEN)
    said = (
        _("They can now see your email address.")
        if shown
        else _("They can no longer see your email address.")
    )
    messages.success(request, said)
    return redirect("sharing:overview")


@require_POST
@login_required
def remove_comment(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """A coach's comment, or a reply: both are the client's."""
    row = talk.find_remark(request.user, pk)
    if row is None:
        raise Http404
    row.trash()
    undo = reverse("sharing:restore-comment", args=[pk])
    messages.success(request, _("Deleted."), extra_tags=undo)
    return redirect(next_url(request, reverse("sharing:overview")))


@require_POST
@login_required
def restore_comment(request: SignedInRequest, pk: UUID) -> HttpResponse:
    row = talk.find_remark(request.user, pk, trashed=True)
    if row is None:
        raise Http404
    row.restore()
    messages.success(request, _("Restored."))
    return redirect("sharing:overview")
