"""The client's page of one conversation: what was said about an item, and a reply to it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from journal.people.http import SignedInRequest
from journal.people.models import User
from journal.people.text_direction import isolate
from journal.sharing import talk
from journal.sharing.forms import ReplyForm
from journal.sharing.models.links import CoachLink
from journal.sharing.models.messages import Reply
from journal.sharing.overview import title_and_address
from journal.sharing.sharing_panel import sharing_panel


@require_http_methods(["GET", "POST"])
@login_required
def conversation(request: SignedInRequest, kind: str, pk: UUID, link: UUID) -> HttpResponse:
    """Readable for as long as the client keeps it, also after the link has ended."""
    own = get_object_or_404(request.user.coachlinks, pk=link)
    own.owner = request.user
    found = talk.find(own, kind, pk)
    if found is None:
        raise Http404
    reply = Reply(owner=request.user, link=own, kind=kind, item_id=pk)
    form, status, trouble = ReplyForm(request.POST or None, instance=reply), 200, ""
    if request.method == "POST" and form.is_valid():
        try:
            if form.was_stored(talk.answer(form.instance)):
                messages.success(request, _("Sent."))
                return redirect(found.address)
        except talk.Refused:
            trouble = _why(own)
        status = 409
    context: dict[str, Any] = {
        "link": own,
        "talk": found,
        "form": form,
        "trouble": trouble,
        **_about(request.user, found),
    }
    answered = render(request, "sharing/talk.html", context, status=status)
    talk.mark_seen([found])
    return answered


def _about(person: User, found: talk.Talk) -> dict[str, Any]:
    """The item, if it is still there, and whether the coach sees it."""
    row = talk.item_of(person, found)
    if row is None:
        return {"title": "", "address": "", "is_read": False}
    panel, (title, address) = sharing_panel(person, row), title_and_address(found.kind, row)
    statuses = [one for one in panel.coaches if one.link.pk == found.link_id] if panel else []
    return {"title": title, "address": address, "is_read": any(one.opens for one in statuses)}


def _why(link: CoachLink) -> str:
    """As it is now that the lock was waited for."""
    link.refresh_from_db()
    if link.ended_at:
        return _("The link has ended, so nothing can be sent any more.")
    if link.muted_since:
        return _("Comments are off, so nothing was sent.")
    text = _("%(coach)s can’t see this any more, so nothing was sent.")
    return text % {"coach": isolate(link.coach_name)}
