"""The links of an entry: a page to add one to another row, and to remove one."""

from contextlib import suppress
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from journal.lessons import threads
from journal.people.http import SignedInRequest
from journal.people.models import User
from journal.people.rate_limits import limited
from journal.privacy.fields import WordsInput


class LinkSearchForm(forms.Form):
    q = WordsInput(label=gettext_lazy("Words you remember"), max_length=200, required=False)


@require_http_methods(["GET", "POST"])
@login_required
@limited("search")
@transaction.atomic
def links(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """What is as old as the entry or older led to it, and what is newer followed: nobody is asked
    which. Words to look for come by POST, so that no URL and no log contains them."""
    person = request.user
    entry = get_object_or_404(person.entries.live(), pk=pk)
    form = LinkSearchForm(request.POST if "q" in request.POST else None)
    if request.method == "GET" or form.is_bound:
        words = form.cleaned_data["q"] if form.is_valid() else ""
        found = threads.links_of(person, entry)
        linked = [*found.came_from, *found.led_to]
        without = {tied.row.pk for tied in linked}
        offered = threads.recent(person, {"entry", "agreement"}, without, words)
        context = {
            "entry": entry,
            "linked": linked,
            "offered": offered,
            "form": form,
            "words": words,
        }
        return render(request, "reflections/entries/links.html", context)
    if "remove" in request.POST:
        threads.untie(person, entry, _named(person, request.POST["remove"]).row)
        messages.success(request, _("Link removed."))
        return redirect(reverse("entries:links", args=[pk]))
    other = _named(person, request.POST.get("row", ""))
    if other.row == entry:
        raise Http404
    pair = (other.row, entry) if other.day <= entry.written_on else (entry, other.row)
    threads.tie(person, *pair)
    messages.success(request, _("Link added."))
    return redirect(entry)


def _named(person: User, text: str) -> threads.Tied:
    """The person's own row that a button names, as `kind:id`."""
    name, _colon, pk = text.partition(":")
    with suppress(ValueError):
        named = (name, UUID(pk))
        if tied := threads.resolve(person, [named]).get(named):
            return tied
    raise Http404
