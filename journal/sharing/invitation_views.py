"""Inviting a coach, and the pages for the invited person."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from journal.guide.new_row import redirect_to_row
from journal.people.http import SignedInRequest
from journal.people.rate_limits import limited
from journal.people.reauthentication import asked_first
from journal.sharing import invitations
from journal.sharing.forms import (
    CHANGED,
    SENT_BEFORE,
    AcceptForm,
    ConsentForm,
    InviteForm,
    JoinForm,
)
from journal.sharing.invitations import Direction, InvitationLookup, SentBefore, TextChanged
from journal.sharing.models.links import CoachInvitation
from journal.sharing.teams import InATeam

ACCEPTED = gettext_lazy("You’re connected. Nothing is shared yet.")


@require_http_methods(["GET", "POST"])
@login_required
@reauthentication_required(allow_get=True)
@limited("invite")
def invite(request: SignedInRequest) -> HttpResponse:
    """First the address and the names, then the consent text word for word; then it is sent."""
    row = CoachInvitation(owner=request.user)
    if moved := redirect_to_row(request, row, lambda _stored: reverse("sharing:overview")):
        return moved
    form = InviteForm(request.POST or None, person=request.user, initial={"id": row.pk})
    if request.method != "POST" or not form.is_valid():
        return render(request, "sharing/invite.html", {"form": form})
    coach = form.cleaned_data["coach_name"]
    text = invitations.consent_text(coach)
    consent = ConsentForm(request.POST if "agree" in request.POST else None)
    context: dict[str, Any] = {"form": form, "consent": consent, "text": text, "coach": coach}
    if "agree" not in request.POST or not consent.is_valid():
        return render(request, "sharing/invite_consent.html", context)
    given = form.cleaned_data
    try:
        context["invited"] = invitations.invite(
            request.user,
            Direction.BY_CLIENT,
            given["email"],
            given["from_name"],
            request,
            pk=given["id"],
            coach_name=coach,
            agreed=text,
        )
    except SentBefore:
        form.renew_id()
        consent.add_error(None, SENT_BEFORE)
        return render(request, "sharing/invite_consent.html", context, status=409)
    return render(request, "sharing/invited.html", context, status=201)


@require_POST
@login_required
def withdraw(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """A declined invitation only disappears from the list."""
    invited = request.user.coachinvitations.to_show(Direction.BY_CLIENT)
    row = get_object_or_404(invited, pk=pk)
    row.trash()
    if not row.declined_at:
        messages.success(request, _("Invitation cancelled. The link no longer works."))
    return redirect("sharing:overview")


@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Reveals whether the invitation exists only to the person it was sent to."""
    if not request.user.is_authenticated:
        return render(request, "sharing/invitation_signed_out.html", {"token": token})
    person: Any = request.user
    found = invitations.find_invitation(token, person)
    if found is None:
        return unusable(request)
    if request.POST.get("do") == "decline":
        invitations.decline(token, person)
        return render(request, "sharing/declined.html")
    answer: Callable[..., HttpResponse] = _as_client if found.is_for_a_client else _as_coach
    if found.is_by_a_team:
        answer = _into_team
    elif not found.is_for_a_client and not invitations.may_coach(person):
        return render(request, "sharing/not_a_coach.html", {"invitation": found})
    return answer(request, token, found)


@reauthentication_required(allow_get=True)
def _as_client(request: SignedInRequest, token: str, found: InvitationLookup) -> HttpResponse:
    called = {"name": request.user.called}
    coach, team = found.from_name, found.team
    form = AcceptForm(request.POST or None, coach=coach, team=team, initial=called)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            link = invitations.accept_as_client(
                token, request.user, given["name"], given["version"]
            )
        except TextChanged:
            form.read_again()
        else:
            if link is None:
                return unusable(request)
            messages.success(request, ACCEPTED)
            return redirect(link)
    text = invitations.consent_text(coach, team)
    context = {"invitation": found, "team": team, "consent": form, "text": text, "token": token}
    return render(request, "sharing/consent.html", context, status=409 if stale(form) else 200)


def stale(form: AcceptForm) -> bool:
    return CHANGED in form.non_field_errors()


def _into_team(request: SignedInRequest, token: str, found: InvitationLookup) -> HttpResponse:
    form, status = JoinForm(request.POST or None, initial={"name": request.user.called}), 200
    if request.method == "POST" and form.is_valid():
        if asks := asked_first(request, request.path):
            return asks
        try:
            if invitations.join_team(token, request.user, form.cleaned_data["name"]) is None:
                return unusable(request)
        except InATeam:
            form.add_error(
                None, _("You’re in a team here already. Leave it before you join another.")
            )
            status = 409
        else:
            messages.success(request, _("You’ve joined the team."))
            return redirect("coach:team")
    context = {"invitation": found, "team": found.team, "form": form, "token": token}
    return render(request, "sharing/join_team.html", context, status=status)


def _as_coach(request: SignedInRequest, token: str, found: InvitationLookup) -> HttpResponse:
    if request.method == "POST":
        if asks := asked_first(request, request.path):
            return asks
        if invitations.accept_as_coach(token, request.user) is None:
            return unusable(request)
        messages.success(request, _("You’re connected. You’ll see what they choose to share."))
        return redirect("coach:index")
    return render(request, "sharing/coach_consent.html", {"invitation": found, "token": token})


def unusable(request: HttpRequest) -> HttpResponse:
    """The same page for an invitation that was answered, withdrawn or too old, for one sent to
    somebody else, and for an unknown token."""
    return render(request, "sharing/unusable.html", status=404)
