from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from journal.access_tokens.middleware import TokenRequest
from journal.people import clock
from journal.people.http import SignedInRequest
from journal.people.models import User
from journal.people.rate_limits import limited
from journal.push import devices
from journal.reminders import mails, wording
from journal.reminders.forms import PauseForm, RemindersForm, SeveralRemindersForm
from journal.reminders.models import (
    REFUSED_FOR_GOOD,
    Kind,
    ReminderPreference,
    preference_of,
)

PAGE, OF_PROMISE = "reminders/reminders.html", "reminders/promise.html"


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def reminders(request: SignedInRequest) -> HttpResponse:
    """Which reminders come, when, and in which words."""
    preference = _locked(request)
    form = RemindersForm(preference, request.POST if request.method == "POST" else None)
    status = _save(request, form)
    if status == 302:
        return redirect("reminders:settings")
    return render(request, PAGE, _context(request, form, preference), status=status)


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def of_promise(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The reminder of one promise, from its own page."""
    preference = _locked(request)
    promise = get_object_or_404(request.user.promises.active(), pk=pk)
    sent = request.POST if request.method == "POST" else None
    form = SeveralRemindersForm(preference, [(Kind.PROMISE, promise)], sent)
    status = _save(request, form)
    if status == 302:
        return redirect(promise)
    context = {"promise": promise, **_state(preference), "form": form}
    return render(request, OF_PROMISE, context, status=status)


def _locked(request: SignedInRequest) -> ReminderPreference:
    if request.method == "POST":
        request.user.lock()
    return preference_of(request.user)


def _save(request: SignedInRequest, form: SeveralRemindersForm) -> int:
    """Stores what was sent, if it may be. Returns the status of the answer."""
    if request.method != "POST" or not form.is_valid():
        return 200
    if form.refuse_overwriting():
        return 409
    form.save(origin(request))
    now = date_format(timezone.localtime(), "H:i")
    messages.success(request, _("Saved %(time)s") % {"time": now})
    return 302


@require_http_methods(["POST"])
@login_required
@transaction.atomic
def pause(request: SignedInRequest) -> HttpResponse:
    """Pauses all reminders until a day, or ends the pause."""
    preference = _locked(request)
    form = PauseForm(request.POST, instance=preference)
    if not form.is_valid():
        stored = preference_of(request.user)
        context = {**_context(request, RemindersForm(stored), stored), "pause": form}
        return render(request, PAGE, context)
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
    """Sends an email at once, to an address that was refused before, too."""
    preference = _locked(request)
    if not _mail_works(preference.owner):
        raise Http404
    preference.refusals = min(preference.refusals, REFUSED_FOR_GOOD - 1)
    preference.origin = origin(request)
    preference.save()
    mails.send_test(preference)
    text = _("Sent at %(time)s. If it isn't there in five minutes, look in the spam folder.")
    now = date_format(timezone.localtime(), "H:i")
    messages.success(request, text % {"time": now})
    return redirect("reminders:settings")


@require_GET
@login_required
def email(request: SignedInRequest) -> HttpResponse:
    """The email itself, in its two parts, and every subject there is."""
    preference = preference_of(request.user)
    context = {
        "sender": wording.sender(preference),
        "mail": mails.example(preference, origin(request)),
        "subjects": [
            *((kind.label, wording.DISCREET[kind], wording.PLAIN[kind]) for kind in Kind),
            (_("Test"), wording.TEST, wording.TEST),
        ],
    }
    return render(request, "reminders/email.html", context)


@require_http_methods(["GET", "POST"])
@csrf_exempt
def unsubscribe(request: TokenRequest, token: str) -> HttpResponse:
    """Ends one kind of email without signing in: a mail program posts here by itself (RFC 8058), a
    person presses the button."""
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


def _state(preference: ReminderPreference) -> dict[str, object]:
    """What keeps reminders from coming, if anything does."""
    return {
        "preference": preference,
        "mail_works": settings.MAIL_WORKS,
        "is_verified": _mail_works(preference.owner),
        "today": clock.today(preference.owner),
    }


def _context(
    request: SignedInRequest, form: RemindersForm, preference: ReminderPreference
) -> dict[str, object]:
    return {
        **devices.context(request.user, request.session),
        "form": form,
        **_state(preference),
        "pause": PauseForm(instance=preference),
        "zone": str(clock.zone_of(preference.owner)).replace("_", " "),
        "address": masked(preference.owner.email),
        "sender": wording.sender(preference),
        "subject": wording.subject(Kind.DAILY, preference.wording),
    }


def masked(address: str) -> str:
    """Enough of it to know which one is meant, with someone beside you."""
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}••••@{domain}"
