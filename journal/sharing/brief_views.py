from functools import partial
from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from journal.guide.new_row import redirect_to_row
from journal.people.http import SignedInRequest
from journal.sharing import brief as briefs
from journal.sharing import preview
from journal.sharing.brief import BriefForm
from journal.sharing.sharing_form_views import own_link


@require_http_methods(["GET", "POST"])
@login_required
@reauthentication_required(allow_get=True)
def brief(request: SignedInRequest, pk: UUID) -> HttpResponse:
    link = own_link(request, pk)
    grant = briefs.open_grant(link)
    sent = briefs.sent_brief(grant) if grant else None
    draft = briefs.new_brief(link, sent)
    if moved := redirect_to_row(request, draft, lambda _stored: request.path):
        return moved
    form = BriefForm(request.POST or None, instance=draft)
    context: dict[str, Any] = {"link": link, "form": form, "sent": sent, "grant": grant}
    if request.method != "POST" or not form.is_valid() or request.POST.get("do") == "back":
        return render(request, "sharing/brief.html", context)
    if request.POST.get("do") != "send":
        read = partial(briefs.change, link, form.instance)
        context["preview"] = preview.build_preview(read(), read, form.instance)
        form.instance._state.adding = True
        return render(request, "sharing/brief_preview.html", context)
    if not form.was_stored(briefs.send(link, form.instance)):
        return render(request, "sharing/brief.html", context, status=409)
    messages.success(request, _("Sent. You can still change it or stop sharing it."))
    return redirect("sharing:overview")
