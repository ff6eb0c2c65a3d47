"""A session with a client: preparing it, writing it down, agreeing on something, the next date."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from journal.coaching import note_templates, queries, session_notes, sessions
from journal.coaching.client_views import found as linked_or_not
from journal.coaching.forms import NoteForm
from journal.coaching.models import CoachNote
from journal.coaching.queries import RosterRow
from journal.coaching.session_notes import NotesStatus, SessionNotesForm
from journal.guide import autosave_responses
from journal.guide.line_templates import below
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


class ClientForm(forms.Form):
    client = forms.UUIDField()


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


def _client_of(request: SignedInRequest, pk: UUID) -> RosterRow:
    """Also after the session went, with its link or without: notes are about a client of theirs."""
    row = queries.find_session(pk)
    one = queries.client_of_link(request.user, row.link_id) if row else None
    if one is None:
        named = ClientForm(request.POST)
        if not named.is_valid():
            raise Http404
        one = linked_or_not(request.user, named.cleaned_data["client"])
    one.client = request.user.clients.select_for_update().get(pk=one.client.pk)
    return one


@require_http_methods(["GET", "POST"])
@transaction.atomic
def session(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """`do=send` closes it and sends; any other button saves the notes, and sends nothing."""
    if request.method != "POST":
        one, _link, there = found(request.user, pk)
        return session_page(request, one, there)
    one = _client_of(request, pk)
    row = queries.find_session(pk)  # as it is now that this request's turn has come
    if row is None or one.link is None:
        return _without_session(request, one, pk)
    page = _Typed(request, one, row)
    if "template" in request.POST:
        return page.with_template(request.POST["template"])
    if refused := page.save_notes():
        return refused
    return page.send(one.link) if request.POST.get("do") == "send" else page.keep()


@require_POST
@transaction.atomic
def autosave(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Saves the notes when typing pauses."""
    outcome, form = session_notes.save(_client_of(request, pk).client, pk, request.POST)
    if outcome is NotesStatus.CONFLICT:
        return autosave_responses.two_versions(request)
    if outcome is NotesStatus.SAVED:
        return autosave_responses.saved(request, form.instance)
    if not form.errors:
        form.add_error("body", _("There’s nothing to save here. Your last saved version stays."))
    return autosave_responses.not_saved(request, form)


def _without_session(request: SignedInRequest, one: RosterRow, pk: UUID) -> HttpResponse:
    """Saves the notes and sends nothing: the client ended the link, or the date was cancelled."""
    outcome, form = session_notes.save(one.client, pk, request.POST)
    if outcome is NotesStatus.CONFLICT:
        session_notes.with_both(form)
    data, names = request.POST, [f"a{n}-{word}" for n in range(1, MOST + 1) for word in WORDS]
    typed = [data[name] for name in names if data.get(name)]
    context = {"one": one, "pk": pk, "form": form, "typed": typed}
    context["is_saved"] = outcome is NotesStatus.SAVED
    return render(request, "coaching/session_gone.html", context, status=409)


