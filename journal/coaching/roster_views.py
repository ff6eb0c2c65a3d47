from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from journal.coaching.forms import InviteForm
from journal.coaching.roster import roster as read_roster
from journal.people.http import SignedInRequest
from journal.people.rate_limits import limited
from journal.sharing import invitations
from journal.sharing.forms import SENT_BEFORE
from journal.sharing.invitations import SentBefore

BY_COACH = invitations.Direction.BY_COACH


@require_http_methods(["GET", "POST"])
@limited("invite")
def roster(request: SignedInRequest) -> HttpResponse:
    """Linked clients, former clients, and invitations."""
    coach, invited, status = request.user, None, 200
    form = InviteForm(request.POST or None, initial={"from_name": coach.called})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        sent = given["email"], given["from_name"], request
        try:
            invited = invitations.invite(coach, BY_COACH, *sent, pk=given["id"])
            if invited.mailed:
                messages.success(request, _("Sent. It works for seven days."))
                return redirect("coach:index")
            form, status = InviteForm(initial={"from_name": given["from_name"]}), 201
        except SentBefore:
            form.renew_id()
            form.add_error(None, SENT_BEFORE)
            status = 409
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 4 else 1
    found = read_roster(coach, max(number, 1))
    context = {
        "form": form,
        "invited": invited,
        "roster": found,
        "current": found.current,
        "ended": found.ended,
        "waiting": [one for one in found.invited if not one.declined_at],
        "declined": [one for one in found.invited if one.declined_at],
    }
    return render(request, "coaching/roster.html", context, status=status)


@require_POST
def take_back(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """A declined invitation only disappears from the list."""
    row = get_object_or_404(request.user.coachinvitations.to_show(BY_COACH), pk=pk)
    row.trash()
    if not row.declined_at:
        messages.success(request, _("Invitation cancelled. The link no longer works."))
    return redirect("coach:index")
