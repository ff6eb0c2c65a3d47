"""One client: what they share, the next session, and the coach's own notes."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from journal.coaching import briefs, item_views, queries, session_openers, teams
from journal.coaching.forms import NoteForm, SessionsForm
from journal.coaching.item_views import TalkRow
from journal.coaching.models import CoachNote
from journal.coaching.queries import RosterRow
from journal.coaching.sessions import plan
from journal.people import clock
from journal.people.http import SignedInRequest
from journal.people.models import User
from journal.sharing import talk
from journal.sharing.models.links import CoachLink


def found(coach: User, pk: UUID) -> RosterRow:
    """Raises Http404 for a client who is not on this coach's roster."""
    one = queries.find_client(coach, pk)
    if one is None:
        raise Http404
    return one


def linked(coach: User, pk: UUID) -> tuple[RosterRow, CoachLink]:
    """Also raises Http404 if the link has ended."""
    one = found(coach, pk)
    if one.link is None:
        raise Http404
    return one, one.link


@require_GET
def client(request: SignedInRequest, pk: UUID) -> HttpResponse:
    return client_page(request, found(request.user, pk))


def client_page(
    request: SignedInRequest,
    one: RosterRow,
    status: int = 200,
    notes: NoteForm | None = None,
    sessions: SessionsForm | None = None,
) -> HttpResponse:
    coach, talks = request.user, list[TalkRow]()
    context = {
        "one": one,
        "note_form": notes or NoteForm(instance=CoachNote(owner=coach, client=one.client)),
    }
    if one.link:
        sight = queries.sight(one, clock.today(coach))
        talks = item_views.talks_at_a_glance(one, sight)
        context |= {
            "sight": sight,
            "notes": sight.notes,
            "groups": queries.practice_groups(sight.items),
            "sessions_form": sessions or SessionsForm(instance=one.client),
            "suggestions": queries.suggestions(one),
            "talks": talks,
            "has_colleagues": len(sight.members) > 1,
            "handover": teams.suggested(sight),
        }
    else:
        context["notes"] = queries.notes(one.client)
    template = "coaching/client.html" if one.link else "coaching/client_after_link.html"
    answered = render(request, template, context, status=status)
    talk.mark_seen((row.talk for row in talks), by_coach=True)
    return answered


@require_POST
@transaction.atomic
def sessions(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The coach's own label and dates; the client reads the date of the next session."""
    one, link = linked(request.user, pk)
    one.client = request.user.clients.select_for_update().get(pk=one.client.pk)
    form = SessionsForm(request.POST, instance=one.client)
    if not form.is_valid():
        return client_page(request, found(request.user, pk), sessions=form)
    one.client.save(update_fields=["label", "last_session_on", "next_session_at"])
    plan(request.user, link, one.client.next_session_at)
    messages.success(request, _("Saved."))
    return redirect(one.client)


@require_GET
def brief(request: SignedInRequest, pk: UUID) -> HttpResponse:
    coach, (one, _link) = request.user, linked(request.user, pk)
    page = briefs.build_brief(one, clock.today(coach))
    form = NoteForm(instance=CoachNote(owner=coach, client=one.client))
    context = {
        "one": one,
        "page": page,
        "ways_in": session_openers.opening_questions(page),
        "notes": page.sight.notes,
        "note_form": form,
    }
    return render(request, "coaching/brief.html", context)
