"""Prompts: those of Selftrust, a person's own, and the ones they hid.

The app deletes no prompt, since an entry keeps showing its own.
"""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from journal.people.models import User
from journal.people.row_urls import row_url
from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet, belongs_to
from journal.reflections.practices import DRAWINGS, Practice

OWN_PROMPT_CHARACTERS = 300  # as a coach may suggest


class Offered:
    """The common interface of both kinds of prompt."""

    pk: Any
    practice: str
    question: Any  # the text to display

    @property
    def label(self) -> str:
        return self.question

    @property
    def drawing(self) -> str:
        return DRAWINGS.get(self.practice, "")

    @property
    def write_address(self) -> str:
        return f"{row_url('entries:write')}?prompt={self.pk}"


class Prompt(Offered, models.Model):
    """Seeded, without an owner; only the operator may change the table."""

    practice = models.CharField(_("Practice"), max_length=10, choices=Practice, blank=True)
    text = models.CharField(_("Prompt"), max_length=200)

    class Meta:
        verbose_name = _("prompt")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def question(self) -> str:
        return gettext(self.text)

    def hide_from(self, person: User) -> None:
        """Calling it twice changes nothing."""
        HiddenPrompt.objects.bulk_create(
            [HiddenPrompt(owner=person, prompt=self)], ignore_conflicts=True
        )

    def offer_again_to(self, person: User) -> None:
        person.hidden_prompts.filter(prompt=self).delete()


class OwnPromptQuerySet(OwnedQuerySet):
    def offered(self) -> Self:
        return self.live().filter(hidden_at=None)


class OwnPrompt(Offered, OwnedModel):
    export_name = "reflections.OwnPrompt"
    owner = belongs_to("own_prompts")
    text = WordsField(_("Your prompt"), max_length=OWN_PROMPT_CHARACTERS)
    practice = models.CharField(_("Practice"), max_length=10, choices=Practice, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar = OwnPromptQuerySet.as_manager()

    class Meta:
        verbose_name = _("own prompt")
        constraints = [
            models.UniqueConstraint(fields=["id", "owner"], name="own_prompt_and_owner"),
            models.CheckConstraint(condition=Q(text__isnull=False), name="own_prompt_has_words"),
        ]
        indexes = [
            models.Index(
                fields=["owner", "id"], condition=Q(deleted_at=None), name="own_prompts_live"
            )
        ]

    @property
    def question(self) -> str:
        return self.text

    def hide_from(self, _owner: User) -> None:
        """Hides the prompt and keeps its row. Calling it twice changes nothing."""
        self._set_hidden(timezone.now())

    def offer_again_to(self, _owner: User) -> None:
        self._set_hidden(None)

    def _set_hidden(self, at: datetime | None) -> None:
        if (self.hidden_at is None) != (at is None):
            self.hidden_at = at
            self.save(update_fields=["hidden_at"])


class HiddenPrompt(OwnedModel):
    """A prompt that this person chose not to see."""

    export_name = "reflections.HiddenPrompt"

    owner = belongs_to("hidden_prompts")
    prompt = models.ForeignKey(Prompt, on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("hidden prompt")
        constraints = [
            models.UniqueConstraint(fields=["owner", "prompt"], name="hidden_prompt_once")
        ]
