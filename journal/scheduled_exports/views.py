from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from journal.people import clock
from journal.people.http import SignedInRequest
from journal.people.rate_limits import limited
from journal.privacy.downloads import SealedDownload
from journal.privacy.storage import StorageAway
from journal.scheduled_exports import keys, places
from journal.scheduled_exports.forms import ScheduleForm
from journal.scheduled_exports.models import schedule_of, state_of


@require_http_methods(["GET", "POST"])
@login_required
@reauthentication_required
@limited("schedule")
@sensitive_post_parameters("key", "made")
@transaction.atomic
def scheduled(request: SignedInRequest) -> HttpResponse:
    """When exports are made, for which key, and the last three."""
    if request.method == "POST":
        request.user.lock()
    sent = request.POST if request.method == "POST" else None
    form = ScheduleForm(schedule_of(request.user), sent)
    status = 200
    if form.is_valid():
        if form.makes_a_key:
            context = {"form": form, "key": keys.new(), "made_on": clock.today(request.user)}
            return render(request, "scheduled_exports/key.html", context)
        if not form.refuse_overwriting():
            form.save()
            messages.success(request, _("Saved."))
            return redirect("scheduled_exports:settings")
        status = 409
    context = {
        **state_of(request.user),
        "form": form,
        "ready": request.user.scheduled_exports.ready(),
    }
    return render(request, "scheduled_exports/scheduled.html", context, status=status)


@require_GET
@login_required
@reauthentication_required
def fetch(request: SignedInRequest, pk: UUID) -> HttpResponseBase:
    row = get_object_or_404(request.user.scheduled_exports.ready(), pk=pk)
    try:
        file = places.opened(row)
    except (OSError, StorageAway):
        messages.info(
            request, _("This file can’t be found now. Ask the person who runs this server.")
        )
        return redirect("scheduled_exports:settings")
    return SealedDownload(
        file, as_attachment=True, filename=row.name, content_type="application/octet-stream"
    )


@require_POST
@login_required
def delete(request: SignedInRequest, pk: UUID) -> HttpResponse:
    row = get_object_or_404(request.user.scheduled_exports.ready(), pk=pk)
    places.remove_after_commit([row])
    row.delete()
    messages.success(request, _("Export deleted."))
    return redirect("scheduled_exports:settings")


@require_POST
@login_required
@transaction.atomic
def stop(request: SignedInRequest) -> HttpResponse:
    request.user.lock()
    for schedule in request.user.export_schedules.all():
        schedule.stop()
        messages.success(request, _("Stopped. The exports below stay until you delete them."))
    return redirect("scheduled_exports:settings")


@require_POST
@login_required
@transaction.atomic
def start(request: SignedInRequest) -> HttpResponse:
    request.user.lock()
    for schedule in request.user.export_schedules.all():
        schedule.start()
        messages.success(request, _("Exports are made again."))
    return redirect("scheduled_exports:settings")
