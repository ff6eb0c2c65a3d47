"""What a coach and their client say to each other about one shared item: comments and replies.

All of it is the client's. The coach writes comments in the coach's role (coaching/commands.py), the
client replies here, and both are read by the coach only while they see the item. What is new to
somebody is what no page has shown them yet; each side has a moment of its own, so a second device
changes nothing.
"""

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from journal.guide.todo_items import TodoItem, TodoSource
from journal.people import clock
from journal.people.models import User
from journal.privacy.batched_queries import QueryFactory, fetch_batched, in_given
from journal.privacy.rls import COACH, acting_as
from journal.sharing.coach_queries import Item
from journal.sharing.models.links import CoachLink
from journal.sharing.models.messages import Comment, Reply
from journal.sharing.shareable import KINDS, Kind

LATEST = 50  # of each side's, on a page with several conversations
ON_TODAY = 3


class Refused(Exception):
    """Nobody would read it: the coach does not see the item, or messages are off."""


@dataclass(frozen=True)
class Remark:
    row: Comment | Reply
    is_new: bool  # to whoever reads it now

    @property
    def by_coach(self) -> bool:
        return isinstance(self.row, Comment)


@dataclass
class Talk:
    """What was said by one link about one item, the first remark first."""

    link_id: UUID
    kind: Kind
    item_id: UUID
    remarks: list[Remark] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, UUID]:
        return self.kind.name, self.item_id

    @property
    def address(self) -> str:
        """The client's page of it."""
        return address_of(self.kind.name, self.item_id, self.link_id)

    @property
    def last_at(self) -> datetime:
        return self.remarks[-1].row.created_at

    @property
    def is_new(self) -> bool:
        return any(one.is_new for one in self.remarks)


def address_of(kind: str, item_id: UUID, link_id: UUID) -> str:
    return reverse("sharing:talk", args=[kind, item_id, link_id])


# Each pair is read in one batch, by the client or in the coach's role.
def _comments_on(owner: Any, _day: date) -> QuerySet:
    rows = Comment.objects.live().filter(in_given("item_id"), owner_id=owner.pk)
    return rows.order_by("created_at", "id")


def _own_comments_on(owner: Any, day: date) -> QuerySet:
    return _comments_on(owner, day).defer(None)


def _replies_on(owner: Any, _day: date) -> QuerySet:
    rows = Reply.objects.live().filter(in_given("item_id"), owner_id=owner.pk)
    return rows.order_by("created_at", "id")


def _comments_by(owner: Any, _day: date) -> QuerySet:
    rows = Comment.objects.live().filter(in_given("link_id"), owner_id=owner.pk)
    return rows.order_by("-created_at", "-id")[:LATEST]


def _own_comments_by(owner: Any, day: date) -> QuerySet:
    return _comments_by(owner, day).defer(None)


def _replies_by(owner: Any, _day: date) -> QuerySet:
    rows = Reply.objects.live().filter(in_given("link_id"), owner_id=owner.pk)
    return rows.order_by("-created_at", "-id")[:LATEST]


ON_ITEM, OWN_ON_ITEM = (_comments_on, _replies_on), (_own_comments_on, _replies_on)
BY_LINK, OWN_BY_LINK = (_comments_by, _replies_by), (_own_comments_by, _replies_by)


def _rows_of(kind: Kind) -> QueryFactory:
    return lambda person, _day: kind.table.objects.live().filter(in_given(), owner=person)


ROWS = tuple(map(_rows_of, KINDS.values()))


def arrange(
    comments: Iterable[Comment], replies: Iterable[Reply], *, to_coach: bool = False
) -> list[Talk]:
    """The conversations, the one with the latest remark first."""
    found: dict[tuple[UUID, str, UUID], Talk] = {}
    rows: list[Any] = sorted([*comments, *replies], key=attrgetter("created_at", "id"))
    for row in rows:
        talk = found.setdefault(
            (row.link_id, row.kind, row.item_id), Talk(row.link_id, KINDS[row.kind], row.item_id)
        )
        is_others = isinstance(row, Reply) == to_coach
        talk.remarks.append(Remark(row, is_others and row.seen_at is None))
    return sorted(found.values(), key=attrgetter("last_at"), reverse=True)


