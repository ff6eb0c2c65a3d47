"""The client's page about another coach, whom theirs suggests."""

from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from journal.people.http import SignedInRequest
from journal.sharing import handovers, invitations
from journal.sharing.forms import HandoverForm
from journal.sharing.invitation_views import ACCEPTED, stale
from journal.sharing.invitations import TextChanged
from journal.sharing.models.teams import Handover


@require_http_methods(["GET", "POST"])
@login_required
def handover(request: SignedInRequest, pk: UUID) -> HttpResponse:
    row = get_object_or_404(request.user.handovers.live().select_related("link"), pk=pk)
    if request.POST.get("do") == "decline":
        handovers.decline(request.user, pk)
        messages.success(request, _("That’s fine. You don’t have to give a reason."))
        return redirect("sharing:overview")
    return _asked(request, row)


@reauthentication_required(allow_get=True)
def _asked(request: SignedInRequest, row: Handover) -> HttpResponse:
    team = handovers.open_team(row)
    context: dict[str, Any] = {"row": row, "team": team}
    if team is None:
        late = 409 if request.method == "POST" else 200
        return render(request, "sharing/handover.html", context, status=late)
    names: dict[str, Any] = {"coach": row.coach_name, "before": row.link.coach_name}
    called = {"name": request.user.called}
    form = HandoverForm(request.POST or None, **names, team=team, initial=called)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        said = given["name"], given["version"]
        try:
            made = handovers.accept(request.user, row.pk, *said, ends=given["then"] == "end")
        except TextChanged:
            form.read_again()
        else:
            if made is None:
                return redirect(row)
            messages.success(request, ACCEPTED if made.is_new else _("You’re connected."))
            return redirect(made)
    context |= {"consent": form, "text": invitations.consent_text(row.coach_name, team)}
    return render(request, "sharing/handover.html", context, status=409 if stale(form) else 200)
