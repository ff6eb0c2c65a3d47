"""The verbs of consent: to connect, to share, to take back, to stop, to end.

Each runs as the client, but for ending, which either may do. What changes what a coach sees holds
the link first, so that it holds from the very answer on (walls.py).
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from journal.coaching.grants import ShareGrant, Withheld
from journal.coaching.links import CoachLink, ConsentEvent
from journal.people.models import User
from journal.privacy.ownership import OwnedModel
from journal.privacy.wall import acting_as

Scope, Detail, Past = ShareGrant.Scope, ShareGrant.Detail, ShareGrant.Past


@dataclass(frozen=True)
class Wish:
    """Something to share: one thing of a kind, a practice, a measure, or the weeks."""

    scope: str
    about: str = ""
    item_id: UUID | None = None
    detail: str = Detail.FULL
    past: str = Past.INCLUDE

    @property
    def thing(self) -> tuple[str, str, UUID | None]:
        return self.scope, self.about, self.item_id


@transaction.atomic
def share(
    link: CoachLink, wishes: Iterable[Wish], days: int, *, bring: bool = False
) -> list[ShareGrant]:
    """Opens each for so many days, in the place of what stood for the same thing before.

    Raises CoachLink.DoesNotExist where the link was ended meanwhile.
    """
    link.hold()
    link = CoachLink.objects.active().get(pk=link.pk, owner_id=link.owner_id)
    standing = {(g.scope, g.about, g.item_id): g for g in link.grants.filter(revoked_at=None)}
    now, made = timezone.now(), []
    for wish in wishes:
        before = standing.pop(wish.thing, None)
        if before:
            _close([before])
        grant = ShareGrant(owner_id=link.owner_id, link=link, **asdict(wish))
        grant.starts_at, grant.expires_at = now, now + timedelta(days=days)
        if wish.past == Past.FROM_NOW:
            # While it is only prolonged, from when it was first said.
            grant.from_at = (before and before.from_at) or now
        grant.brought_at = now if bring else getattr(before, "brought_at", None)
        grant.save(force_insert=True)
        _note(grant, ConsentEvent.What.GRANTED)
        if wish.item_id:
            Withheld.objects.filter(owner_id=link.owner_id, item_id=wish.item_id).delete()
        made.append(grant)
    return made


@transaction.atomic
def take_back(link: CoachLink, grants: Iterable[ShareGrant]) -> int:
    """Closes grants of one link, and returns how many of them were not closed before."""
    link.hold()
    ids = [grant.pk for grant in grants]
    found = list(link.grants.filter(pk__in=ids, revoked_at=None).order_by("pk"))
    _close(found)
    for grant in found:
        _note(grant, ConsentEvent.What.REVOKED)
    return len(found)


@transaction.atomic
def keep_out(person: User, kind: str, row: OwnedModel) -> None:
    """Not this one, whatever is shared of its practice."""
    for link in person.coachlinks.active().order_by("pk"):
        link.hold()
        own = link.grants.filter(revoked_at=None, scope=Scope.ITEM, about=kind, item_id=row.pk)
        take_back(link, list(own))
    Withheld.objects.get_or_create(owner=person, kind=kind, item_id=row.pk)


@transaction.atomic
def stop(person: User) -> int:
    """Takes everything back from every coach. The links stay. Returns how many shares ended."""
    ended = 0
    for link in person.coachlinks.active().order_by("pk"):
        link.hold()
        found = list(link.grants.filter(revoked_at=None))
        if found:
            _close(found)
            ConsentEvent.note(link, ConsentEvent.What.STOPPED)
            ended += len(found)
    return ended


@transaction.atomic
def leave(person: User) -> None:
    """Ends every link of someone whose account goes, as client and as coach."""
    with acting_as(person):
        for link in person.coachlinks.active().order_by("pk"):
            link.end()
        for client in person.clients.current().order_by("pk"):
            CoachLink(pk=client.link_id).end()


def _close(grants: list[ShareGrant]) -> None:
    for grant in grants:
        grant.revoked_at = timezone.now()
        grant.save(update_fields=["revoked_at"])


def _note(grant: ShareGrant, what: str) -> None:
    ConsentEvent.note(
        grant.link,
        what,
        scope=grant.scope,
        about=grant.about,
        item_id=grant.item_id,
        detail=grant.detail,
        until=grant.expires_at,
    )
