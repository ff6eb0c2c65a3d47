"""What clients can share: a kind for each table whose rows a client may open to a coach.

`ready` and `since` are SQL over the row, for the policies (policies.py): which rows can be shared
at all, and the moment that "from now on" refers to.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from journal.lessons import threads
from journal.people.models import User
from journal.privacy.ownership import OwnedModel
from journal.reflections.entries.excerpts import cut


class Practice(models.TextChoices):
    PROMISES = "promises", _("Promises")
    BOUNDARIES = "boundaries", _("Boundaries")
    SELF_COMPASSION = "self_compassion", _("Self-compassion")
    DECISIONS = "decisions", _("Decisions")
    MISTAKES = "mistakes", _("Mistakes and lessons")


FINISHED = "finished_at is not null"


@dataclass(frozen=True)
class Kind:
    name: str  # as in threads.py, if it is registered there
    model: str
    label: str | Lazy
    plural: str | Lazy
    practice: str = ""  # empty: only one by one
    ready: str = FINISHED
    since: str = "finished_at"
    one_by_one: str = "false"  # rows of a practice that only their own grant opens

    @property
    def table(self) -> type[OwnedModel]:
        return apps.get_model(self.model)

    @property
    def icon(self) -> str:
        known = threads.KINDS.get(self.name)
        return known.icon if known else "journal"

    def title(self, row: Any) -> str:
        """The person's words for it, on one line."""
        known = threads.KINDS.get(self.name)
        text = known.title(row) if known else row.title or row.body
        return cut(" ".join(text.split()), 80)


KINDS = {
    kind.name: kind
    for kind in (
        Kind("promise", "promises.Promise", _("Promise"), _("Promises"), Practice.PROMISES),
        Kind(
            "boundary", "boundaries.Boundary", _("Boundary"), _("Boundaries"), Practice.BOUNDARIES
        ),
        Kind(
            "crossing",
            "boundaries.Crossing",
            _("Crossing"),
            _("Crossings"),
            Practice.BOUNDARIES,
            ready="result <> 'unsafe_to_act'",
            since="created_at",
        ),
        Kind(
            "self_compassion",
            "compassion.SelfCompassion",
            _("Hard moment"),
            _("Hard moments"),
            Practice.SELF_COMPASSION,
            one_by_one="mode = 'letter'",
        ),
        Kind("decision", "decisions.Decision", _("Decision"), _("Decisions"), Practice.DECISIONS),
        Kind("mistake", "mistakes.Mistake", _("Mistake"), _("Mistakes"), Practice.MISTAKES),
        Kind(
            "lesson",
            "lessons.Lesson",
            _("Lesson"),
            _("Lessons"),
            Practice.MISTAKES,
            ready="true",
            since="created_at",
        ),
        Kind("entry", "entries.Entry", _("Entry"), _("Entries"), ready="true", since="created_at"),
    )
}

# The words of a session brief: an item of its own, granted by sending it.
BRIEF = Kind(
    "brief",
    "sharing.Brief",
    _("Session brief"),
    _("Session briefs"),
    ready="true",
    since="created_at",
)

# What coach and client agree on: no grant opens it, but their link.
AGREEMENT = Kind("agreement", "sharing.Agreement", _("Agreement"), _("Agreements"))
PROGRAM = Kind("program", "sharing.ClientProgram", _("Program"), _("Programs"))
NAMED = KINDS | {one.name: one for one in (BRIEF, AGREEMENT, PROGRAM)}

# Rows that belong to a shared row and are visible with it.
PARTS = {
    "promises.CheckIn": ("promise_id", "promise"),
    "decisions.Option": ("decision_id", "decision"),
    "decisions.ValueInPlay": ("decision_id", "decision"),
    "decisions.DecisionReview": ("decision_id", "decision"),
    "decisions.Addendum": ("decision_id", "decision"),
    "photos.Photo": ("entry_id", "entry"),
}


def kind_of(row: OwnedModel | type[OwnedModel]) -> Kind:
    """The kind of a row, or of its table. Raises LookupError for one that cannot be shared."""
    for kind in KINDS.values():
        if row._meta.label == kind.model:
            return kind
    raise LookupError(f"{row._meta.label} is never shared.")


def shareable(person: User, kind: Kind) -> Any:
    """The person's own rows of a kind that a grant can open, newest first."""
    rows = kind.table.objects.live().filter(owner=person)
    return rows.extra(where=[kind.ready]).order_by(f"-{kind.since}", "-id")  # noqa: S610 - ours


def find(person: User, name: str, pk: UUID) -> Any | None:
    """The person's own row, if it can be shared."""
    kind = KINDS.get(name)
    return shareable(person, kind).filter(pk=pk).first() if kind else None
