"""Views for values: choose from starters or write one's own, order them, deactivate them."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from journal.people.http import SignedInRequest
from journal.people.models import User
from journal.people.text_direction import isolate
from journal.people.values.forms import DirectionForm, ValueForm
from journal.people.values.models import MOST, STARTERS, TooMany, Value
from journal.privacy.canonical import canonical
from journal.privacy.ownership import uuid7


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def values(request: SignedInRequest) -> HttpResponse:
    person, status = request.user, 200
    form = ValueForm(request.POST or None, instance=Value(owner=person))
    if request.method == "POST":
        person.lock()
    if request.method == "POST" and form.is_valid():
        try:
            form.instance.rank = Value.free_rank(person)
        except TooMany:
            form.add_error(
                None, _("You can have up to ten. Archive one first; you can use it again later.")
            )
        else:
            if form.insert():
                return redirect("values:list")
            status = 409
    return render(request, "people/values.html", page(person, form), status=status)


def page(person: User, form: ValueForm) -> dict[str, object]:
    known = list(person.values.live())
    taken = {canonical(value.name) for value in known}
    active = sorted(
        (value for value in known if value.is_active), key=lambda value: value.rank or 0
    )
    return {
        "form": form,
        "active": active,
        "resting": [value for value in known if not value.is_active],
        "starters": [(uuid7(), name) for name in STARTERS if canonical(str(name)) not in taken],
        "full": len(active) >= MOST,
    }


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def value(request: SignedInRequest, pk: UUID) -> HttpResponse:
    rows = request.user.values.live()
    if request.method == "POST":
        rows = rows.select_for_update()
    one = get_object_or_404(rows, pk=pk)
    stored = (one.name, one.meaning)
    form, status = ValueForm(request.POST or None, instance=one), 200
    if request.method == "POST" and form.is_valid():
        if not form.is_stale:
            one.save(update_fields=["name", "meaning"])
            messages.success(request, _("Saved."))
            return redirect("values:list")
        form.data = {**request.POST.dict(), "version": one.version}
        form.add_error(
            None,
            _(
                "This was changed somewhere else in the meantime, to “%(name)s”: "
                "%(meaning)s. Save again to use your version."
            )
            % {"name": isolate(stored[0]), "meaning": isolate(stored[1] or "–")},
        )
        status = 409
    return render(request, "people/value.html", {"form": form, "value": one}, status=status)


@require_POST
@login_required
@transaction.atomic
def place(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Moves a value up or down, deactivates it, or activates it again."""
    request.user.lock()
    one = get_object_or_404(request.user.values.live(), pk=pk)
    verb = DirectionForm(request.POST).verb()
    try:
        if verb in ("up", "down") and one.is_active:
            one.move(up=verb == "up")
        elif verb == "rest" and one.is_active:
            one.rest()
        elif verb == "wake" and not one.is_active:
            one.wake()
        else:
            messages.info(
                request, _("This value has changed in the meantime, so nothing was moved.")
            )
    except TooMany:
        messages.info(
            request, _("You can have up to ten. Archive one first; you can use it again later.")
        )
    return redirect("values:list")


@require_POST
@login_required
def delete(request: SignedInRequest, pk: UUID) -> HttpResponse:
    get_object_or_404(request.user.values.live(), pk=pk).trash()
    messages.success(request, _("Deleted."), extra_tags=reverse("values:restore", args=[pk]))
    return redirect("values:list")


@require_POST
@login_required
def restore(request: SignedInRequest, pk: UUID) -> HttpResponse:
    one = get_object_or_404(request.user.values.trashed(), pk=pk)
    one.restore()
    messages.success(request, _("Restored to your archived values."))
    return redirect("values:list")
