"""The coach's own rows, under their own seal: notes that nobody else reads, prompts, templates."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from journal.guide.line_templates import LineTemplate
from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel
from journal.sharing.models.roster import Client


class CoachNote(OwnedModel):
    """The coach's own words about a client. Never a copy of the client's words."""

    export_name = "coaching.CoachNote"

    client = models.ForeignKey(
        Client, on_delete=models.CASCADE, related_name="notes", db_index=False
    )
    # The session it is about. That row is the client's, and out of sight once the link has ended.
    session_id = models.UUIDField(null=True, blank=True, editable=False)
    body = WordsField(_("Private to you"), max_length=8000)
    is_open = models.BooleanField(_("An open question for the next session"), default=False)

    class Meta:
        verbose_name = _("note")
        constraints = [
            models.CheckConstraint(condition=Q(body__isnull=False), name="note_says_something")
        ]
        indexes = [models.Index(fields=["owner", "client", "-created_at"], name="note_by_client")]


class LibraryPrompt(OwnedModel):
    """A coach's own prompt, for later suggestions."""

    export_name = "coaching.LibraryPrompt"

    text = WordsField(_("Your prompt"), max_length=300)

    class Meta:
        verbose_name = _("prompt of a coach")
        indexes = [models.Index(fields=["owner", "-created_at"], name="library_by_day")]


class NoteTemplate(LineTemplate):
    """A coach's own lines to start the notes of a session from. More are in note_templates.py."""

    export_name = "coaching.NoteTemplate"

    class Meta:
        verbose_name = _("template for notes")
        constraints = [
            models.CheckConstraint(
                condition=Q(name__isnull=False, lines__isnull=False),
                name="note_template_has_words",
            ),
        ]
        indexes = [models.Index(fields=["owner", "id"], name="note_template_by_owner")]
