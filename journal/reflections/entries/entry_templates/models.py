"""A person's own templates: lines to start an entry from. Those of Selftrust are in shipped.py."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from journal.guide.line_templates import LineTemplate
from journal.privacy.ownership import OwnedQuerySet, belongs_to


class EntryTemplate(LineTemplate):
    export_name = "reflections.EntryTemplate"
    owner = belongs_to("entry_templates")

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
