"""The queries of the coach area, always in the coach's role: the wall filters out the rest.

A row of the coach's own puts a client on the roster; the link that this request locked finds what
they share. After the link has ended, these queries find nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.coaching import programs, wording
from journal.coaching.models import CoachNote, LibraryPrompt, NoteTemplate
from journal.coaching.programs import ProgramOfClient
from journal.guide.todo_items import TodoItem, TodoSource
from journal.languages.lists import beside
from journal.people.models import User
from journal.people.pagination import Page, first_page
from journal.privacy.batched_queries import fetch_batched, in_given
from journal.sharing import coach_queries, talk
from journal.sharing.agreements import BOARD, Board, arrange
from journal.sharing.coach_queries import Item, with_parts
from journal.sharing.models.agreements import Agreement, CoachSession
from journal.sharing.models.grants import SharedMeasure, ShareGrant
from journal.sharing.models.links import CoachLink
from journal.sharing.models.messages import Brief, Suggestion
from journal.sharing.models.roster import Client
from journal.sharing.models.teams import Handover, TeamMember
from journal.sharing.shareable import Kind, Practice
from journal.sharing.shared_measures import ShownMeasure, shown

SOON = timedelta(days=10)
AT_A_GLANCE = 5  # rows of each practice on a client's page
LINK = ("id", "owner_id", "muted_since", "consented_at", "zone_shown")
NAMED = ("id", "owner_id", "link_id", "created_at", "name", "label", "address")  # of a client
GRANT = (
    *("id", "owner_id", "link_id", "scope", "about", "item_id", "detail", "past"),
    *("starts_at", "expires_at"),
)
# A coach may not read the client's words, so these columns exclude them.
SUGGESTION = ("id", "what", "practice", "by_on", "state", "created_at", "answered_at")
# Nor these.
HANDOVER = ("id", "owner_id", "link_id", "coach_id", "state", "created_at")


@dataclass
class RosterRow:
    """A client on the roster. Without a link, only the name and the notes are left."""

    client: Client
    link: CoachLink | None
    grants: list[ShareGrant] = field(default_factory=list)
    changed: int = 0
    due: int = 0  # agreements
    to_do: str = ""  # why it stands where it does on the roster
    replies: int = 0  # that no page has shown

    @cached_property
    def name(self) -> str:
        """With the label: wherever a client is named, two of one name can be told apart."""
        return self.client.full_name

    @property
    def connected(self) -> str:
        return _("Connected %(day)s") % {"day": date_format(self.client.created_at, "j F Y")}

    @property
    def due_text(self) -> str:
        return ngettext("%(n)s due", "%(n)s due", self.due) % {"n": self.due} if self.due else ""

    @property
    def changed_text(self) -> str:
        found = []
        if self.changed:
            found.append(ngettext("%(n)s new", "%(n)s new", self.changed) % {"n": self.changed})
        if self.replies:
            text = ngettext("%(n)s reply", "%(n)s replies", self.replies)
            found.append(text % {"n": self.replies})
        if found:
            return beside(found)
        return _("Nothing new") if self.client.last_session_on and self.grants else ""

    @property
    def owner_id(self) -> UUID | None:
        return self.link.owner_id if self.link else None

    @property
    def said(self) -> str:
        return wording.describe_grants(self.grants)

    @property
    def said_each(self) -> list[wording.GrantText]:
        return wording.each(self.grants)

    @property
    def not_shared(self) -> list[str]:
        return wording.not_shared(self.grants)

    @property
    def ends(self) -> datetime | None:
        """The first expiry of the open grants."""
        return min((grant.expires_at for grant in self.grants), default=None)

    @property
    def days_left(self) -> int | None:
        """The days until then, if it is near."""
        left = self.ends - timezone.now() if self.ends else None
        return left.days + 1 if left is not None and left <= SOON else None

    @property
    def notes_until(self) -> datetime | None:
        return self.client.notes_until


def find_client(coach: User, pk: UUID) -> RosterRow | None:
    client = coach.clients.live().filter(pk=pk).first()
    if client is None:
        return None
    CoachLink.restrict_to([client.link_id])
    link = None if client.ended_at else CoachLink.objects.only(*LINK).first()
    return RosterRow(client, link)


def client_of_link(coach: User, link_id: UUID) -> RosterRow | None:
    pk = coach.clients.current().filter(link_id=link_id).values_list("pk", flat=True).first()
    return find_client(coach, pk) if pk else None


def find_session(pk: UUID) -> CoachSession | None:
    """Of any open link of this coach's."""
    return CoachSession.objects.filter(pk=pk).first()


def find_agreement(pk: UUID) -> Agreement | None:
    return Agreement.objects.filter(pk=pk).first()


def named(coach: User) -> dict[UUID, RosterRow]:
    """The linked clients, by the id of the person."""
    links = {link.pk: link for link in CoachLink.objects.only(*LINK)}
    return {
        links[client.link_id].owner_id: RosterRow(client, links[client.link_id])
        for client in coach.clients.current().only(*NAMED)
        if client.link_id in links
    }


def client_of(coach: User, owner_id: UUID) -> RosterRow | None:
    """The linked client of a row that this coach sees."""
    link = CoachLink.objects.only(*LINK).filter(owner_id=owner_id).first()
    client = coach.clients.current().filter(link_id=link.pk).first() if link else None
    return RosterRow(client, link) if client else None


