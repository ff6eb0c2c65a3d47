from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from journal.access_tokens.middleware import TokenRequest
from journal.people import clock
from journal.people.http import SignedInRequest
from journal.people.models import User
from journal.people.rate_limits import limited
from journal.push import devices
from journal.reminders import mails
from journal.reminders.forms import PauseForm, RemindersForm
from journal.reminders.models import (
    REFUSED_FOR_GOOD,
    Kind,
    ReminderPreference,
    preference_of,
)


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def reminders(request: SignedInRequest) -> HttpResponse:
    """Which reminders come, when, and in which words."""
    person, sent = request.user, request.POST if request.method == "POST" else None
    if sent is not None:
        person.lock()
    preference = preference_of(person)
    form = RemindersForm(person, preference, sent)
    if sent is not None and form.is_valid():
        form.save(origin(request))
        messages.success(request, _("Saved."))
        return redirect("reminders:settings")
    return render(request, "reminders/reminders.html", _context(request, form, preference))


@require_http_methods(["POST"])
@login_required
@transaction.atomic
def pause(request: SignedInRequest) -> HttpResponse:
    """Pauses all reminders until a day, or ends the pause."""
    person = request.user
    person.lock()
    preference = preference_of(person)
    form = PauseForm(request.POST, instance=preference)
    if not form.is_valid():
        form_shown = RemindersForm(person, preference_of(person))
        context = _context(request, form_shown, preference)
        return render(request, "reminders/reminders.html", {**context, "pause": form})
    form.instance.save()
    messages.success(
        request, _("Paused.") if preference.paused_until else _("Reminders come again.")
    )
    return redirect("reminders:settings")


@require_http_methods(["POST"])
@login_required
@limited("test_reminder")
@transaction.atomic
def test(request: SignedInRequest) -> HttpResponse:
    """Sends a mail at once, to an address that the mail server refused before, too."""
    person = request.user
    if not _mail_works(person):
        raise Http404
    person.lock()
    preference = preference_of(person)
    preference.refusals = min(preference.refusals, REFUSED_FOR_GOOD - 1)
    preference.origin = origin(request)
    preference.save()
    mails.send_test(person, preference)
    messages.success(
        request, _("Sent. If it isn't there in five minutes, look in the spam folder.")
    )
    return redirect("reminders:settings")


@require_http_methods(["GET", "POST"])
@csrf_exempt
def unsubscribe(request: TokenRequest, token: str) -> HttpResponse:
    """Ends one kind of reminder without signing in: a mail program posts here by itself (RFC 8058),
    a person presses the button."""
    if request.access_token is None:
        raise Http404
    kind = request.access_token.subject
    if request.method == "POST":
        request.access_token.owner.reminders.end(kind, "by_mail")
    context = {"kind": Kind(kind).label, "ended": request.method == "POST"}
    return render(request, "reminders/unsubscribe.html", context)


def origin(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _mail_works(person: User) -> bool:
    return settings.MAIL_WORKS and mails.is_confirmed(person)


def _context(
    request: SignedInRequest, form: RemindersForm, preference: ReminderPreference
) -> dict[str, object]:
    return {
        **devices.context(request.user, request.session),
        "form": form,
        "preference": preference,
        "pause": PauseForm(instance=preference),
        "mail_works": settings.MAIL_WORKS,
        "is_verified": _mail_works(form.person),
        "today": clock.today(form.person),
        "zone": str(clock.zone_of(form.person)).replace("_", " "),
    }
