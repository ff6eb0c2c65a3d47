"""The manifest, and the page that says how to install the app and under which name."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from journal.people import clock
from journal.people.http import SignedInRequest
from journal.people.models import User
from journal.web_app import manifest as web_manifest
from journal.web_app.forms import AppNameForm


@require_GET
def manifest(request: HttpRequest, name: str) -> HttpResponse:
    if name not in User.AppName:
        raise Http404
    data = web_manifest.manifest(User.AppName(name))
    return JsonResponse(data, content_type="application/manifest+json")


@require_http_methods(["GET", "POST"])
@login_required
def install(request: SignedInRequest) -> HttpResponse:
    if request.method == "GET":
        return _page(request, AppNameForm(instance=request.user))
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=request.user.pk)
        form = AppNameForm(request.POST, instance=person)
        if not form.is_valid():
            return _page(request, form)
        if form.would_overwrite:
            form.changed_elsewhere(
                _("This was changed somewhere else in the meantime. Save again to use yours.")
            )
            return _page(request, form, status=409)
        request.user = form.save_answers()  # the middleware sets the cookie for signed-out pages
        if request.POST.get("do") == "installed":  # the offer on Today is answered
            person.put_off_offers(clock.today(person) + timedelta(days=1))
    saved = _("Saved %(time)s") % {"time": f"{timezone.localtime():%H:%M}"}
    messages.success(request, saved, extra_tags="#app-name")
    return redirect("web_app:install")


def _page(request: SignedInRequest, form: AppNameForm, status: int = 200) -> HttpResponse:
    is_offered = User.Offer.INSTALL not in request.user.declined_offers
    context = {"form": form, "is_offered": is_offered}
    return render(request, "web_app/install.html", context, status=status)
