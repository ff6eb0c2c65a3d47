"""What a coach writes of sessions and agreements, which are the client's rows.

As for suggestions, the request has read the link in the coach's role, so it is theirs, open, and
locked until the end; then it writes as the client. It locks the coach's row of the client first
(the views do that), so that two requests of one coach come one after the other.
"""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from journal.people import clock
from journal.people.models import User
from journal.privacy.fields import opened_rows
from journal.privacy.rls import acting_as
from journal.sharing.agreement_forms import AgreementForm
from journal.sharing.models.agreements import MOST, Agreement, CoachSession
from journal.sharing.models.links import CoachLink
from journal.sharing.models.roster import Client


def plan(coach: User, link: CoachLink, at: datetime | None) -> None:
    """Plans the next session, moves it, or cancels it."""
    with acting_as(link.owner_id):
        row = CoachSession.objects.planned().filter(link_id=link.pk).first()
        if row and at is None:
            row.trash()
        elif row and at and row.at != at:
            row.at, row.zone = at, str(clock.zone_of(coach))
            row.save(update_fields=["at", "zone"])
        elif at and not row:
            CoachSession(
                owner_id=link.owner_id, link_id=link.pk, at=at, zone=str(clock.zone_of(coach))
            ).save(force_insert=True)


def close(coach: User, client: Client, session: CoachSession) -> None:
    """From then on it is history: "since last session" counts from its day."""
    if session.closed_at:
        return
    session.closed_at = timezone.now()
    with acting_as(session.owner_id):
        session.save(update_fields=["closed_at"])
    client.last_session_on = min(clock.day_of(coach, session.at), clock.today(coach))
    client.next_session_at = None
    client.save(update_fields=["last_session_on", "next_session_at"])


def taken_places(session: CoachSession) -> set[int]:
    rows = Agreement.objects.filter(session_id=session.pk, deleted_at=None)
    return set(rows.values_list("place", flat=True))


def propose(session: CoachSession, forms: Sequence[AgreementForm]) -> bool:
    """Inserts what valid forms say, each once. False where one was not stored: it says why."""
    try:
        _insert(session, forms)
    except _NotStored:
        return False
    return True


class _NotStored(Exception):
    """Undoes what was inserted before it."""


def _insert(session: CoachSession, forms: Sequence[AgreementForm]) -> None:
    free = [place for place in range(1, MOST + 1) if place not in taken_places(session)]
    with acting_as(session.owner_id), opened_rows():
        for form in forms:
            there = Agreement.objects.live().filter(pk=form.instance.pk).first()
            if there is None and not free:
                raise _NotStored
            form.instance.place = there.place if there else free.pop(0)
            if form.insert() is None:
                raise _NotStored


def locked(row: Agreement) -> Agreement | None:
    """As the client: the agreement while nobody else changes it. Not a reading that their log
    names, since no page shows it."""
    rows = Agreement.objects.live().select_for_update()
    return rows.filter(pk=row.pk, owner_id=row.owner_id).first()
