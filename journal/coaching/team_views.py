"""The pages of a coach's team. Who is in none gets a 404, and no link to them."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from journal.coaching import teams
from journal.coaching.team_forms import ColleagueForm, TeamForm, TeamInviteForm
from journal.coaching.teams import BY_TEAM, TeamPage
from journal.people.http import SignedInRequest
from journal.people.rate_limits import limited
from journal.sharing import invitations
from journal.sharing import teams as verbs
from journal.sharing.forms import SENT_BEFORE
from journal.sharing.invitations import SentBefore
from journal.sharing.models.teams import TeamMember
from journal.sharing.teams import ChangedMeanwhile, NotTheirs

View = Callable[..., HttpResponse]


def found(request: SignedInRequest) -> TeamPage:
    page = teams.team_page(request.user)
    if page is None:
        raise Http404
    return page


def for_administrators(view: View) -> View:
    """Passes the page of the team to a view that only its administrator may use."""

    @wraps(view)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        page = found(request)
        if not page.administers:
            raise Http404
        try:
            return view(request, page, *args, **kwargs)
        except NotTheirs as error:
            raise Http404 from error

    return guarded


def colleague(page: TeamPage, pk: UUID) -> TeamMember:
    row = page.colleague(pk)
    if row is None:
        raise Http404
    return row


@require_http_methods(["GET", "POST"])
@limited("invite")
def team(request: SignedInRequest) -> HttpResponse:
    """The coaches; and for the administrator, numbers and invitations."""
    page = found(request)
    if request.method == "POST" and not page.administers:
        raise Http404
    status, initial = 200, {"from_name": page.own.member.name}
    form, invited = TeamInviteForm(request.POST or None, initial=initial), None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        sent = given["email"], given["from_name"], request
        try:
            invited = invitations.invite(request.user, BY_TEAM, *sent, pk=given["id"])
            if invited.mailed:
                messages.success(request, _("Sent. It works for seven days."))
                return redirect("coach:team")
            form, status = TeamInviteForm(initial=initial), 201
            page = found(request)
        except SentBefore:
            form.renew_id()
            form.add_error(None, SENT_BEFORE)
            status = 409
    context = {"page": page, "form": form, "invited": invited}
    return render(request, "coaching/team.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_administrators
def settings(request: SignedInRequest, page: TeamPage) -> HttpResponse:
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = TeamForm(*posted, team=page.team)
    status = 200
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["text_version"]
        try:
            verbs.change(page.team, _values(form), request.user.pk, version=version)
            messages.success(request, _("Saved."))
            return redirect("coach:team")
        except ChangedMeanwhile as changed:
            form.changed_meanwhile(changed.team)
            status = 409
    context = {"page": page, "form": form}
    return render(request, "coaching/team_settings.html", context, status=status)


def _values(form: TeamForm) -> dict[str, Any]:
    given = form.cleaned_data
    values = {name: given[name] for name in ("name", "sender", "consent_text", "notes_days")}
    if form.decoded:
        values |= {"mark": form.decoded, "marked_at": timezone.now()}
    elif given.get("no_mark"):
        values |= {"mark": None, "marked_at": None}
    return values


@require_GET
def mark(request: SignedInRequest) -> HttpResponse:
    image = teams.mark()
    if image is None:
        raise Http404
    return HttpResponse(image, content_type="image/jpeg")


@require_POST
@for_administrators
def take_back(request: SignedInRequest, page: TeamPage, pk: UUID) -> HttpResponse:
    """A declined invitation only disappears from the list."""
    row = get_object_or_404(request.user.coachinvitations.to_show(BY_TEAM), pk=pk)
    row.trash()
    if not row.declined_at:
        messages.success(request, _("Invitation cancelled. The link no longer works."))
    return redirect("coach:team")


@require_http_methods(["GET", "POST"])
@for_administrators
def ask(request: SignedInRequest, page: TeamPage, pk: UUID) -> HttpResponse:
    """Asks a coach to suggest another one to a client of theirs, no matter which."""
    row = next((one.member for one in page.coaches if one.member.pk == pk), None)
    others = [one.member for one in page.coaches if one.member.pk != pk]
    if row is None or not others:
        raise Http404
    if request.POST.get("do") == "withdraw":
        verbs.ask_for(page.team, row.owner_id, None, request.user.pk)
        messages.success(request, _("Withdrawn."))
        return redirect("coach:team")
    form = ColleagueForm(request.POST or None, colleagues=others)
    if request.method == "POST" and form.is_valid():
        other = form.cleaned_data["colleague"]
        verbs.ask_for(page.team, row.owner_id, other.owner_id, request.user.pk)
        messages.success(request, _("Asked. They choose the client, and the client decides."))
        return redirect("coach:team")
    return render(request, "coaching/ask_coach.html", {"row": row, "form": form})


@require_POST
def dismiss(request: SignedInRequest) -> HttpResponse:
    """By the coach who was asked."""
    page = found(request)
    verbs.ask_for(page.team, request.user.pk, None, request.user.pk)
    return redirect("coach:team")


@require_POST
@for_administrators
def remove(request: SignedInRequest, page: TeamPage, pk: UUID) -> HttpResponse:
    row = colleague(page, pk)
    verbs.remove(page.team, row.owner_id, request.user.pk)
    messages.success(request, _("They’re no longer in the team. Their clients stay theirs."))
    return redirect("coach:team")


@require_POST
@for_administrators
def appoint(request: SignedInRequest, page: TeamPage, pk: UUID) -> HttpResponse:
    """Hands over the administration."""
    if verbs.appoint(page.team, colleague(page, pk).owner_id, request.user.pk):
        messages.success(request, _("They look after the team from now on."))
    else:
        messages.info(request, _("This account can’t look after the team at the moment."))
    return redirect("coach:team")


@require_POST
def leave(request: SignedInRequest) -> HttpResponse:
    """The administrator hands the team over first."""
    page = found(request)
    if page.administers:
        messages.info(request, _("Hand the team over to another coach before you leave it."))
        return redirect("coach:team")
    verbs.remove(page.team, request.user.pk, request.user.pk)
    messages.success(request, _("You’ve left the team. Your clients stay yours."))
    return redirect("coach:index")
