"""The devices of the reminders page: turning notifications on, testing them, removing a device."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from journal.people.http import SignedInRequest
from journal.people.rate_limits import limited
from journal.push import device_names, devices, vapid
from journal.push.forms import DeviceForm
from journal.reminders import notifications
from journal.reminders.models import preference_of


@require_POST
@login_required
@limited("device")
@transaction.atomic
def add(request: SignedInRequest) -> HttpResponse:
    """Stores the subscription that the browser made; the script of the page posts it."""
    person = request.user
    person.lock()
    name = device_names.name_of(request.headers.get("User-Agent", ""))
    form = DeviceForm(request.POST, person=person, name=name)
    if form.is_valid():
        request.session[devices.SESSION_KEY] = str(form.save().pk)
        if not form.was_listed:  # else the page only told this session which device it is on
            messages.success(request, _("Notifications are on for this device."))
    else:
        messages.error(request, form.problem)
    return redirect("reminders:settings")


@require_http_methods(["GET", "POST"])
@login_required
@limited("device")
@transaction.atomic
def renew(request: SignedInRequest) -> HttpResponse:
    """For the service worker, when the browser has ended the subscription of this session's device.
    GET: what it needs to make another. POST: stores that one in its place."""
    request.user.lock()
    known = request.user.push_subscriptions
    device = get_object_or_404(known, pk=request.session.get(devices.SESSION_KEY))
    if request.method == "GET":
        return JsonResponse({"key": vapid.public_key(), "token": get_token(request)})
    form = DeviceForm(request.POST, person=request.user, name=device.name, replaced=device)
    if not form.is_valid():
        return JsonResponse({"problem": form.problem}, status=422)
    request.session[devices.SESSION_KEY] = str(form.save().pk)
    return HttpResponse(status=204)


@require_POST
@login_required
@transaction.atomic
def remove(request: SignedInRequest, pk: UUID) -> HttpResponse:
    get_object_or_404(request.user.push_subscriptions, pk=pk).delete()
    messages.success(request, _("Removed. That device gets no more notifications."))
    return redirect("reminders:settings")


@require_POST
@login_required
@limited("test_notification")
@transaction.atomic
def test(request: SignedInRequest, pk: UUID) -> HttpResponse:
    device = get_object_or_404(request.user.push_subscriptions, pk=pk)
    notifications.send_test(device, preference_of(request.user))
    messages.success(request, _("Sent. It should appear on that device within a few seconds."))
    return redirect("reminders:settings")
