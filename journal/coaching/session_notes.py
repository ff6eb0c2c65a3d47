"""The notes of a session: one row of the coach's own, saved by the button and while typing.

Every tab writes to the same row. The caller holds a lock on the coach's row of the client, so the
first of two requests inserts it and the second finds it. Where a page did not know what is stored,
nothing is overwritten: its form comes back with both texts.
"""

from collections.abc import Iterable
from enum import Enum, auto
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.coaching.models import CoachNote
from journal.privacy.owned_form import OwnedForm
from journal.reflections.entries.conflict import both
from journal.sharing.models.roster import Client


class NotesStatus(Enum):
    SAVED = auto()
    NOTHING = auto()  # no words, and no row
    BLANK = auto()  # no words where there were some
    INVALID = auto()
    CONFLICT = auto()


class SessionNotesForm(OwnedForm):
    class Meta:
        model = CoachNote
        fields = ("body",)
        labels = {"body": gettext_lazy("Private to you")}
        widgets = {"body": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].required = False
        self.fields.pop("id", None)  # the session says which row it is
        if "version" in self.fields:
            self.fields["version"].required = False


def is_of(note: CoachNote, session_id: UUID) -> bool:
    return note.session_id == session_id and not note.is_open


def main_note(notes: Iterable[CoachNote], session_id: UUID) -> CoachNote | None:
    """Of the notes given, newest first: the one that the session's page writes to."""
    return next((one for one in reversed([*notes]) if is_of(one, session_id)), None)


def stored(client: Client, session_id: UUID) -> CoachNote | None:
    rows = client.notes.live().filter(session_id=session_id, is_open=False)
    return main_note(rows.order_by("-created_at", "-id"), session_id)


def form_of(client: Client, session_id: UUID, note: CoachNote | None) -> SessionNotesForm:
    new = CoachNote(owner_id=client.owner_id, client=client, session_id=session_id)
    return SessionNotesForm(instance=note or new)


def save(
    client: Client, session_id: UUID, posted: QueryDict
) -> tuple[NotesStatus, SessionNotesForm]:
    note = stored(client, session_id)
    data = posted.copy()
    data["version"] = posted.get("version") or "0"  # a page that has not heard of a row
    form = SessionNotesForm(data, instance=form_of(client, session_id, note).instance)
    if not form.is_valid():
        return NotesStatus.INVALID, form
    if note is None:
        if not form.cleaned_data["body"]:
            return NotesStatus.NOTHING, form
        form.instance.insert_once()
        return NotesStatus.SAVED, SessionNotesForm(instance=form.instance)
    if form.would_overwrite:
        return NotesStatus.CONFLICT, form
    if not form.cleaned_data["body"]:
        return NotesStatus.BLANK, form
    if form.has_changed():
        form.instance.save(update_fields=["body"])
    return NotesStatus.SAVED, SessionNotesForm(instance=form.instance)


def with_both(form: SessionNotesForm) -> SessionNotesForm:
    """Shows what is stored with what was typed below it; saved once more, that is kept."""
    form.data["body"] = both(form.initial["body"], form.data.get("body", ""))
    form.data["version"] = str(form.instance.version)
    text = _("These notes were also changed somewhere else. Both are here, one below the other.")
    form.add_error("body", text)
    return form
