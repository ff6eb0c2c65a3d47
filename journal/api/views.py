"""The page of a person's tokens, and the description of the API, for people and for programs."""

from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from journal.api import description as described
from journal.api import tokens
from journal.api.forms import TokenForm
from journal.people.http import SignedInRequest
from journal.people.rate_limits import limited
from journal.reminders.views import origin


@require_http_methods(["GET", "POST"])
@login_required
@reauthentication_required
@limited("make_token")
@transaction.atomic
def manage(request: SignedInRequest) -> HttpResponse:
    """A new token is in the answer to its form, and nowhere else."""
    person = request.user
    if request.method == "GET":
        return _page(request, TokenForm(person))
    person.lock()
    form = TokenForm(person, request.POST)
    if not form.is_valid():
        return _page(request, form)
    token = form.save()
    if token is None:
        messages.info(
            request,
            _("That token was made already, and is shown only once. End it and make another."),
        )
        return redirect("api:tokens")
    get_adapter().send_notification_mail("api/email/token_made", person)
    return _page(request, TokenForm(person), token)


def _page(request: SignedInRequest, form: TokenForm, token: str = "") -> HttpResponse:
    rows = list(tokens.tokens_of(request.user))
    context = {"form": form, "tokens": rows, "token": token, "most": tokens.MOST}
    return render(request, "api/tokens.html", context, status=201 if token else 200)


@require_POST
@login_required
def end(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Needs no password: who finds a token that they didn’t make should not have to wait."""
    if tokens.end(request.user, pk):
        messages.success(request, _("The token has ended. Nothing can use it any more."))
    return redirect("api:tokens")


@require_GET
@login_required
def description(request: SignedInRequest) -> HttpResponse:
    context = {
        "operations": described.operations(),
        "origin": origin(request),
        "often": settings.ACCOUNT_RATE_LIMITS["api"].partition("/")[0],
    }
    return render(request, "api/description.html", context)


@require_GET
def openapi(request: HttpRequest) -> JsonResponse:
    return JsonResponse(described.openapi())
