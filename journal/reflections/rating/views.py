"""Take a rating, see the earlier ones, delete one."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from journal.guide import library_views
from journal.people.http import SignedInRequest
from journal.reflections.rating import history
from journal.reflections.rating.forms import RatingForm
from journal.reflections.rating.models import APART, SelfRating


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def rating(request: SignedInRequest) -> HttpResponse:
    """The form, or the day of the next rating if the last one is too recent."""
    person, status = request.user, 200
    if request.method == "POST":
        person.lock()
    row = SelfRating.for_today(person)
    form = RatingForm(request.POST or None, instance=row) if row else None
    if request.method == "POST":
        if form and form.is_valid() and form.save_answers():
            messages.success(request, _("Saved. Only you can see this."))
            return redirect("rating:list")
        status = 409 if form is None or form.collided else 200
    asked = request.method == "POST" or "change" in request.GET
    context = {
        "form": form if form and (asked or form.instance._state.adding) else None,
        "history": history.rating_history(person),
        "today": row,
        "apart": APART.days,
        "too_early": status == 409 and form is None,
    }
    return render(request, "reflections/rating/rating.html", context, status=status)


@require_POST
@login_required
def delete(request: SignedInRequest, pk: UUID) -> HttpResponse:
    library_views.remove(request, request.user.ratings, pk, _("Removed."), "rating:restore")
    return redirect("rating:list")


@require_POST
@login_required
@transaction.atomic
def restore(request: SignedInRequest, pk: UUID) -> HttpResponse:
    request.user.lock()
    row = get_object_or_404(request.user.ratings.trashed(), pk=pk)
    if request.user.ratings.near(row.taken_on).exists():
        messages.info(
            request,
            _("You’ve done another check-up within 4 weeks of that one, so it can’t be restored."),
        )
    else:
        row.restore()
        messages.success(request, _("Restored."))
    return redirect("rating:list")
