"""A coach suggests a colleague to one of their clients, who decides (sharing/handovers.py)."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from journal.coaching import queries, teams
from journal.coaching.client_views import linked
from journal.coaching.team_forms import ColleagueForm
from journal.people.http import SignedInRequest
from journal.people.text_direction import isolate
from journal.sharing import handovers


@require_http_methods(["GET", "POST"])
@transaction.atomic
def another_coach(request: SignedInRequest, pk: UUID) -> HttpResponse:
    one, link = linked(request.user, pk)
    colleagues = teams.colleagues(request.user)
    if not colleagues:
        raise Http404
    form, status = ColleagueForm(request.POST or None, colleagues=colleagues), 200
    if request.method == "POST" and form.is_valid():
        request.user.clients.select_for_update().get(pk=one.client.pk)
        said = {"name": isolate(one.name)}
        status = 409
        if link.muted_since:
            text = _("%(name)s doesn’t want comments or suggestions at the moment.")
            form.add_error(None, text % said)
        elif handovers.suggest(link, form.cleaned_data["colleague"]):
            messages.success(request, _("Sent. %(name)s decides, and can say no.") % said)
            return redirect(one.client)
        else:
            text = _("You’ve already suggested somebody to %(name)s. Withdraw that first.")
            form.add_error(None, text % said)
    context = {"one": one, "form": form}
    return render(request, "coaching/another_coach.html", context, status=status)


@require_POST
@transaction.atomic
def withdraw(request: SignedInRequest, pk: UUID) -> HttpResponse:
    row = teams.find_handover(pk)
    one = queries.client_of_link(request.user, row.link_id) if row else None
    if row is None or one is None or one.link is None:
        raise Http404
    if handovers.withdraw(row):
        messages.success(request, _("Withdrawn."))
    else:
        text = _("%(name)s has answered it already, so nothing has changed.")
        messages.info(request, text % {"name": isolate(one.name)})
    return redirect(one.client)
