from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.checks import run_checks
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from journal.people import clock, mfa
from journal.people.forms import OperatorForm, PreferencesForm
from journal.people.http import SignedInRequest
from journal.people.models import Invitation
from journal.people.rate_limits import limited

YEAR = 60 * 60 * 24 * 365


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "people/landing.html")


@require_http_methods(["GET", "POST"])
@login_required
def preferences(request: SignedInRequest) -> HttpResponse:
    form = PreferencesForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        person = form.save_answers()
        messages.success(request, _("Saved."))
        response = redirect("people:preferences")
        # Error pages do not load the person, so a cookie holds the theme too.
        response.set_cookie("theme", person.theme, max_age=YEAR, httponly=True, samesite="Lax")
        return response
    return render(request, "people/preferences.html", {"form": form})


@require_GET
def former_reminders(request: HttpRequest) -> HttpResponse:
    return redirect("people:preferences")


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
        found = run_checks(tags=["operator"], databases=["default"])
        context = {"found": found, "second_step": mfa.is_set(request.user)}
        return render(request, "people/operating.html", context)
    form = OperatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["token"]
        if constant_time_compare(given, settings.OPERATOR_TOKEN):
            request.user.is_staff = True
            request.user.save(update_fields=["is_staff"])
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
        link = request.build_absolute_uri(f"{reverse('account_signup')}?invite={token}")
    context = {"link": link, "days": Invitation.LIVES.days}
    return render(request, "people/invitations.html", context)
