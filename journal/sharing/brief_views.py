from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from journal.people.http import SignedInRequest
from journal.people.reauthentication import reauthentication_required
from journal.privacy.ownership import uuid7
from journal.sharing import brief, preview
from journal.sharing.brief import BriefForm
from journal.sharing.sharing_form_views import own_link


@require_http_methods(["GET", "POST"])
@login_required
@reauthentication_required(allow_get=True)
def brief(request: SignedInRequest, pk: UUID) -> HttpResponse:
    link = own_link(request, pk)
    grant = brief.open_grant(link)
    sent = brief.sent_brief(grant) if grant else None
    begun = brief.new_brief(link, sent)
    form = BriefForm(request.POST or None, instance=begun)
    context: dict[str, Any] = {"link": link, "form": form, "sent": sent, "grant": grant}
    if request.method != "POST" or not form.is_valid() or request.POST.get("do") == "back":
        return render(request, "coaching/sharing/brief.html", context)
    if request.POST.get("do") != "send":
        read = partial(brief.change, link, form.instance)
        context["preview"] = preview.build_preview(read(), read, form.instance)
        form.instance._state.adding = True
        return render(request, "coaching/sharing/brief_preview.html", context)
    if brief.send(link, form.instance) is None:
        form.instance.pk = uuid7()
        again = BriefForm(initial=form.cleaned_data | {"id": form.instance.pk}, instance=begun)
        context["form"] = again
        return render(request, "coaching/sharing/brief.html", context, status=409)
    messages.success(request, _("Sent. You can change it or take it back."))
    return redirect("sharing:overview")
