"""The content of an entry and its labels: the single list of these columns.

A field added to `EntryContent` becomes a column of entries and of their earlier versions; set-aside
copies, restored versions and the export include it. `Entry.NOT_CONTENT` names every other field of
an entry, with the reason (tests/reflections/test_content.py).
"""

from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from journal.people.day_fields import DaySoFarField
from journal.privacy.fields import WordsField
from journal.privacy.ownership import field_of
from journal.reflections.entries.models.topic import Topic
from journal.reflections.entries.prompts.models import OwnPrompt, Prompt
from journal.reflections.entries.splitting import LONGEST_BODY, LONGEST_TITLE
from journal.reflections.practices import Practice

MOOD_CHARACTERS = 40

Fields = list[models.Field[Any, Any]]


class EntryContent(models.Model):
    title = WordsField(_("Title"), max_length=LONGEST_TITLE, blank=True)
    body = WordsField(_("Your entry"), max_length=LONGEST_BODY)
    written_on = DaySoFarField(_("Day"))  # the writer's day, fixed when it was written
    topic = models.ForeignKey(
        Topic,
        verbose_name=_("Topic"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
    )
    practice = models.CharField(_("Practice"), max_length=10, choices=Practice, blank=True)
    intensity = models.PositiveSmallIntegerField(
        _("How strong was the feeling?"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(10)],
    )
    mood = WordsField(_("A word for your mood"), max_length=MOOD_CHARACTERS, blank=True)
    # The button "This is too much right now" sets it too (pause.py).
    quiet = models.BooleanField(
        _("Don't show on Today"),
        default=False,
        help_text=_(
            "It stays in your journal and in search, but we won’t bring it up anywhere else."
        ),
    )
    prompt = models.ForeignKey(
        Prompt,
        verbose_name=_("Prompt"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
    )
    own_prompt = models.ForeignKey(
        OwnPrompt,
        verbose_name=_("Prompt"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
    )

    # The name of the topic that the next save assigns: "" for none, None for no change.
    labelled: str | None = None

    class Meta:
        abstract = True

    @classmethod
    def content_fields(cls) -> Fields:
        return [field_of(cls, field.name) for field in EntryContent._meta.local_fields]

    def content(self) -> dict[str, Any]:
        """Plain values by field; the topic as its name, since its row may not exist yet."""
        values = {field.name: getattr(self, field.attname) for field in self.content_fields()}
        return values | {"topic": self.topic_name}

    def take(self, other: "EntryContent", fields: Fields | None = None) -> None:
        """Copies all content, or some fields, from another row."""
        for field in fields or self.content_fields():
            setattr(self, field.attname, getattr(other, field.attname))
        self.labelled = other.labelled

    @property
    def topic_name(self) -> str | None:
        if self.labelled is not None:
            return self.labelled or None
        return self.topic.name if self.topic else None

    @property
    def asked(self) -> Prompt | OwnPrompt | None:
        """The prompt that the entry answers."""
        return self.prompt or self.own_prompt

    @property
    def labels(self) -> list[tuple[str | Promise, str]]:
        """The labels, as label and display value; empty ones are left out."""
        found: list[tuple[str | Promise, str]] = []
        for field in self.content_fields():
            value = getattr(self, field.name)
            if field.name in ("title", "body") or value in (None, "", False):
                continue
            if value is True:
                value = _("Yes")
            if field.choices:
                value = getattr(self, f"get_{field.name}_display")()
            elif isinstance(value, date):
                value = date_format(value)
            found.append((field.verbose_name, getattr(value, "label", None) or str(value)))
        return found
