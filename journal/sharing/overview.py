"""A person's coaches and what each of them can see, read as the owner in one statement."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils.functional import Promise as Lazy
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from journal.languages.lists import beside
from journal.people import clock
from journal.people.models import User
from journal.privacy.batched_queries import QueryFactory, fetch_batched
from journal.privacy.ownership import OwnedQuerySet
from journal.sharing import agreements, handovers, shared_measures
from journal.sharing.models.agreements import Agreement, AgreementOutcome
from journal.sharing.models.grants import ShareGrant
from journal.sharing.models.links import CoachInvitation, CoachLink
from journal.sharing.models.messages import Suggestion
from journal.sharing.models.programs import ClientProgram
from journal.sharing.models.teams import Handover
from journal.sharing.shareable import BRIEF, KINDS, Kind, Practice

Scope, Direction = ShareGrant.Scope, CoachInvitation.Direction

ICONS: dict[str, str] = {
    Practice.PROMISES: "prom",
    Practice.BOUNDARIES: "bound",
    Practice.SELF_COMPASSION: "comp",
    Practice.DECISIONS: "dec",
    Practice.MISTAKES: "mist",
}


@dataclass(frozen=True)
class SharingRow:
    """A share for display. `own` marks a title in the person's words."""

    grant: ShareGrant
    title: str
    text: str
    icon: str
    own: bool = False
    address: str = ""

    @property
    def hue(self) -> str:
        return f"p-{self.icon}"


@dataclass
class ClientOfCoach:
    """One coach, and what they can see."""

    link: CoachLink
    rows: list[SharingRow] = field(default_factory=list)
    waiting: list[Suggestion] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)  # not answered yet
    outcomes: list[AgreementOutcome] = field(default_factory=list)  # sent, in any session
    programs: list[ClientProgram] = field(default_factory=list)  # to answer, or going on
    handovers: list[Handover] = field(default_factory=list)  # not answered yet


@dataclass
class Overview:
    coaches: list[ClientOfCoach]
    invited: list[CoachInvitation]
    ended: list[CoachLink]

    @property
    def invitations(self) -> list[CoachInvitation]:
        return [one for one in self.invited if one.declined_at is None]

    @property
    def declined(self) -> list[CoachInvitation]:
        return [one for one in self.invited if one.declined_at]

    @property
    def shares(self) -> bool:
        return any(coached.rows or coached.outcomes for coached in self.coaches)


def open_grants(person: User, _day: date) -> OwnedQuerySet:
    """Open grants, by the database's clock, so that they can be fetched in a batch."""
    return ShareGrant.objects.filter(
        owner=person, revoked_at=None, expires_at__gt=Now(), link__ended_at=None
    ).order_by("expires_at", "id")


def links(person: User, _day: date) -> OwnedQuerySet:
    return CoachLink.objects.filter(owner=person, ended_at=None).order_by("id")


def _ended(person: User, _day: date) -> OwnedQuerySet:
    ended = CoachLink.objects.filter(owner=person, ended_at__isnull=False)
    return ended.order_by("-ended_at", "id")


def _invitations(person: User, _day: date) -> OwnedQuerySet:
    return CoachInvitation.objects.filter(owner=person).to_show(Direction.BY_CLIENT)


def _suggestions(person: User, day: date) -> OwnedQuerySet:
    return Suggestion.objects.filter(owner=person).waiting(day).order_by("id")


def _programs(person: User, _day: date) -> OwnedQuerySet:
    """Those to answer, and those that go on."""
    rows = ClientProgram.objects.filter(owner=person).live()
    asked = Q(answered_at=None) | Q(started_on__isnull=False)
    return rows.filter(asked, stopped_on=None, link__ended_at=None).order_by("created_at", "id")


def _outcomes(person: User, _day: date) -> OwnedQuerySet:
    sent = AgreementOutcome.objects.filter(owner=person).sent()
    return sent.only("id", "link_id").order_by("id")


def shared(kind: Kind) -> QueryFactory:
    """The person's rows of a kind with a grant of their own."""

    def factory(person: User, day: date) -> QuerySet:
        ids = open_grants(person, day).filter(scope=Scope.ITEM, about=kind.name)
        return kind.table.objects.live().filter(
            owner=person, pk__in=ids.order_by().values("item_id")
        )

    return factory