def find(link: CoachLink, kind: str, item_id: UUID) -> Talk | None:
    """As the client: one conversation, if there is any."""
    day, owner = clock.today(link.owner), link.owner
    found = arrange(*fetch_batched(owner, day, *OWN_ON_ITEM, given=[item_id]))
    here = (one for one in found if (one.link_id, one.key) == (link.pk, (kind, item_id)))
    return next(here, None)


def latest(link: CoachLink) -> list[tuple[Talk, str]]:
    """As the client: the latest conversations of a link, each with the title of its item; two
    statements."""
    owner, day = link.owner, clock.today(link.owner)
    talks = arrange(*fetch_batched(owner, day, *OWN_BY_LINK, given=[link.pk]))
    given = [talk.item_id for talk in talks]
    rows = fetch_batched(owner, day, *ROWS, given=given) if given else []
    there = {row.pk: row for some in rows for row in some}
    return [
        (one, one.kind.title(there[one.item_id]) if one.item_id in there else "") for one in talks
    ]


def talks_about(item: Item) -> list[Talk]:
    """In the coach's role: what was said about it by their link, one conversation at most."""
    owner, day = User(pk=item.row.owner_id), item.since.date()  # no query asks for the day
    return arrange(*fetch_batched(owner, day, *ON_ITEM, given=[item.row.pk]), to_coach=True)


def new_replies(_coach: Any, _day: date) -> QuerySet:
    """In the coach's role: how many replies no page has shown, by link, and the last of them."""
    rows = Reply.objects.unseen().order_by().values("link_id")
    return rows.annotate(n=Count("id"), last=Max("created_at"))


def has_new_replies(coach: User, **when: datetime) -> bool:
    """Whether a client of theirs has replied in that time; only what the coach may read counts."""
    with acting_as(coach, role=COACH):
        return Reply.objects.unseen().filter(**when).exists()


def mark_seen(talks: Iterable[Talk], *, by_coach: bool = False) -> None:
    """What a page showed as new is not new any more. No statement if nothing was; for a coach it
    is done as the client, who owns all of it."""
    rows = [one.row for talk in talks for one in talk.remarks if one.is_new]
    if rows:
        with acting_as(rows[0].owner_id) if by_coach else nullcontext():
            some = type(rows[0]).objects.filter(pk__in=[row.pk for row in rows], seen_at=None)
            some.update(seen_at=timezone.now())


@transaction.atomic
def answer(reply: Reply) -> Reply | None:
    """Inserts a reply, once. Raises Refused where its coach would not read it; whoever takes
    that back meanwhile waits, since the coach's links are held until the transaction ends."""
    link = reply.link
    with acting_as(link.coach_id, role=COACH):
        rows: Any = KINDS[reply.kind].table.objects
        open_links = CoachLink.objects.only("id").filter(pk=link.pk, muted_since=None)
        if not open_links.exists() or not rows.filter(pk=reply.item_id).exists():
            raise Refused
    return reply.insert_once()


def item_of(person: User, talk: Talk) -> Any:
    """The person's own row; None once it is deleted."""
    return talk.kind.table.objects.live().filter(owner=person, pk=talk.item_id).first()


def find_remark(person: User, pk: UUID, *, trashed: bool = False) -> Comment | Reply | None:
    """The person's own row: a coach's comment or a reply."""
    for rows in (person.comments, person.replies):
        some = rows.trashed() if trashed else rows.live()
        if row := some.filter(pk=pk).first():
            return row
    return None


def may_wait(person: User, _day: date) -> QuerySet:
    """One new comment of each conversation."""
    of_each = ("kind", "item_id", "link_id")
    rows = Comment.objects.filter(owner=person).unseen().order_by(*of_each, "id")
    return rows.distinct(*of_each)[:ON_TODAY]


def _lines(row: Comment, _day: date) -> Sequence[TodoItem]:
    text, address = str(KINDS[row.kind].label), address_of(row.kind, row.item_id, row.link_id)
    return [TodoItem(_("A comment from your coach"), text, address, own=False)]


waiting = TodoSource("coach", may_wait, _lines)
