"""The options on the page of one link, and which of them are ticked.

After the preview the form shows the person's choices; it also ticks what another page shared
meanwhile, since unticking would revoke it.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.people import clock
from journal.people.models import User
from journal.privacy.batched_queries import QueryFactory, fetch_batched, in_given
from journal.sharing import overview, shareable, shared_measures
from journal.sharing.models.grants import DAYS, USUAL_DAYS, ShareGrant
from journal.sharing.models.links import CoachLink
from journal.sharing.shareable import KINDS, Kind, Practice
from journal.sharing.sharing_form import HOW, NOTHING, WEEKS, ChoiceForm

Scope, Detail, Past = ShareGrant.Scope, ShareGrant.Detail, ShareGrant.Past

RECENT = timedelta(weeks=4)
MOST = 40  # of a kind, on one page
UNFOLDED = 8  # of all of them, on their page


@dataclass(frozen=True)
class Thing:
    """One item with a checkbox."""

    kind: Kind
    row: Any
    grant: ShareGrant | None
    is_ticked: bool

    @property
    def key(self) -> str:
        return f"{self.kind.name}.{self.row.pk}"

    @property
    def title(self) -> str:
        return self.kind.title(self.row)

    @property
    def text(self) -> str:
        """ "Boundary, 9 November"."""
        since = localtime(getattr(self.row, self.kind.since))
        said = {"kind": self.kind.label, "day": date_format(since, "j F")}
        return _("%(kind)s, %(day)s") % said

    @property
    def hue(self) -> str:
        return f"p-{self.kind.icon}"


def _recent(kind: Kind) -> QueryFactory:
    """Recent rows, shared rows, and older rows that the person chose before."""

    def factory(person: User, day: date) -> QuerySet:
        shared = overview.open_grants(person, day).filter(scope=Scope.ITEM, about=kind.name)
        wanted = Q(**{f"{kind.since}__gte": Now() - RECENT})
        if kind.name == "entry":
            wanted &= Q(quiet=False)  # the page of older ones has them
        wanted |= Q(pk__in=shared.order_by().values("item_id"))
        wanted |= Q(in_given())
        return shareable.shareable(person, kind).filter(wanted)[:MOST]

    return factory


RECENT_OF_EACH = (overview.open_grants, *map(_recent, KINDS.values()))


@dataclass
class Choices:
    """The options for the page of one link: its open grants, or the `chosen` ones."""

    link: CoachLink
    in_force: list[ShareGrant]  # of this link
    chosen: ChoiceForm | None = None
    kind: Kind | None = None  # a page of older items shows this kind only
    after: UUID | None = None
    more: Any = None  # the row after which the next page starts
    things: list[Thing] = field(default_factory=list)

    def __post_init__(self) -> None:
        known = set(self.chosen.cleaned_data["seen"]) if self.chosen else set()
        stands = [grant for grant in self.in_force if grant.pk not in known]
        self.ticked = {grant.thing: (grant.detail, grant.past) for grant in stands}
        for wish in self.chosen.wishes if self.chosen else []:
            self.ticked[wish.thing] = wish.detail, wish.past
        self.grants = {grant.thing: grant for grant in self.in_force}

    def add(self, kind: Kind, rows: list[Any]) -> None:
        for row in rows:
            thing = Scope.ITEM.value, kind.name, row.pk
            self.things.append(Thing(kind, row, self.grants.get(thing), thing in self.ticked))

    @property
    def first_things(self) -> list[Thing]:
        """The latest ones, and all that are ticked; the others are folded."""
        return [one for n, one in enumerate(self.things) if n < UNFOLDED or one.is_ticked]

    @property
    def other_things(self) -> list[Thing]:
        return [one for n, one in enumerate(self.things) if n >= UNFOLDED and not one.is_ticked]

    @property
    def seen(self) -> list[UUID]:
        """The grants that the page shows or has shown; unticking one revokes it."""
        seen = [thing.grant.pk for thing in self.things if thing.grant]
        if self.kind is None:
            seen += [grant.pk for grant in self.in_force if grant.scope != Scope.ITEM]
        before = self.chosen.cleaned_data["seen"] if self.chosen else []
        return list(dict.fromkeys([*before, *seen]))

    def how(self, scope: str, about: str = "") -> str:
        """The current choice for a practice or the weeks, as the value of its radio button."""
        detail, past = self.ticked.get((scope, about, None), ("", ""))
        if detail == Detail.COUNTS:
            past = Past.INCLUDE
        return f"{detail}.{past}" if detail else NOTHING

    @property
    def practices(self) -> list[tuple[str, Any, str, str, list]]:
        return [
            (
                f"practice-{one.value}",
                one.label,
                overview.ICONS[one],
                self.how(Scope.PRACTICE, one.value),
                HOW,
            )
            for one in Practice
        ]

    @property
    def weeks(self) -> tuple[str, list]:
        return self.how(Scope.WEEK), WEEKS

    @property
    def measures(self) -> list[tuple[str, Any, bool]]:
        return [
            (slug, label, (Scope.MEASURE.value, slug, None) in self.ticked)
            for slug, label in shared_measures.MEASURES
        ]

    @property
    def kinds(self) -> list[Kind]:
        return list(KINDS.values())

    @property
    def days(self) -> list[tuple[int, str, bool]]:
        wanted = self.chosen.how_long if self.chosen else USUAL_DAYS
        said = [(days, ngettext("%(n)s day", "%(n)s days", days)) for days in DAYS]
        return [(days, text % {"n": days}, days == wanted) for days, text in said]

    @property
    def renews(self) -> bool:
        return bool(self.chosen and self.chosen.cleaned_data["renew"])


def recent_options(link: CoachLink, chosen: ChoiceForm | None = None) -> Choices:
    """One statement: rows of the last four weeks of each kind, and all shared rows."""
    person, ids = link.owner, chosen.item_ids if chosen else []
    in_force, *rows = fetch_batched(person, clock.today(person), *RECENT_OF_EACH, given=ids)
    found = Choices(link, [grant for grant in in_force if grant.link_id == link.pk], chosen)
    for kind, some in zip(KINDS.values(), rows, strict=True):
        found.add(kind, some)
    found.things.sort(key=lambda thing: getattr(thing.row, thing.kind.since), reverse=True)
    return found


def older(
    link: CoachLink, kind: Kind, after: UUID | None, chosen: ChoiceForm | None = None
) -> Choices:
    """All rows of one kind, a page at a time: those before the row `after`."""
    rows = shareable.shareable(link.owner, kind)
    last = rows.filter(pk=after).first() if after else None
    if last is not None:
        moment = getattr(last, kind.since)
        rows = rows.filter(
            Q(**{f"{kind.since}__lt": moment}) | Q(**{kind.since: moment, "pk__lt": last.pk})
        )
    some = list(rows[: MOST + 1])
    more = some[MOST - 1] if len(some) > MOST else None
    found = Choices(link, list(link.grants.in_force()), chosen, kind, last and last.pk, more)
    found.add(kind, some[:MOST])
    return found
