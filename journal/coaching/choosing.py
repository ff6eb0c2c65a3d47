"""What a client chooses to share with one coach: what they are asked, and what saving it changes.

A page of choices carries along which shares it showed (`seen`). What was taken back elsewhere in
the meantime is not opened again by a page that still shows it ticked, and what was shared
elsewhere is left alone by a page that never showed it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from journal.coaching import consent, figures, kinds, overview
from journal.coaching.consent import Wish
from journal.coaching.grants import DAYS, USUAL_DAYS, ShareGrant
from journal.coaching.kinds import KINDS, Kind, Practice
from journal.coaching.links import CoachLink
from journal.people import clock
from journal.people.models import User
from journal.privacy.together import together

Scope, Detail, Past = ShareGrant.Scope, ShareGrant.Detail, ShareGrant.Past

LATELY = timedelta(weeks=4)
MOST = 40  # of a kind on one page
MOST_CHOSEN = 400

NOTHING = "nothing"
HOW = [
    (NOTHING, gettext_lazy("Nothing of it")),
    ("counts.include", gettext_lazy("Counts only")),
    ("full.from_now", gettext_lazy("In full, from now on")),
    ("full.include", gettext_lazy("In full, with what is there already")),
]
WEEKS = [
    (NOTHING, gettext_lazy("Nothing of it")),
    ("counts.include", gettext_lazy("Counts only, for the last four weeks and on")),
    ("full.include", gettext_lazy("With what you wrote, for the last four weeks and on")),
]


@dataclass(frozen=True)
class Thing:
    """One item that can be ticked."""

    kind: Kind
    row: Any
    grant: ShareGrant | None

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


# --- what there is to choose from ---------------------------------------------------------------


def _lately(kind: Kind) -> Callable[[User, date], QuerySet]:
    def question(person: User, day: date) -> QuerySet:
        shared = overview.standing(person, day).filter(scope=Scope.ITEM, about=kind.name)
        wanted = Q(**{f"{kind.since}__gte": Now() - LATELY})
        wanted |= Q(pk__in=shared.order_by().values("item_id"))
        return kinds.shareable(person, kind).filter(wanted)[:MOST]

    return question


LATELY_OF_EACH = (overview.standing, *map(_lately, KINDS.values()))


@dataclass
class Choices:
    """What the page of one link shows."""

    link: CoachLink
    things: list[Thing]
    standing: list[ShareGrant]  # of this link
    kind: Kind | None = None  # an older page shows items of one kind, and nothing else
    more: Any = None  # where the next page of it begins

    @property
    def seen(self) -> list[ShareGrant]:
        """The shares that the page shows."""
        if self.kind is None:
            return self.standing
        return [thing.grant for thing in self.things if thing.grant]

    def how(self, scope: str, about: str = "") -> str:
        """The choice that stands for a practice or the weeks, as its radio button says it."""
        for grant in self.standing:
            if (grant.scope, grant.about) == (scope, about):
                past = Past.INCLUDE if grant.detail == Detail.COUNTS else grant.past
                return f"{grant.detail}.{past}"
        return NOTHING

    @property
    def practices(self) -> list[tuple[str, Any, str, str, list]]:
        return [
            (
                f"practice-{one.value}",
                one.label,
                overview.ICONS[one],
                self.how("practice", one),
                HOW,
            )
            for one in Practice
        ]

    @property
    def weeks(self) -> tuple[str, list]:
        return self.how(Scope.WEEK), WEEKS

    @property
    def measures(self) -> list[tuple[str, Any, bool]]:
        shared = {grant.about for grant in self.standing if grant.scope == Scope.MEASURE}
        return [(slug, label, slug in shared) for slug, label in figures.MEASURES]

    @property
    def kinds(self) -> list[Kind]:
        return list(KINDS.values())

    @property
    def days(self) -> list[tuple[int, str, bool]]:
        said = [(days, ngettext("%(n)s day", "%(n)s days", days)) for days in DAYS]
        return [(days, text % {"n": days}, days == USUAL_DAYS) for days, text in said]


def lately(link: CoachLink) -> Choices:
    """One statement: what the last four weeks hold of each kind, and whatever is shared."""
    person = link.owner
    standing, *rows = together(person, clock.today(person), *LATELY_OF_EACH)
    mine = [grant for grant in standing if grant.link_id == link.pk]
    things = [
        Thing(kind, row, _grant_of(mine, kind, row))
        for kind, found in zip(KINDS.values(), rows, strict=True)
        for row in found
    ]
    things.sort(key=lambda thing: getattr(thing.row, thing.kind.since), reverse=True)
    return Choices(link, things, mine)


def older(link: CoachLink, kind: Kind, after: UUID | None) -> Choices:
    """All of one kind, a page at a time: those before the row `after`."""
    person = link.owner
    rows = kinds.shareable(person, kind)
    last = rows.filter(pk=after).first() if after else None
    if last is not None:
        moment = getattr(last, kind.since)
        rows = rows.filter(
            Q(**{f"{kind.since}__lt": moment}) | Q(**{kind.since: moment, "pk__lt": last.pk})
        )
    found = list(rows[: MOST + 1])
    mine = list(link.grants.standing())
    things = [Thing(kind, row, _grant_of(mine, kind, row)) for row in found[:MOST]]
    return Choices(link, things, mine, kind, found[MOST - 1] if len(found) > MOST else None)


def _grant_of(standing: list[ShareGrant], kind: Kind, row: Any) -> ShareGrant | None:
    found = (one for one in standing if (one.about, one.item_id) == (kind.name, row.pk))
    return next(found, None)


# --- what was chosen -----------------------------------------------------------------------------


class Several(forms.Field):
    """Several values of one name, each turned into what it stands for by `one`."""

    widget = forms.MultipleHiddenInput

    def __init__(self, one: Callable[[str], Any]) -> None:
        super().__init__(required=False)
        self.one = one

    def clean(self, value: Any) -> list[Any]:
        if len(value or ()) > MOST_CHOSEN:
            raise ValidationError(_("That is more than a page shows."))
        try:
            return [self.one(text) for text in value or ()]
        except (ValueError, KeyError) as error:
            raise ValidationError(_("There is no such choice.")) from error


def _item(text: str) -> Wish:
    name, _dot, pk = text.partition(".")
    return Wish(Scope.ITEM, KINDS[name].name, UUID(pk))


def _measure(slug: str) -> Wish:
    if slug not in dict(figures.MEASURES):
        raise KeyError(slug)
    return Wish(Scope.MEASURE, slug, detail=Detail.COUNTS)


class ChoiceForm(forms.Form):
    """What was ticked. `kind` is there on an older page, which says nothing of all the rest."""

    item = Several(_item)
    measure = Several(_measure)
    seen = Several(UUID)
    week = forms.ChoiceField(choices=WEEKS, required=False)
    days = forms.TypedChoiceField(
        choices=[(days, days) for days in DAYS], coerce=int, required=False
    )
    renew = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for practice in Practice:
            self.fields[f"practice-{practice}"] = forms.ChoiceField(choices=HOW, required=False)

    @property
    def wishes(self) -> list[Wish]:
        data = self.cleaned_data
        found = {wish.thing: wish for wish in [*data["item"], *data["measure"]]}
        chosen = [(Scope.PRACTICE, one.value, data[f"practice-{one}"]) for one in Practice]
        for scope, about, how in [*chosen, (Scope.WEEK, "", data["week"])]:
            if how not in ("", NOTHING):
                detail, past = how.split(".")
                wish = Wish(scope, about, detail=detail, past=past)
                found[wish.thing] = wish
        return list(found.values())


@dataclass
class Change:
    """What saving a page does, as things stand now."""

    days: int
    give: list[Wish] = field(default_factory=list)
    take_back: list[ShareGrant] = field(default_factory=list)
    # Ticked on the page, and taken back elsewhere since: it stays taken back.
    stays_back: list[Wish] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.give or self.take_back)


def change(link: CoachLink, form: ChoiceForm) -> Change:
    """Hold the link first, where it is to be made. Two statements, and one for each kind."""
    data = form.cleaned_data
    seen, wishes = set(data["seen"]), form.wishes
    told = list(link.grants.filter(Q(pk__in=seen) | Q(revoked_at=None)))
    standing = {_thing(one): one for one in told if consent.is_open(one)}
    shown_before = {_thing(one) for one in told if one.pk in seen}
    found = Change(data["days"] or USUAL_DAYS)
    for wish in wishes:
        stands = standing.get(wish.thing)
        if stands is None and wish.thing in shown_before:
            found.stays_back.append(wish)
        elif stands is None or data["renew"] or _differs(stands, wish):
            found.give.append(wish)
    wanted = {wish.thing for wish in wishes}
    found.take_back = [
        one for thing, one in standing.items() if one.pk in seen and thing not in wanted
    ]
    found.give = _only_own(link.owner, found.give)
    return found


def _thing(grant: ShareGrant) -> tuple[str, str, UUID | None]:
    return grant.scope, grant.about, grant.item_id


def _differs(grant: ShareGrant, wish: Wish) -> bool:
    return (grant.detail, grant.past) != (wish.detail, wish.past)


def _only_own(person: User, wishes: list[Wish]) -> list[Wish]:
    """Without items that are not there, not the person's, or that cannot be shared."""
    asked: dict[str, list[UUID]] = {}
    for wish in wishes:
        if wish.item_id:
            asked.setdefault(wish.about, []).append(wish.item_id)
    own = {
        (name, pk)
        for name, ids in asked.items()
        for pk in kinds.shareable(person, KINDS[name])
        .filter(pk__in=ids)
        .order_by()
        .values_list("pk", flat=True)
    }
    return [wish for wish in wishes if not wish.item_id or (wish.about, wish.item_id) in own]


def make(link: CoachLink, made: Change) -> None:
    """As the client, with the link held."""
    if made.take_back:
        consent.take_back(link, made.take_back)
    if made.give:
        consent.share(link, made.give, made.days)
    figures.refresh(link)
