"""The verbs of consent: connect, share, take back, stop, end.

Each runs as the client, except ending, which either side may do. A change of what a coach sees
locks the link first, so it takes effect before the response (policies.py).
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from journal.people.models import User
from journal.privacy.ownership import OwnedModel
from journal.privacy.rls import acting_as
from journal.sharing import teams
from journal.sharing.models.grants import ShareGrant, Withheld
from journal.sharing.models.links import WITH_PHOTOS, CoachLink, ConsentEvent
from journal.sharing.models.roster import Client

BRIEF_DAYS = 30
Scope, Detail, Past = ShareGrant.Scope, ShareGrant.Detail, ShareGrant.Past


@dataclass(frozen=True)
class ShareRequest:
    """Something to share: one item of a kind, a practice, a measure, or the weeks."""

    scope: str
    about: str = ""
    item_id: UUID | None = None
    detail: str = Detail.FULL
    past: str = Past.INCLUDE
    photos: tuple[UUID, ...] = ()  # of an entry

    @property
    def thing(self) -> tuple[str, str, UUID | None]:
        return self.scope, self.about, self.item_id


@transaction.atomic
def share(
    link: CoachLink, wishes: Iterable[ShareRequest], days: int, *, bring: bool = False
) -> list[ShareGrant]:
    """Opens each request for some days and replaces an earlier grant of the same thing. Runs the
    same few statements however much the client shares.

    Raises CoachLink.DoesNotExist if the link has ended meanwhile.
    """
    link.lock()
    link = CoachLink.objects.active().get(pk=link.pk, owner_id=link.owner_id)
    wishes, before = list(wishes), list(link.grants.filter(revoked_at=None))
    made = granted(link, wishes, days, before, bring=bring)
    things = {wish.thing for wish in wishes}
    close(link, [grant for grant in before if grant.thing in things])
    ShareGrant.objects.bulk_create(made)
    _note(made, ConsentEvent.What.GRANTED)
    ids = [wish.item_id for wish in wishes if wish.item_id]
    if ids:
        Withheld.objects.filter(owner_id=link.owner_id, item_id__in=ids).delete()
    return made


def granted(
    link: CoachLink,
    wishes: list[ShareRequest],
    days: int,
    before: list[ShareGrant],
    *,
    bring: bool = False,
) -> list[ShareGrant]:
    """The unsaved grants for these requests. `before` are the grants that are not revoked."""
    in_force, now, made = {grant.thing: grant for grant in before}, timezone.now(), []
    for wish in wishes:
        old = in_force.get(wish.thing)
        grant = ShareGrant(owner_id=link.owner_id, link=link, **asdict(wish))
        grant.starts_at, grant.expires_at = now, now + timedelta(days=days)
        if wish.past == Past.FROM_NOW:
            # A renewal keeps the first moment; a grant that had expired starts from now.
            grant.from_at = (old and old.is_open and old.from_at) or now
        grant.brought_at = now if bring else getattr(old, "brought_at", None)
        made.append(grant)
    return made


def again(grant: ShareGrant) -> ShareGrant:
    """An unsaved copy of a grant."""
    same = ("detail", "past", "from_at", "photos", "starts_at", "expires_at", "brought_at")
    made = ShareGrant(owner_id=grant.owner_id, link_id=grant.link_id)
    for name in ("scope", "about", "item_id", *same):
        setattr(made, name, getattr(grant, name))
    return made


@transaction.atomic
def take_back(link: CoachLink, grants: Iterable[ShareGrant]) -> int:
    """Revokes grants of one link, and returns how many of them were not revoked before."""
    link.lock()
    ids = [grant.pk for grant in grants]
    found = list(link.grants.filter(pk__in=ids, revoked_at=None).order_by("pk"))
    close(link, found)
    _note(found, ConsentEvent.What.REVOKED)
    return len(found)


@transaction.atomic
def keep_out(person: User, kind: str, row: OwnedModel) -> None:
    """Keeps one row out, even if its practice is shared."""
    for link in person.coachlinks.active().order_by("pk"):
        link.lock()
        own = link.grants.filter(revoked_at=None, scope=Scope.ITEM, about=kind, item_id=row.pk)
        take_back(link, list(own))
    Withheld.objects.get_or_create(owner=person, kind=kind, item_id=row.pk)


@transaction.atomic
def stop(person: User) -> int:
    """Revokes every grant to every coach, and every outcome that was sent. The links stay. Returns
    the number of what was taken back."""
    ended = 0
    for link in person.coachlinks.active().order_by("pk"):
        link.lock()
        found = list(link.grants.filter(revoked_at=None))
        sent = list(link.outcomes.exclude(shared_at=None))
        was_shown = bool(link.zone_shown)
        if found or sent or was_shown:
            close(link, found)
            show_zone(link, "")
            for outcome in sent:
                outcome.shared_at = None
                outcome.save(update_fields=["shared_at"])
            ConsentEvent.log(link, ConsentEvent.What.STOPPED)
            ended += len(found) + len(sent) + was_shown
    return ended


@transaction.atomic
def leave(person: User) -> None:
    """Ends every link of a person whose account is deleted, as client and as coach; and leaves
    their team."""
    teams.leave(person)
    with acting_as(person):
        ids = {link.pk for link in person.coachlinks.active()}
        ids |= {client.link_id for client in person.clients.current()}
        for pk in sorted(ids):  # in the same order everywhere, so that no deadlock occurs
            CoachLink(pk=pk).end()


def close(link: CoachLink, grants: list[ShareGrant]) -> None:
    """Revokes grants without an event; the caller holds the lock on the link."""
    if grants:
        now = timezone.now()
        link.grants.filter(pk__in=[grant.pk for grant in grants]).update(
            revoked_at=now, updated_at=now, version=F("version") + 1
        )


def _note(grants: list[ShareGrant], what: str) -> None:
    ConsentEvent.objects.bulk_create(
        ConsentEvent(
            owner_id=grant.owner_id,
            link=grant.link,
            what=what,
            scope=grant.scope,
            about=grant.about,
            item_id=grant.item_id,
            detail=WITH_PHOTOS if grant.photos else grant.detail,
            until=grant.expires_at,
        )
        for grant in grants
    )


def show_address(link: CoachLink, address: str) -> None:
    """Shows the coach the client's address, or takes it away if it is empty. The link is the
    client's row, and what the coach reads a row of theirs."""
    link.address_shown_since = timezone.now() if address else None
    link.save(update_fields=["address_shown_since"])
    _write_address(link, address)


def show_zone(link: CoachLink, zone: str) -> None:
    """Shows the coach the client's time zone, or takes it away if it is empty. The caller holds the
    lock on the link."""
    if zone != link.zone_shown:
        link.zone_shown = zone
        link.save(update_fields=["zone_shown"])


def follow_address(person: User, address: str) -> None:
    """Coaches to whom the person shows their address see the new one."""
    with acting_as(person):
        for link in person.coachlinks.active().exclude(address_shown_since=None).order_by("id"):
            link.lock()
            _write_address(link, address)


def _write_address(link: CoachLink, address: str) -> None:
    with acting_as(link.coach_id):
        for client in Client.objects.filter(link_id=link.pk):
            client.address = address
            client.save(update_fields=["address"])
