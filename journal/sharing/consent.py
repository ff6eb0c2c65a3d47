"""The verbs of consent: to connect, to share, to take back, to stop, to end.

Each runs as the client, but for ending, which either may do. What changes what a coach sees holds
the link first, so that it holds from the very answer on (policies.py).
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
from journal.sharing.models.grants import ShareGrant, Withheld
from journal.sharing.models.links import CoachLink, ConsentEvent

BRIEF_DAYS = 30
Scope, Detail, Past = ShareGrant.Scope, ShareGrant.Detail, ShareGrant.Past


@dataclass(frozen=True)
class ShareRequest:
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
    link: CoachLink, wishes: Iterable[ShareRequest], days: int, *, bring: bool = False
) -> list[ShareGrant]:
    """Opens each for so many days, in the place of what stood for the same thing before. The same
    few statements however much is shared.

    Raises CoachLink.DoesNotExist where the link was ended meanwhile.
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
    """The grants that these wishes come to, not stored. `before` is what was not taken back."""
    in_force, now, made = {grant.thing: grant for grant in before}, timezone.now(), []
    for wish in wishes:
        old = in_force.get(wish.thing)
        grant = ShareGrant(owner_id=link.owner_id, link=link, **asdict(wish))
        grant.starts_at, grant.expires_at = now, now + timedelta(days=days)
        if wish.past == Past.FROM_NOW:
            # While it is only prolonged, from when it was first said; once it ran out, from now.
            grant.from_at = (old and old.is_open and old.from_at) or now
        grant.brought_at = now if bring else getattr(old, "brought_at", None)
        made.append(grant)
    return made


def again(grant: ShareGrant) -> ShareGrant:
    """The same once more, not stored."""
    same = ("detail", "past", "from_at", "starts_at", "expires_at", "brought_at")
    made = ShareGrant(owner_id=grant.owner_id, link_id=grant.link_id)
    for name in ("scope", "about", "item_id", *same):
        setattr(made, name, getattr(grant, name))
    return made


@transaction.atomic
def take_back(link: CoachLink, grants: Iterable[ShareGrant]) -> int:
    """Closes grants of one link, and returns how many of them were not closed before."""
    link.lock()
    ids = [grant.pk for grant in grants]
    found = list(link.grants.filter(pk__in=ids, revoked_at=None).order_by("pk"))
    close(link, found)
    _note(found, ConsentEvent.What.REVOKED)
    return len(found)


@transaction.atomic
def keep_out(person: User, kind: str, row: OwnedModel) -> None:
    """Not this one, whatever is shared of its practice."""
    for link in person.coachlinks.active().order_by("pk"):
        link.lock()
        own = link.grants.filter(revoked_at=None, scope=Scope.ITEM, about=kind, item_id=row.pk)
        take_back(link, list(own))
    Withheld.objects.get_or_create(owner=person, kind=kind, item_id=row.pk)


@transaction.atomic
def stop(person: User) -> int:
    """Takes everything back from every coach. The links stay. Returns how many shares ended."""
    ended = 0
    for link in person.coachlinks.active().order_by("pk"):
        link.lock()
        found = list(link.grants.filter(revoked_at=None))
        if found:
            close(link, found)
            ConsentEvent.note(link, ConsentEvent.What.STOPPED)
            ended += len(found)
    return ended


@transaction.atomic
def leave(person: User) -> None:
    """Ends every link of someone whose account goes, as client and as coach."""
    with acting_as(person):
        ids = {link.pk for link in person.coachlinks.active()}
        ids |= {client.link_id for client in person.clients.current()}
        for pk in sorted(ids):  # as everywhere, so that nobody waits in a circle
            CoachLink(pk=pk).end()


def close(link: CoachLink, grants: list[ShareGrant]) -> None:
    """Without a note of it, for who holds the link."""
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
            detail=grant.detail,
            until=grant.expires_at,
        )
        for grant in grants
    )
