"""What clients have taken back since the moment that is recovered.

A recovery would bring it into force again, and a coach would read what somebody no longer shows. So
it is read from the database that is set aside, if that can still be read, and done again by the
verbs of consent.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple, Self
from uuid import UUID

from django.db import Error

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.sharing import consent
from journal.sharing.models.grants import ShareGrant, Withheld
from journal.sharing.models.links import CoachLink


class TakenBack(NamedTuple):
    ended: dict[UUID, str]  # links, and the side that ended them
    revoked: set[UUID]  # grants
    withheld: set[tuple[UUID, str, UUID]]
    hidden: set[UUID]  # links whose coach no longer sees the client's address
    without_zone: set[UUID]

    @classmethod
    def read(cls) -> Self | None:
        """Of the current database, which may be broken or older."""
        links = CoachLink.objects.all()
        try:
            return cls(
                dict(links.exclude(ended_at=None).values_list("pk", "ended_by")),
                set(ShareGrant.objects.exclude(revoked_at=None).values_list("pk", flat=True)),
                set(Withheld.objects.values_list("owner_id", "kind", "item_id")),
                set(links.filter(address_shown_since=None).values_list("pk", flat=True)),
                set(links.filter(zone_shown="").values_list("pk", flat=True)),
            )
        except Error:
            return None

    def do_again(self) -> int:
        """Returns how many links and grants it ended."""
        people = User.objects.in_bulk()
        done = 0
        for link in CoachLink.objects.active().filter(pk__in=self.ended).order_by("pk"):
            side = link.owner_id if self.ended[link.pk] == CoachLink.By.CLIENT else link.coach_id
            with acting_as(people[side]):
                done += link.end()
        for link, grants in _by_link(ShareGrant.objects.in_force().filter(pk__in=self.revoked)):
            with acting_as(people[link.owner_id]):
                done += consent.take_back(link, grants)
        for owner, kind, item in self.withheld - set(
            Withheld.objects.values_list("owner_id", "kind", "item_id")
        ):
            if owner in people:
                Withheld.objects.create(owner_id=owner, kind=kind, item_id=item)
        for link in CoachLink.objects.active().exclude(address_shown_since=None):
            if link.pk in self.hidden:
                with acting_as(people[link.owner_id]):
                    consent.show_address(link, "")
        for link in CoachLink.objects.active().exclude(zone_shown=""):
            if link.pk in self.without_zone:
                with acting_as(people[link.owner_id]):
                    consent.show_zone(link, "")
        return done


def _by_link(grants: Iterable[ShareGrant]) -> Iterator[tuple[CoachLink, list[ShareGrant]]]:
    found = sorted(grants, key=lambda grant: grant.link_id)
    for _id, rows in groupby(found, key=lambda grant: grant.link_id):
        of_one = [*rows]
        yield of_one[0].link, of_one
