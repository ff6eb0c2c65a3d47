"""Suggests a prompt, a practice or a small promise. The client accepts, changes or declines it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from journal.coaching import queries
from journal.coaching.client_views import linked
from journal.coaching.commands import Refused, send
from journal.coaching.forms import SuggestForm
from journal.guide.new_row import redirect_to_row
from journal.languages.collation import sorted_by_name
from journal.people.http import SignedInRequest
from journal.people.text_direction import isolate
from journal.sharing.models.messages import Suggestion


@require_GET
def choose(request: SignedInRequest) -> HttpResponse:
    known = sorted_by_name(queries.named(request.user).values(), lambda one: one.name)
    return render(request, "coaching/choose.html", {"clients": known})


@require_http_methods(["GET", "POST"])
def suggest(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """`do=look` previews what the client would see, and sends nothing."""
    one, link = linked(request.user, pk)
    row = Suggestion(owner_id=link.owner_id, link_id=link.pk)
    if moved := redirect_to_row(request, row, lambda _stored: one.client.get_absolute_url()):
        return moved
    form, status, preview = SuggestForm(request.user, row, request.POST or None), 200, None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("do") == "look":
            preview = form.instance
        else:
            try:
                if form.was_stored(send(form.instance, link)):
                    text = _("Sent. %(name)s can accept it, change it or say no.")
                    messages.success(request, text % {"name": isolate(one.name)})
                    return redirect(one.client)
            except Refused:
                text = _("%(name)s doesn’t want comments or suggestions at the moment.")
                form.add_error(None, text % {"name": isolate(one.name)})
            status = 409
    part = request.htmx.target == "preview"
    template = "coaching/suggest.html#preview" if part else "coaching/suggest.html"
    context = {"one": one, "form": form, "preview": preview}
    return render(request, template, context, status=status)