KINDS_SHARED = (*KINDS.values(), BRIEF)
TOLD = (_suggestions, agreements.may_wait, _outcomes, _programs, handovers.may_wait)
FACTORIES = (links, _ended, open_grants, _invitations, *TOLD, *map(shared, KINDS_SHARED))


def sharing_overview(person: User) -> Overview:
    found = fetch_batched(person, clock.today(person), *FACTORIES)
    active, ended, grants, invitations, suggestions, waiting, *more = found
    outcomes, programs, others, *rows = more
    there = rows_by_key(KINDS_SHARED, rows)
    coaches = {link.pk: ClientOfCoach(link) for link in active}
    for grant in grants:
        if grant.link_id in coaches:
            coaches[grant.link_id].rows.append(sharing_row(grant, there))
    for suggestion in suggestions:
        if suggestion.link_id in coaches:
            coaches[suggestion.link_id].waiting.append(suggestion)
    for agreement in waiting:
        coaches[agreement.link_id].agreements.append(agreement)
    for outcome in outcomes:
        coaches[outcome.link_id].outcomes.append(outcome)
    for program in programs:
        coaches[program.link_id].programs.append(program)
    for handover in others:
        coaches[handover.link_id].handovers.append(handover)
    return Overview(list(coaches.values()), invitations, ended)


def rows_by_key(kinds: Any, rows: list[list[Any]]) -> dict[tuple[str, UUID | None], Any]:
    return {
        (kind.name, row.pk): row for kind, found in zip(kinds, rows, strict=True) for row in found
    }


def sharing_row(grant: ShareGrant, rows: dict[tuple[str, UUID | None], Any]) -> SharingRow:
    if grant.scope == Scope.ITEM:
        return _item(grant, rows.get((grant.about, grant.item_id)))
    name = name_of(grant.scope, grant.about)
    icon = ICONS.get(grant.about, "insights")
    if grant.scope == Scope.MEASURE:
        return SharingRow(grant, str(name), _("Figures"), icon)
    if grant.scope == Scope.WEEK:
        return SharingRow(grant, str(name), capfirst(how_much(grant)), "week")
    return SharingRow(grant, str(name), capfirst(how_much(grant)), icon)


def _item(grant: ShareGrant, row: Any) -> SharingRow:
    kind = KINDS.get(grant.about, BRIEF)
    if row is None or kind is BRIEF:
        return SharingRow(grant, str(kind.label), _("For your session"), kind.icon)
    title, address = title_and_address(kind, row)
    said = str(kind.label)
    if grant.photos:
        count = len(grant.photos)
        text = ngettext("%(kind)s, with %(count)s photo", "%(kind)s, with %(count)s photos", count)
        said = text % {"kind": said, "count": count}
    return SharingRow(grant, title, said, kind.icon, own=True, address=address)


def title_and_address(kind: Kind, row: Any) -> tuple[str, str]:
    """The person's title of the row, and the address of its page."""
    address = row.address if kind.name == "crossing" else row.get_absolute_url()
    return kind.title(row), address


def name_of(scope: str, about: str) -> str | Lazy:
    """The subject of a grant in words; for one item, only its kind."""
    if scope == Scope.ITEM:
        return KINDS.get(about, BRIEF).label
    if scope == Scope.PRACTICE:
        return Practice(about).label
    if scope == Scope.MEASURE:
        return dict(shared_measures.MEASURES).get(about, about)
    return Scope.WEEK.label


# Within a sentence; a label in small letters would be another word in German.
DETAILS = {
    ShareGrant.Detail.COUNTS: gettext_lazy("counts only"),
    ShareGrant.Detail.FULL: gettext_lazy("in full"),
}


def how_much(grant: ShareGrant) -> str:
    """The extent of a grant: "in full, from now on"."""
    parts = [str(DETAILS[ShareGrant.Detail(grant.detail)])]
    if grant.past == ShareGrant.Past.FROM_NOW:
        parts.append(_("from now on"))
    return beside(parts)
