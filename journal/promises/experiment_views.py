"""Comparing two ways of keeping a promise: set up, under way, and what came of it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from journal.guide.edit_views import pausing
from journal.guide.new_row import redirect_to_row
from journal.people.http import SignedInRequest
from journal.promises.experiment_forms import ExperimentForm
from journal.promises.experiments import ExperimentResult, can_compare, read_result
from journal.promises.models import Experiment
from journal.promises.views import get_locked_promise

Choice = Experiment.Choice


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def new_experiment(request: SignedInRequest, pk: UUID) -> HttpResponse:
    record = get_locked_promise(request, pk)
    if not can_compare(record):
        raise Http404
    row = Experiment(owner=request.user, promise=record.promise)
    if moved := redirect_to_row(request, row, lambda stored: stored.address):
        return moved
    under_way = record.promise.experiments.open().first()
    if under_way and request.method == "GET":
        return redirect(under_way)
    template, context = "promises/two_ways.html", {"record": record}
    form = ExperimentForm(request.POST or None, instance=row)
    if paused := pausing(request, form, template, context):
        return paused
    if request.method == "POST" and form.is_valid() and (stored := form.insert()):
        return redirect(stored)
    return render(request, template, {**context, "form": form})


def one_experiment(request: SignedInRequest, pk: UUID, experiment: UUID) -> ExperimentResult:
    """With the promise locked for a POST."""
    get_locked_promise(request, pk)
    row = get_object_or_404(request.user.experiments.live(), pk=experiment, promise=pk)
    found = read_result(request.user, pk, row)
    if found is None:
        raise Http404
    return found


@require_GET
@login_required
def experiment(request: SignedInRequest, pk: UUID, experiment: UUID) -> HttpResponse:
    found = one_experiment(request, pk, experiment)
    context = {"result": found, "experiment": found.experiment, "record": found.record}
    return render(request, "promises/experiment.html", context)


@require_POST
@login_required
@transaction.atomic
def stop(request: SignedInRequest, pk: UUID, experiment: UUID) -> HttpResponse:
    """A second tap changes nothing; once the weeks are over there is nothing to stop."""
    found = one_experiment(request, pk, experiment)
    if found.is_running:
        from_day = found.record.promise.changes_from()
        found.experiment.end(from_day, Experiment.StopReason.STOPPED)
        messages.success(request, _("Stopped. What you recorded stays."))
    return redirect(found.experiment)


@require_POST
@login_required
@transaction.atomic
def go_on(request: SignedInRequest, pk: UUID, experiment: UUID) -> HttpResponse:
    """POST do=a, b or neither: a note of the way chosen. The terms of the promise stay."""
    found = one_experiment(request, pk, experiment)
    choice = request.POST.get("do")
    if found.asks_how_to_go_on and choice in Choice.values:
        found.experiment.end(found.today, choice=choice)
        messages.success(request, _("Noted."))
        return redirect(found.record.promise)
    return redirect(found.experiment)


@require_POST
@login_required
@transaction.atomic
def delete_experiment(request: SignedInRequest, pk: UUID, experiment: UUID) -> HttpResponse:
    """One that is open is stopped, or answered, first."""
    found = one_experiment(request, pk, experiment)
    if found.experiment.ended_on is None:
        return redirect(found.experiment)
    found.experiment.trash()
    undo = reverse("promises:restore-experiment", args=[pk, experiment])
    messages.success(request, _("Removed."), extra_tags=undo)
    return redirect(found.record.promise)


@require_POST
@login_required
@transaction.atomic
def restore_experiment(request: SignedInRequest, pk: UUID, experiment: UUID) -> HttpResponse:
    get_locked_promise(request, pk)
    row = get_object_or_404(request.user.experiments.trashed(), pk=experiment, promise=pk)
    row.restore()
    messages.success(request, _("Restored."))
    return redirect(row)
