"""The model's side of a guided flow: the unfinished row is the draft."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.functional import Promise as Lazy

from journal.privacy.ownership import OwnedModel, OwnedQuerySet

IDLE = timedelta(days=30)


class GuidedQuerySet(OwnedQuerySet):
    def drafts(self) -> Self:
        return self.live().filter(finished_at=None)

    def finished(self) -> Self:
        return self.live().filter(finished_at__isnull=False)


class Guided(OwnedModel):
    """A row that is filled step by step (see flow.py).

    Drafts may be incomplete, so what a finished row needs is a constraint that begins with
    `Q(finished_at=None) |`. `SENTENCE` names the field whose words stay in view on later steps.
    """

    TITLE_FIELD = ""

    step = models.CharField(max_length=40, blank=True, editable=False)  # opened when resumed
    finished_at = models.DateTimeField(null=True, blank=True, editable=False)
    idle_answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar = GuidedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def new_for(cls, person: Any) -> Self:
        """A new row of this person's, not stored yet."""
        return cls(owner=person)

    @property
    def sentence(self) -> str:
        """The person's own words for what this is about; empty until they are written."""
        return getattr(self, self.TITLE_FIELD) if self.TITLE_FIELD else ""

    def get_absolute_url(self) -> str:
        """Where the finished row is shown."""
        raise NotImplementedError

    def pinned(self, fields: Sequence[str]) -> tuple[str | Lazy, str]:
        """What stays in view on a step that fills `fields`, and its label (or the flow's)."""
        return "", "" if self.TITLE_FIELD in fields else self.sentence

    def is_idle(self, now: datetime | None = None) -> bool:
        """Whether to ask, once, if the draft is still wanted."""
        if self.finished_at or self.idle_answered_at:
            return False
        return (now or timezone.now()) - self.updated_at >= IDLE

    def keep_draft(self) -> None:
        """The person wants the draft; they are not asked again."""
        self.idle_answered_at = timezone.now()
        self.save(update_fields=["idle_answered_at"])

    def finish(self) -> None:
        """Checks the whole row, database rules included, and ends the draft.

        Raises ValidationError and leaves the row a draft.
        """
        self.finished_at = timezone.now()
        try:
            self.clean_fields(exclude={"owner"})
            self.clean()
            self.validate_constraints()
        except Exception:
            self.finished_at = None
            raise
        self.save()
