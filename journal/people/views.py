from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.checks import run_checks
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.i18n import set_language

from journal.audit.events import What
from journal.audit.recording import record
from journal.people import clock, mfa
from journal.people.forms import OperatorForm
from journal.people.http import SignedInRequest
from journal.people.models import Invitation, User
from journal.people.rate_limits import limited
from journal.people.settings_forms import SECTIONS, SettingsForm

YEAR = 60 * 60 * 24 * 365


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "people/landing.html")


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """From the menu of a page for anybody: a cookie keeps the choice. This is a 303: a 302 to the
    sign-in page says that a session has ended (`middleware.asks_to_sign_in`)."""
    response = set_language(request)
    response.status_code = 303
    return response


@require_http_methods(["GET", "POST"])
@login_required
def preferences(request: SignedInRequest) -> HttpResponse:
    """Each section of the page is a form of its own; its address says which was sent."""
    if request.method == "GET":
        return _settings_page(request)
    section = request.GET.get("section")
    if section not in SECTIONS:
        raise BadRequest("No such section of the settings.")
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=request.user.pk)
        form = SECTIONS[section](request.POST, instance=person)
        if not form.is_valid():
            return _settings_page(request, form)
        if form.would_overwrite:
            form.changed_elsewhere(
                _("This was changed somewhere else in the meantime. Save again to use yours.")
            )
            return _settings_page(request, form, status=409)
        request.user = form.save_answers()  # the middleware tells the browser when to lock
    now = date_format(timezone.localtime(), "H:i")
    messages.success(request, _("Saved %(time)s") % {"time": now}, extra_tags=f"#{section}")
    response = redirect(f"{reverse('people:preferences')}#{section}")
    # Error pages do not load the person, so a cookie holds the theme too.
    response.set_cookie("theme", person.theme, max_age=YEAR, httponly=True, samesite="Lax")
    if not person.language:
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")
    return response


def _settings_page(
    request: SignedInRequest, sent: SettingsForm | None = None, status: int = 200
) -> HttpResponse:
    forms = [
        sent if isinstance(sent, kind) else kind(instance=request.user)
        for kind in SECTIONS.values()
    ]
    return render(request, "people/preferences.html", {"forms": forms}, status=status)


@require_POST
@login_required
def confirm_zone(request: SignedInRequest) -> HttpResponse:
    """The answer to the offer to follow the browser's time zone: follow, stay, or never ask."""
    person, zone, answer = request.user, request.POST.get("zone", ""), request.POST.get("answer")
    if zone not in clock.zone_names():
        return redirect("people:preferences")
    if answer in ("stay", "never"):
        person.stay_in_zone(zone, never=answer == "never")
        zone = str(clock.zone_of(person))
        text = _("Your days stay in %(zone)s. You can change this in Settings.")
    else:
        person.zone = zone
        person.save(update_fields=["zone"])
        text = _("Your days now follow %(zone)s. What you’ve already written keeps its date.")
    messages.success(request, text % {"zone": zone.replace("_", " ")})
    return redirect(settings.LOGIN_REDIRECT_URL)


@require_http_methods(["GET", "POST"])
@login_required
@limited("operator_token")
def become_operator(request: SignedInRequest) -> HttpResponse:
    """A person who enters the token of the first start becomes the operator.

    The page shows an operator their tasks, and the messages of checks tagged "operator".
    """
    if request.user.is_staff:
        check_messages = run_checks(tags=["operator"], databases=["default"])
        context = {"check_messages": check_messages, "second_step": mfa.is_set(request.user)}
        return render(request, "people/operating.html", context)
    form = OperatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["token"]
        if constant_time_compare(given, settings.OPERATOR_TOKEN):
            request.user.is_staff = True
            request.user.save(update_fields=["is_staff"])
            record(What.OPERATOR, request.user.pk)
            messages.success(request, _("You’re now the operator of this server."))
            return redirect("people:become-operator")
        form.add_error(
            "token",
            _("That isn’t the token. Look for it in what Selftrust printed when it first started."),
        )
    return render(request, "people/operator.html", {"form": form})


@require_http_methods(["GET", "POST"])
@login_required
def invitations(request: SignedInRequest) -> HttpResponse:
    """The operator creates a sign-up link for one person; the page shows it once."""
    if not request.user.is_staff:
        raise Http404
    link = ""
    if request.method == "POST":
        token = Invitation.make(request.user)
        record(What.INVITATION, request.user.pk)
        link = request.build_absolute_uri(f"{reverse('account_signup')}?invite={token}")
    context = {"link": link, "days": Invitation.LIVES.days}
    return render(request, "people/invitations.html", context)
