"""Fills the client's access log with whatever a page of the coach's showed in their words.

The coach site runs each of its views inside `recorded`, so a view need not think of it: a row is in
the log because a page read words of it. A table whose words no coach may read raises LookupError.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from journal.privacy.fields import opened_rows
from journal.sharing.models.agreements import Agreement, AgreementOutcome
from journal.sharing.models.grants import SharedMeasure
from journal.sharing.models.links import FIGURE, AccessLogEntry
from journal.sharing.models.messages import Brief, Comment, Reply
from journal.sharing.shareable import AGREEMENT, BRIEF, PARTS, kind_of


@contextmanager
def recorded(coach_id: UUID) -> Iterator[None]:
    """In the coach's role, around a view that renders its page. An exception shows no page."""
    with opened_rows() as rows:
        yield
    seen = {(row.owner_id, *subject(row)) for row in rows.values() if row.owner_id != coach_id}
    AccessLogEntry.log(sorted(seen))


def subject(row: Any) -> tuple[str, UUID]:
    """What the log names: an item with its parts and what was said about it, a brief, or the grant
    of a figure or week, since those are computed anew."""
    if isinstance(row, SharedMeasure):
        return FIGURE, row.grant_id
    if isinstance(row, Comment | Reply):
        return row.kind, row.item_id
    if isinstance(row, Brief):
        return BRIEF.name, row.pk
    if isinstance(row, Agreement | AgreementOutcome):
        return AGREEMENT.name, row.agreement_id if isinstance(row, AgreementOutcome) else row.pk
    if row._meta.label in PARTS:
        column, whole = PARTS[row._meta.label]
        return whole, getattr(row, column)
    return kind_of(row).name, row.pk
