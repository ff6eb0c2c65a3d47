"""A line of the list "What you told yourself": an unfinished promise that has only its statement.

It waits at the step "list". The step engine moves a row on from there once somebody thinks it
through, which makes it a draft; `finish` makes it a promise.
"""

from datetime import date
from typing import ClassVar, Self

from django.utils.translation import gettext as _

from journal.guide.models import Guided, GuidedQuerySet
from journal.people import clock

LINE, AFTER_LINE = "list", "promise"  # steps
MOST_WAITING = 200


class UnpromisedQuerySet(GuidedQuerySet):
    def lines(self) -> Self:
        """Also those that are done or in the bin."""
        return self.filter(finished_at=None, step=LINE)

    def waiting(self) -> Self:
        return self.lines().live().filter(ended_on=None)

    def has_room(self, lines: int = 1) -> bool:
        return self.waiting().count() + lines <= MOST_WAITING

    def begun(self) -> Self:
        """Drafts, without the lines."""
        return self.drafts().exclude(step=LINE)


class Unpromised(Guided):
    """Each verb says all there is to say, so the last one of two tabs holds."""

    ended_on: date | None
    objects: ClassVar = UnpromisedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_line(self) -> bool:
        return self.finished_at is None and self.step == LINE

    @property
    def line_text(self) -> str:
        return _("Done") if self.ended_on else _("On your list")

    def mark_done(self) -> None:
        """Counts nowhere: nothing was promised."""
        self._set(clock.today(self.owner))

    def put_back(self) -> None:
        self._set(None)

    def _set(self, done_on: date | None) -> None:
        self.ended_on, self.deleted_at = done_on, None
        self.save()

    def finish(self) -> None:
        self.ended_on = None
        super().finish()
