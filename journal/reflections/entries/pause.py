""" "This is too much right now", in the journal: see journal/guide/pause.py."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from journal.guide import pause
from journal.people.http import SignedInRequest
from journal.reflections.entries.forms import EntryForm
from journal.reflections.entries.models import Entry


class WhereForm(forms.Form):
    """The entry that the person was writing, if it has been saved."""

    entry = forms.UUIDField(required=False)


@require_GET
@login_required
def enough_for_now(request: SignedInRequest) -> HttpResponse:
    where = WhereForm(request.GET)
    pk = where.cleaned_data["entry"] if where.is_valid() else None
    mine = pk and request.user.entries.live().contains(Entry(pk=pk))
    return pause.page(
        request, reverse("entries:edit", args=[pk]) if mine else reverse("entries:write")
    )


def with_quiet(request: HttpRequest) -> None:
    """The button also keeps the entry from coming up by itself."""
    if pause.is_asked(request):
        posted = request.POST.copy()
        posted["quiet"] = "on"
        request.POST = posted  # type: ignore[assignment]  # the copy may be changed


def next_step_url(request: HttpRequest, entry: Entry | None) -> HttpResponse:
    """The redirect of the pressed button, once everything is saved."""
    if not pause.is_asked(request):
        if entry and request.POST.get("do") == "photos":
            return redirect("photos:entry", entry.pk)
        return redirect(entry or "entries:list")
    return redirect(f"{reverse('entries:pause')}?entry={entry.pk if entry else ''}")


def with_words(request: SignedInRequest, form: EntryForm) -> HttpResponse | None:
    """Saves the valid part of a form with errors and keeps the rest in the page. None if
    another button was pressed."""
    if not pause.is_asked(request):
        return None
    new = form.instance._state.adding
    saved = save_valid_fields(request, form)
    if not pause.words_in(form):
        return next_step_url(request, saved or (None if new else form.instance))
    back = reverse("entries:edit", args=[saved.pk]) if saved else request.path
    return pause.page_with_words(request, form, saved, back)


def save_valid_fields(request: SignedInRequest, form: EntryForm) -> Entry | None:
    posted = pause.what_holds(form)
    if posted is None:
        return None
    if form.instance._state.adding:
        part = EntryForm(posted, instance=Entry.new_for(request.user))
        return part.instance.insert_once() if part.is_valid() else None
    part = EntryForm(posted, instance=request.user.entries.get(pk=form.instance.pk))
    if not part.is_valid() or part.is_stale:
        return None
    part.instance.save()
    return part.instance
