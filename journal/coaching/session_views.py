"""A session with a client: preparing it, writing it down, agreeing on something, the next date."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from journal.coaching import queries, sessions
from journal.coaching.forms import NoteForm
from journal.coaching.models import CoachNote
from journal.coaching.queries import RosterRow
from journal.people import clock
from journal.people.http import SignedInRequest
from journal.people.models import User
from journal.people.text_direction import isolate
from journal.privacy.fields import note_opened, opened_rows
from journal.privacy.rls import acting_as
from journal.sharing.agreement_forms import AgreementForm
from journal.sharing.models.agreements import MOST, Agreement, CoachSession
from journal.sharing.models.links import CoachLink
from journal.sharing.models.roster import Client

WORDS = ("text", "sign", "by_on")


class NextForm(forms.ModelForm):
    """The session after this one; its column is the one that the roster goes by."""

    class Meta:
        model = Client
        fields = ("next_session_at",)
        labels: ClassVar = {"next_session_at": gettext_lazy("Day and time")}

    def __init__(self, coach: User, data: Any = None) -> None:
        super().__init__(data, instance=Client(owner=coach))


def found(coach: User, pk: UUID) -> tuple[RosterRow, CoachLink, CoachSession]:
    """Raises Http404 unless it is a session with a client of an open link."""
    row = queries.find_session(pk)
    one = queries.client_of_link(coach, row.link_id) if row else None
    if row is None or one is None or one.link is None:
        raise Http404
    return one, one.link, row


@require_http_methods(["GET", "POST"])
@transaction.atomic
def session(request: SignedInRequest, pk: UUID) -> HttpResponse:
    one, link, row = found(request.user, pk)
    if request.method != "POST":
        return session_page(request, one, row)
    one.client = request.user.clients.select_for_update().get(pk=one.client.pk)
    row = queries.find_session(pk) or row  # as it is now that this request's turn has come
    proposals, following = _proposals(request, row), NextForm(request.user, request.POST)
    if not all([following.is_valid(), *(form.is_valid() for form in proposals)]):
        return session_page(request, one, row, proposals=proposals, following=following)
    muted = bool(link.muted_since and proposals)
    if muted or not sessions.propose(row, proposals):
        trouble = _("There are three agreements already.")
        if muted:
            trouble = _("%(name)s doesn’t want comments or suggestions at the moment.")
            trouble %= {"name": isolate(one.name)}
        elif any(form.errors for form in proposals):
            trouble = ""
        return session_page(
            request, one, row, 409, proposals=proposals, following=following, trouble=trouble
        )
    sessions.close(request.user, one.client, row)
    if at := following.cleaned_data["next_session_at"]:
        one.client.next_session_at = at
        one.client.save(update_fields=["next_session_at"])
        sessions.plan(request.user, link, at)
    messages.success(request, _("Saved and sent."))
    return redirect(row)


def _proposals(request: SignedInRequest, row: CoachSession) -> list[AgreementForm]:
    """The forms in which something was written."""
    made = [_proposal(request, row, number) for number in range(1, MOST + 1)]
    return [form for form in made if any(form.data.get(form.add_prefix(n)) for n in WORDS)]


def _proposal(request: SignedInRequest, row: CoachSession, number: int) -> AgreementForm:
    data = request.POST if request.method == "POST" else None
    blank = Agreement(owner_id=row.owner_id, link_id=row.link_id, session_id=row.pk)
    return AgreementForm(request.user, data, instance=blank, prefix=f"a{number}")


def session_page(
    request: SignedInRequest,
    one: RosterRow,
    row: CoachSession,
    status: int = 200,
    *,
    notes: NoteForm | None = None,
    proposals: list[AgreementForm] | None = None,
    following: NextForm | None = None,
    trouble: str = "",
) -> HttpResponse:
    sight = queries.sight(one, clock.today(request.user))
    agreed, bound = sight.board.agreed_in(row), {form.prefix: form for form in proposals or ()}
    rows = [bound.get(f"a{n}") or _empty(request, row, n) for n in range(1, MOST + 1)]
    note = CoachNote(owner=request.user, client=one.client, session_id=row.pk)
    context = {
        "one": one,
        "row": row,
        "sight": sight,
        "agreed": agreed,
        "before": sight.board.before(row),
        "questions": [one for one in sight.notes if one.is_open],
        "notes": [one for one in sight.notes if one.session_id == row.pk and not one.is_open],
        "note_form": notes or NoteForm(instance=note),
        "proposals": [form for form in rows if form.is_bound] or rows[: MOST - len(agreed)],
        "following": following or NextForm(request.user),
        "trouble": trouble,
    }
    if bound:
        context["proposals"] = rows
    return render(request, "coaching/session.html", context, status=status)


def _empty(request: SignedInRequest, row: CoachSession, number: int) -> AgreementForm:
    blank = Agreement(owner_id=row.owner_id, link_id=row.link_id, session_id=row.pk)
    return AgreementForm(request.user, instance=blank, prefix=f"a{number}")


def _found_agreement(coach: User, pk: UUID) -> tuple[RosterRow, Agreement]:
    row = queries.find_agreement(pk)
    one = queries.client_of_link(coach, row.link_id) if row else None
    if row is None or one is None or one.link is None:
        raise Http404
    return one, row


@require_http_methods(["GET", "POST"])
@transaction.atomic
def agreement(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Changes a proposal until the client has answered it."""
    one, row = _found_agreement(request.user, pk)
    status, trouble = 200, ""
    if request.method == "POST":
        with acting_as(row.owner_id), opened_rows():  # compared, and shown by no page
            stored = sessions.locked(row)
            form = AgreementForm(request.user, request.POST, instance=stored or row)
            if stored is None or not stored.is_waiting:
                status = 409
            elif form.is_valid():
                if not form.would_overwrite:
                    form.instance.save(update_fields=["text", "sign", "by_on"])
                    messages.success(request, _("Saved."))
                    return redirect("coach:session", row.session_id)
                status = 409
                form.changed_elsewhere(_("This was changed somewhere else in the meantime."))
        if form.elsewhere:  # but for this
            note_opened(row)
        if status == 409 and not form.errors:
            trouble = _("%(name)s has answered it already, so nothing has changed.")
            trouble %= {"name": isolate(one.name)}
    elif not row.is_waiting:
        return redirect("coach:session", row.session_id)
    else:
        form = AgreementForm(request.user, instance=row)
    context = {"one": one, "row": row, "form": form, "trouble": trouble}
    return render(request, "coaching/agreement.html", context, status=status)


@require_POST
@transaction.atomic
def withdraw(request: SignedInRequest, pk: UUID) -> HttpResponse:
    one, row = _found_agreement(request.user, pk)
    with acting_as(row.owner_id):
        stored = sessions.locked(row)
        withdrawn = stored is not None and stored.is_waiting
        if stored and withdrawn:
            stored.trash()
    if withdrawn:
        messages.success(request, _("Withdrawn."))
    else:
        text = _("%(name)s has answered it already, so nothing has changed.")
        messages.info(request, text % {"name": isolate(one.name)})
    return redirect("coach:session", row.session_id)