class _Typed:
    """What the form of the page says."""

    def __init__(self, request: SignedInRequest, one: RosterRow, row: CoachSession) -> None:
        self.request, self.one, self.row = request, one, row
        self.proposals = _proposals(request, row)
        self.following = NextForm(request.user, request.POST)
        self.notes: SessionNotesForm | None = None

    @property
    def is_valid(self) -> bool:
        return all([self.following.is_valid(), *(form.is_valid() for form in self.proposals)])

    def render(self, status: int = 200, trouble: str = "") -> HttpResponse:
        return session_page(
            *(self.request, self.one, self.row, status),
            notes=self.notes,
            proposals=self.proposals,
            following=self.following,
            trouble=trouble,
        )

    def render_unasked(self) -> HttpResponse:
        """Without errors: nobody has asked to send yet."""
        for form in (self.following, *self.proposals):
            form.errors.clear()
        return self.render()

    def with_template(self, named: str) -> HttpResponse:
        """The page as it was typed, with the lines of a template below; saves nothing."""
        data, template = self.request.POST.copy(), note_templates.find(self.request.user, named)
        data["body"] = below(data.get("body", ""), template)
        note = session_notes.stored(self.one.client, self.row.pk)
        blank = session_notes.form_of(self.one.client, self.row.pk, note)
        self.notes = SessionNotesForm(data, instance=blank.instance)
        self.notes.errors.clear()
        return self.render_unasked()

    def save_notes(self) -> HttpResponse | None:
        """Returns the page if they could not be saved."""
        client, pk = self.one.client, self.row.pk
        outcome, form = session_notes.save(client, pk, self.request.POST)
        if outcome is NotesStatus.CONFLICT:
            self.notes = session_notes.with_both(form)
            return self.render(409)
        if outcome is NotesStatus.INVALID:
            self.notes = form
            return self.render()
        if outcome is NotesStatus.BLANK:
            form.instance.trash()
            undo = reverse("coach:restore-note", args=[form.instance.pk])
            messages.success(self.request, _("Deleted."), extra_tags=undo)
        return None

    def keep(self) -> HttpResponse:
        messages.success(self.request, _("Saved for you. Nothing was sent."))
        if self.proposals or self.request.POST.get("next_session_at"):
            return self.render_unasked()
        return redirect(self.row)

    def send(self, link: CoachLink) -> HttpResponse:
        coach, client, row = self.request.user, self.one.client, self.row
        if not self.is_valid:
            return self.render()
        if link.muted_since and self.proposals:
            text = _("%(name)s doesn’t want comments or suggestions at the moment.")
            return self.render(409, text % {"name": isolate(self.one.name)})
        if not sessions.propose(row, self.proposals):
            says_why = any(form.errors for form in self.proposals)
            return self.render(409, "" if says_why else _("There are three agreements already."))
        sessions.close(coach, client, row)
        if at := self.following.cleaned_data["next_session_at"]:
            client.next_session_at = at
            client.save(update_fields=["next_session_at"])
            sessions.plan(coach, link, at)
        messages.success(self.request, _("Saved and sent."))
        return redirect(row)


def _proposals(request: SignedInRequest, row: CoachSession) -> list[AgreementForm]:
    """The forms in which something was written."""
    made = [_proposal(request, row, number) for number in range(1, MOST + 1)]
    return [form for form in made if any(form.data.get(form.add_prefix(n)) for n in WORDS)]


def _proposal(request: SignedInRequest, row: CoachSession, number: int) -> AgreementForm:
    data = request.POST if request.method == "POST" else None
    blank = Agreement(owner_id=row.owner_id, link_id=row.link_id, session_id=row.pk)
    return AgreementForm(
        request.user, data, instance=blank, prefix=f"a{number}", use_required_attribute=False
    )


def session_page(
    request: SignedInRequest,
    one: RosterRow,
    row: CoachSession,
    status: int = 200,
    *,
    asking: NoteForm | None = None,
    notes: SessionNotesForm | None = None,
    proposals: list[AgreementForm] | None = None,
    following: NextForm | None = None,
    trouble: str = "",
) -> HttpResponse:
    sight = queries.sight(one, clock.today(request.user))
    agreed, bound = sight.board.agreed_in(row), {form.prefix: form for form in proposals or ()}
    rows = [bound.get(f"a{n}") or _empty(request, row, n) for n in range(1, MOST + 1)]
    note = session_notes.main_note(sight.notes, row.pk)
    question = CoachNote(owner=request.user, client=one.client, session_id=row.pk, is_open=True)
    context = {
        "one": one,
        "row": row,
        "sight": sight,
        "agreed": agreed,
        "before": sight.board.before(row),
        "questions": [one for one in sight.notes if one.is_open],
        "question_form": asking or NoteForm(instance=question),
        "notes": notes or session_notes.form_of(one.client, row.pk, note),
        "other_notes": [
            one for one in sight.notes if session_notes.is_of(one, row.pk) and one != note
        ],
        "templates": note_templates.offered(request.user),
        "proposals": [form for form in rows if form.is_bound] or rows[: MOST - len(agreed)],
        "following": following or NextForm(request.user),
        "trouble": trouble,
    }
    if bound:
        context["proposals"] = rows
    return render(request, "coaching/session.html", context, status=status)


def _empty(request: SignedInRequest, row: CoachSession, number: int) -> AgreementForm:
    blank = Agreement(owner_id=row.owner_id, link_id=row.link_id, session_id=row.pk)
    return AgreementForm(
        request.user, instance=blank, prefix=f"a{number}", use_required_attribute=False
    )


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