@dataclass
class SharedByClient:
    """Everything that one client shares now."""

    items: list[Item]
    grants: list[ShareGrant]
    measures: list[SharedMeasure]
    brief: Brief | None
    notes: list[CoachNote]  # the coach's own
    board: Board = field(default_factory=lambda: Board([], []))
    talks: list[talk.Talk] = field(default_factory=list)  # the latest first
    programs: list[ProgramOfClient] = field(default_factory=list)
    members: list[TeamMember] = field(default_factory=list)  # of the coach's team, if there is one
    handovers: list[Handover] = field(default_factory=list)  # the last one
    client: str = ""  # the name, in sentences

    @cached_property
    def measures_shown(self) -> list[ShownMeasure]:
        return [shown(one, self.client) for one in self.measures]

    @property
    def progress(self) -> list[ShownMeasure]:
        return [one for one in self.measures_shown if not one.is_week]

    @property
    def weeks(self) -> list[ShownMeasure]:
        return [one for one in self.measures_shown if one.is_week]

    def items_of(self, name: str) -> list[Item]:
        return [item for item in self.items if item.kind.name == name]

    @property
    def brought(self) -> dict[UUID, datetime]:
        return {g.item_id: g.brought_at for g in self.grants if g.item_id and g.brought_at}

    def since(self, day: date | None) -> list[Item]:
        """What the client shared or added since, and what they chose for the
        session, those first."""
        opened = {g.item_id: g.starts_at for g in self.grants if g.item_id}
        brought = self.brought

        def is_new(item: Item) -> bool:
            moments = [opened[item.row.pk]] if item.row.pk in opened else [item.since]
            return day is None or any(timezone.localdate(one) >= day for one in moments)

        found = [item for item in self.items if item.row.pk in brought or is_new(item)]
        found.sort(key=lambda item: item.since, reverse=True)
        return sorted(found, key=lambda item: item.row.pk not in brought)


def _notes(_owner: Any, _day: date) -> QuerySet[CoachNote]:
    return CoachNote.objects.live().filter(in_given("client_id")).order_by("-created_at", "-id")


def _members(_owner: Any, _day: date) -> QuerySet[TeamMember]:
    """The wall shows those of the coach's own team."""
    return TeamMember.objects.order_by("created_at", "id")


def _handovers(_owner: Any, _day: date) -> QuerySet[Handover]:
    rows = Handover.objects.only(*HANDOVER).filter(in_given("link_id"), deleted_at=None)
    return rows.order_by("-created_at", "-id")[:1]


SIGHT = (
    *(coach_queries.grants, coach_queries.measures, coach_queries.briefs),
    *(_notes, _members, _handovers),
    *BOARD,
    *talk.BY_LINK,
    *programs.OF_CLIENT,
    *coach_queries.NEWEST_OF_EACH,
)


def sight(linked: RosterRow, day: date) -> SharedByClient:
    """One statement, and one more for the client's key on the first unsealed text."""
    owner = User(pk=linked.owner_id)
    found = fetch_batched(owner, day, *SIGHT, given=[linked.client.pk, linked.client.link_id])
    linked.grants, measures, briefs, notes, members, handed, *rest = found
    of_board, (comments, replies), (offered, steps, own) = rest[:3], rest[3:5], rest[5:8]
    items, brief = coach_queries.items(rest[8:]), briefs[0] if briefs else None
    return SharedByClient(
        items,
        linked.grants,
        measures,
        brief,
        notes,
        arrange(*of_board),
        talk.arrange(comments, replies, to_coach=True),
        programs.arrange(offered, steps, own, day),
        members,
        handed,
        linked.client.name,
    )


def item(kind: Kind, pk: UUID) -> Item | None:
    row = with_parts(kind).filter(pk=pk).first()
    return Item(kind, row) if row else None


def suggestions(linked: RosterRow) -> Page[dict[str, Any]]:
    """The latest suggestions, without their words: those are the client's."""
    mine = Suggestion.objects.filter(link_id=linked.client.link_id, deleted_at=None)
    made = mine.filter(program=None)
    found: Page[dict[str, Any]] = first_page(
        made.order_by("-created_at", "-id").values(*SUGGESTION)
    )
    for one in found.rows:
        what = Suggestion.What(one["what"])
        one["what_text"], one["state_text"] = what.label, Suggestion.State(one["state"]).label
    return found


def notes(client: Client) -> QuerySet[CoachNote]:
    return client.notes.live().order_by("-created_at", "-id")


def library(coach: User) -> list[LibraryPrompt]:
    return list(coach.libraryprompts.live().order_by("-created_at", "-id"))


def note_templates(coach: User) -> list[NoteTemplate]:
    return list(coach.notetemplates.live().order_by("id"))


def _next_sessions(person: User, _day: date) -> QuerySet[Client]:
    rows = Client.objects.filter(owner=person).current().exclude(next_session_at=None)
    return rows.order_by("next_session_at", "id")


def _session_lines(row: Client, _day: date) -> list[TodoItem]:
    """Without the client's name: a calendar is often somebody else's computer."""
    at = row.next_session_at
    on, address = at and timezone.localdate(at), row.get_absolute_url()
    return [TodoItem(_("Session with a client"), "", address, own=False, on=on, at=at)]


next_sessions = TodoSource("coach", _next_sessions, _session_lines)  # of the coach, as themselves


@dataclass(frozen=True)
class PracticeGroup:
    """The newest shared items of one practice."""

    label: Any
    icon: str
    items: list[Item]
    kinds: list[Kind]


def practice_groups(items: Iterable[Item]) -> list[PracticeGroup]:
    found = []
    items = sorted(items, key=lambda one: one.since, reverse=True)
    for practice, label in [*Practice.choices, ("", _("Entries"))]:
        some = [one for one in items if one.kind.practice == practice]
        if some:
            kinds = list({one.kind.name: one.kind for one in some}.values())
            found.append(PracticeGroup(label, some[0].kind.icon, some[:AT_A_GLANCE], kinds))
    return found
