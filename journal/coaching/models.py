"""The coach's own rows, under their own seal: private notes, prompts, templates, programs."""

import json
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from journal.guide.line_templates import LineTemplate
from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet
from journal.sharing.models.messages import Suggestion
from journal.sharing.models.programs import NAME_OF_PROGRAM, PURPOSE_OF_PROGRAM
from journal.sharing.models.roster import Client
from journal.sharing.shareable import Practice


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


@dataclass(frozen=True)
class Step:
    """The suggestion of one week: a prompt or a promise in these words, or a practice, to which
    they are a note."""

    week: int
    what: str
    practice: str
    words: str

    @property
    def kind(self) -> Any:
        return Practice(self.practice).label if self.practice else Suggestion.What(self.what).label

    def fill(self, suggestion: Suggestion) -> Suggestion:
        suggestion.week, suggestion.what, suggestion.practice = self.week, self.what, self.practice
        if self.practice:
            suggestion.note = self.words
        else:
            suggestion.text = self.words
        return suggestion


class ProgramQuerySet(OwnedQuerySet):
    def newest(self) -> Self:
        return self.live().order_by("-created_at", "-id")

    def others(self, one: "Program") -> Self:
        return self.live().exclude(pk=one.pk)


class Program(OwnedModel):
    """Suggestions over some weeks, one a week at most. What a client gets is a copy
    (`sharing.ClientProgram`), so changing this changes nothing for them."""

    export_name = "coaching.Program"

    name = WordsField(_("Name"), max_length=NAME_OF_PROGRAM)
    purpose = WordsField(_("What it’s for"), max_length=PURPOSE_OF_PROGRAM, blank=True)
    # JSON: [[week, what, practice, words]], in the order of the weeks.
    steps = WordsField(max_length=8000, editable=False)

    objects: ClassVar = ProgramQuerySet.as_manager()

    class Meta:
        verbose_name = _("program")
        constraints = [
            models.CheckConstraint(condition=Q(name__isnull=False), name="coachs_program_named"),
            models.CheckConstraint(condition=Q(steps__isnull=False), name="coachs_program_steps"),
        ]
        indexes = [models.Index(fields=["owner", "-created_at"], name="program_by_day")]

    @property
    def sequence(self) -> list[Step]:
        return [Step(*step) for step in json.loads(self.steps or "[]")]

    @sequence.setter
    def sequence(self, steps: list[Step]) -> None:
        rows = [[one.week, one.what, one.practice, one.words] for one in steps]
        self.steps = json.dumps(rows, ensure_ascii=False)
