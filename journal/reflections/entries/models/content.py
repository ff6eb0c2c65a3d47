"""The content of an entry and its labels: the single list of these columns.

A field added to `EntryContent` becomes a column of entries and of their earlier versions; set-aside
copies, restored versions and the export include it. `Entry.NOT_CONTENT` names every other field of
an entry, with the reason (tests/reflections/test_content.py). Tags are rows of their own, and go
everywhere by their names (`tag_names`).
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
from journal.reflections.entries.prompts.models import OwnPrompt, Prompt
from journal.reflections.entries.splitting import LONGEST_BODY, LONGEST_TITLE
from journal.reflections.entries.tag_names import join_names
from journal.reflections.practices import Practice

MOOD_CHARACTERS = 40

Fields = list[models.Field[Any, Any]]


def is_said(value: Any) -> bool:
    """Whether a field holds anything. An intensity of 0 is something, and no False."""
    return value is not False and value not in (None, "")


class EntryContent(models.Model):
    title = WordsField(_("Title"), max_length=LONGEST_TITLE, blank=True)
    body = WordsField(_("Your entry"), max_length=LONGEST_BODY)
    written_on = DaySoFarField(_("Day"))  # the writer's day, fixed when it was written
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

    tag_names: list[str]  # an entry's next save assigns what it was set to

    class Meta:
        abstract = True

    @classmethod
    def content_fields(cls) -> Fields:
        return [field_of(cls, field.name) for field in EntryContent._meta.local_fields]

    def content(self) -> dict[str, Any]:
        """Plain values by field; tags as their names, since their rows may not exist yet."""
        values = {field.name: getattr(self, field.attname) for field in self.content_fields()}
        return values | {"tags": self.tag_names}

    def take(self, content: dict[str, Any]) -> None:
        """Takes over what `content` of another row returned, or a part of it."""
        for name, value in content.items():
            setattr(self, "tag_names" if name == "tags" else self._column(name), value)

    def _column(self, name: str) -> str:
        return field_of(type(self), name).attname

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
            if field.name in ("title", "body") or not is_said(value):
                continue
            if value is True:
                value = _("Yes")
            if field.choices:
                value = getattr(self, f"get_{field.name}_display")()
            elif isinstance(value, date):
                value = date_format(value)
            found.append((field.verbose_name, getattr(value, "label", None) or str(value)))
        if self.tag_names:
            found.append((_("Tags"), join_names(self.tag_names)))
        return found
