"""Plain forecasts: making one, what became of it, and the list."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from journal.decisions import queries
from journal.decisions.forecast_forms import ForecastForm, ResultForm
from journal.decisions.forms import LaterForm
from journal.decisions.models import Forecast
from journal.decisions.predictions import PlaceForm, answered_predictions, open_predictions
from journal.guide.edit_views import add, change
from journal.people import clock
from journal.people.http import SignedInRequest

PAGE = "decisions/forecast_form.html"


def own(request: SignedInRequest, pk: UUID, *, gone: bool = False) -> Forecast:
    """The person's own forecast; locked for a POST."""
    rows = request.user.forecasts.trashed() if gone else request.user.forecasts.live()
    if request.method == "POST":
        rows = rows.select_for_update()
    return get_object_or_404(rows, pk=pk)


@require_GET
@login_required
def forecasts(request: SignedInRequest) -> HttpResponse:
    """The predictions of decisions too. A page that goes on with one list leaves out the other."""
    person, form = request.user, PlaceForm(request.GET)
    after, before = form.place("open"), form.place("answered")
    context = {
        "open": None if before else open_predictions(person, after),
        "answered": None if after else answered_predictions(person, before),
        "goes_on": after or before,
        "today": clock.today(person),
        "removed": [] if after or before else queries.removed_forecasts(person),
    }
    return render(request, "decisions/forecasts.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def new_forecast(request: SignedInRequest) -> HttpResponse:
    kept = add(request, Forecast(owner=request.user), ForecastForm, PAGE)
    if isinstance(kept, HttpResponse):
        return kept
    messages.success(request, _("Saved. We’ll ask on the day."))
    return redirect(kept)


@require_GET
@login_required
def forecast(request: SignedInRequest, pk: UUID) -> HttpResponse:
    return render(request, "decisions/forecast.html", {"forecast": own(request, pk)})


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def edit_forecast(request: SignedInRequest, pk: UUID) -> HttpResponse:
    row = own(request, pk)
    if not row.is_editable:
        messages.info(request, _("It stays as you wrote it."))
        return redirect(row)
    found = change(request, row, ForecastForm, PAGE, forecast=row)
    if isinstance(found, HttpResponse):
        return found
    found.save_step()
    messages.success(request, _("Saved."))
    return redirect(row)


@require_POST
@login_required
@transaction.atomic
def answer_forecast(request: SignedInRequest, pk: UUID) -> HttpResponse:
    row, form = own(request, pk), ResultForm(request.POST)
    if not form.is_valid():
        messages.info(request, _("Choose one of the answers."))
    elif row.result:
        messages.info(request, _("It’s already answered."))
    else:
        row.answer(form.cleaned_data["result"])
        messages.success(request, _("Saved."), extra_tags=_address("reopen-forecast", row))
    return redirect(row)


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def postpone_forecast(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Too early to say: asks for another day."""
    row = own(request, pk)
    if row.result:
        messages.info(request, _("It’s already answered."))
        return redirect(row)
    form = LaterForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        row.ask_on(form.cleaned_data["ask_on"])
        messages.success(request, form.said())
        return redirect(row)
    context = {"form": form, "row": row, "title": row.question}
    return render(request, "decisions/later.html", context)


@require_POST
@login_required
@transaction.atomic
def reopen_forecast(request: SignedInRequest, pk: UUID) -> HttpResponse:
    row = own(request, pk)
    if row.is_correctable:
        row.take_back()
        messages.success(request, _("Open again."))
    return redirect(row)


@require_POST
@login_required
@transaction.atomic
def delete_forecast(request: SignedInRequest, pk: UUID) -> HttpResponse:
    row = own(request, pk)
    row.trash()
    messages.success(request, _("Removed."), extra_tags=_address("restore-forecast", row))
    return redirect("decisions:forecasts")


@require_POST
@login_required
@transaction.atomic
def restore_forecast(request: SignedInRequest, pk: UUID) -> HttpResponse:
    row = own(request, pk, gone=True)
    row.restore()
    messages.success(request, _("Restored."))
    return redirect(row)


def _address(name: str, row: Forecast) -> str:
    return reverse(f"decisions:{name}", args=[row.pk])
