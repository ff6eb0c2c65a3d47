"""A person's own templates: lines to start an entry from. Those of Selftrust are in shipped.py."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet, belongs_to


class EntryTemplate(OwnedModel):
    export_name = "reflections.EntryTemplate"
    owner = belongs_to("entry_templates")
    name = WordsField(_("Name"), max_length=60)
    lines = WordsField(_("Its lines"), max_length=2000)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("template")
        constraints = [
            models.CheckConstraint(
                condition=Q(name__isnull=False, lines__isnull=False),
                name="entry_template_has_words",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "id"], condition=Q(deleted_at=None), name="entry_templates_live"
            )
        ]
