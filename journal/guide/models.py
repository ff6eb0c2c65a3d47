"""The base model of a guided flow: the unfinished row is the draft."""

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
    """A row that a person fills step by step (see flow.py).

    Drafts may be incomplete, so a constraint on finished rows begins with `Q(finished_at=None) |`.
    `TITLE_FIELD` names the field whose text later steps keep in view.
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
        """A new, unsaved row of this person."""
        return cls(owner=person)

    @property
    def sentence(self) -> str:
        """The person's own title for the row; empty until they write it."""
        return getattr(self, self.TITLE_FIELD) if self.TITLE_FIELD else ""

    def get_absolute_url(self) -> str:
        """The page of the finished row."""
        raise NotImplementedError

    def pinned(self, fields: Sequence[str]) -> tuple[str | Lazy, str]:
        """The label (or "" for the flow's) and text that stay in view on a step with `fields`."""
        return "", "" if self.TITLE_FIELD in fields else self.sentence

    def is_idle(self, now: datetime | None = None) -> bool:
        """Whether to ask, once, if the person still wants the draft."""
        if self.finished_at or self.idle_answered_at:
            return False
        return (now or timezone.now()) - self.updated_at >= IDLE

    def keep_draft(self) -> None:
        """Records that the person wants the draft, so that the page does not ask again."""
        self.idle_answered_at = timezone.now()
        self.save(update_fields=["idle_answered_at"])

    def finish(self) -> None:
        """Validates the whole row, constraints included, and marks it as finished.

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
