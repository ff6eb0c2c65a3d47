"""The client's choices for one coach, and the change that saving them makes.

The page posts the ids of the grants it showed (`seen`). A grant that another page revoked
meanwhile stays revoked even if this page still has it ticked, and a grant that this page
never showed stays open.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.people import clock
from journal.people.models import User
from journal.photos.models import Photo
from journal.privacy.batched_queries import QueryFactory, fetch_batched, in_given
from journal.sharing import consent, shareable, shared_measures
from journal.sharing.consent import ShareRequest
from journal.sharing.models.grants import DAYS, USUAL_DAYS, ShareGrant
from journal.sharing.models.links import CoachLink
from journal.sharing.shareable import KINDS, Kind, Practice
from journal.sharing.shared_photos import Ticks, of_given_entries

Scope, Detail, Past = ShareGrant.Scope, ShareGrant.Detail, ShareGrant.Past

MOST_CHOSEN = 400

NOTHING = "nothing"
HOW = [
    (NOTHING, gettext_lazy("Nothing")),
    ("counts.include", gettext_lazy("Counts only")),
    ("full.from_now", gettext_lazy("In full, from now on")),
    ("full.include", gettext_lazy("In full, including what’s already there")),
]
WEEKS = [
    (NOTHING, gettext_lazy("Nothing")),
    ("counts.include", gettext_lazy("Counts only, from four weeks ago onwards")),
    ("full.include", gettext_lazy("With what you wrote, from four weeks ago onwards")),
]


class Several(forms.Field):
    """Several values of one name, each converted by `one`."""

    widget = forms.MultipleHiddenInput

    def __init__(self, one: Callable[[str], Any]) -> None:
        super().__init__(required=False)
        self.one = one

    def clean(self, value: Any) -> list[Any]:
        if len(value or ()) > MOST_CHOSEN:
            raise ValidationError(_("That’s more than one page can hold."))
        try:
            return [self.one(text) for text in value or ()]
        except (ValueError, KeyError) as error:
            raise ValidationError(_("Choose one of the options shown.")) from error


def _item(text: str) -> ShareRequest:
    name, _dot, pk = text.partition(".")
    return ShareRequest(Scope.ITEM, KINDS[name].name, UUID(pk))


def _measure(slug: str) -> ShareRequest:
    if slug not in dict(shared_measures.MEASURES):
        raise KeyError(slug)
    return ShareRequest(Scope.MEASURE, slug, detail=Detail.COUNTS)


class ChoiceForm(forms.Form):
    """The ticked choices. A page of older items has `kind` and leaves all
    other choices unchanged."""

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
    def how_long(self) -> int:
        return self.cleaned_data["days"] or USUAL_DAYS

    @property
    def item_ids(self) -> list[UUID]:
        return [wish.item_id for wish in self.cleaned_data["item"]]

    @property
    def wishes(self) -> list[ShareRequest]:
        data = self.cleaned_data
        found = {wish.thing: wish for wish in [*data["item"], *data["measure"]]}
        chosen = [(Scope.PRACTICE, one.value, data[f"practice-{one}"]) for one in Practice]
        for scope, about, how in [*chosen, (Scope.WEEK, "", data["week"])]:
            if how not in ("", NOTHING):
                detail, past = how.split(".")
                wish = ShareRequest(scope, about, detail=detail, past=past)
                found[wish.thing] = wish
        return list(found.values())


@dataclass
class Change:
    """The change that saving a page makes, given the current grants."""

    link: CoachLink
    days: int = USUAL_DAYS
    give: list[ShareRequest] = field(default_factory=list)
    take_back: list[ShareGrant] = field(default_factory=list)
    # Ticked on the page, but revoked elsewhere since: these stay revoked.
    stays_back: list[ShareRequest] = field(default_factory=list)
    # Unrevoked grants before the change, open or expired.
    before: list[ShareGrant] = field(default_factory=list)
    photos: list[Photo] = field(default_factory=list)  # of the entries on the page
    asked: list[ShareRequest] = field(default_factory=list)  # all that is ticked
    # The data for the figures.
    answers: shared_measures.Answers = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.give or self.take_back)

    @property
    def open_ids(self) -> set[UUID]:
        return {grant.pk for grant in self.before if grant.is_open}

    @property
    def comes_to(self) -> list[ShareGrant]:
        """All open grants after the change, unsaved."""
        given = consent.granted(self.link, self.give, self.days, self.before)
        gone = {grant.thing for grant in (*given, *self.take_back)}
        return [
            *(consent.again(one) for one in self.before if one.is_open and one.thing not in gone),
            *given,
        ]


def _links(person: User, _day: Any) -> QuerySet:
    return CoachLink.objects.active().filter(in_given(), owner=person)


def _grants(person: User, _day: Any) -> QuerySet:
    """Grants of the given link: those with a given id, and those not revoked."""
    return ShareGrant.objects.filter(
        in_given("link_id"), Q(revoked_at=None) | Q(in_given()), owner=person
    )


def _own(kind: Kind) -> QueryFactory:
    return lambda person, _day: (
        shareable.shareable(person, kind).filter(in_given()).order_by().values("id")
    )


OWN = (_links, _grants, of_given_entries, *map(_own, KINDS.values()))


def change(person: User, pk: UUID, form: ChoiceForm, ticks: Ticks | None = None) -> Change | None:
    """The change that this page makes to the link; None if the link has ended. Runs one statement,
    which finds everything by id. To apply the change, lock the link first."""
    seen, wishes = set(form.cleaned_data["seen"]), form.wishes
    named = [pk, *seen, *form.item_ids]
    asked = (*OWN, *shared_measures.query_factories())
    answers = fetch_batched(person, clock.today(person), *asked, given=named)
    links, past_grants, photos, *rows = answers
    link = next((one for one in links if one.pk == pk), None)
    if link is None:
        return None
    link.owner = person
    past_grants = [one for one in past_grants if one.link_id == pk]
    found = Change(link, form.how_long, photos=photos, answers=rows[len(KINDS) :])
    found.before = [one for one in past_grants if one.revoked_at is None]
    open_grants = {one.thing: one for one in found.before if one.is_open}
    shown_before = {one.thing for one in past_grants if one.pk in seen}
    for wish in wishes:
        stands = open_grants.get(wish.thing)
        wish = (ticks or Ticks()).apply(wish, stands, photos)
        found.asked.append(wish)
        if stands is None and wish.thing in shown_before:
            found.stays_back.append(wish)
        elif stands is None or form.cleaned_data["renew"] or _differs(stands, wish):
            found.give.append(wish)
    wanted = {wish.thing for wish in wishes}
    found.take_back = [
        one for thing, one in open_grants.items() if one.pk in seen and thing not in wanted
    ]
    # Drops items that are missing, somebody else's, or that cannot be shared.
    own = {
        (kind.name, row["id"])
        for kind, some in zip(KINDS.values(), rows, strict=False)
        for row in some
    }
    found.give = [
        wish for wish in found.give if not wish.item_id or (wish.about, str(wish.item_id)) in own
    ]
    return found


def build_change(
    link: CoachLink,
    wish: ShareRequest,
    days: int,
    *asked: QueryFactory,
    ticks: Ticks | None = None,
) -> Change:
    """Adds one item to the open grants, with the results of the given queries."""
    person, given = link.owner, [one for one in (link.pk, wish.item_id) if one]
    own = (_grants, of_given_entries, *asked)
    before, photos, *answers = fetch_batched(person, clock.today(person), *own, given=given)
    stands = next((one for one in before if one.is_open and one.thing == wish.thing), None)
    wish = (ticks or Ticks()).apply(wish, stands, photos)
    return Change(link, days, [wish], before=before, photos=photos, asked=[wish], answers=answers)


def _differs(grant: ShareGrant, wish: ShareRequest) -> bool:
    had, wants = (grant.detail, grant.past), (wish.detail, wish.past)
    return had != wants or set(grant.photos) != set(wish.photos)


def make(made: Change) -> None:
    """Applies a change, as the client; the caller holds the lock on the link."""
    if made.take_back:
        consent.take_back(made.link, made.take_back)
    if made.give:
        consent.share(made.link, made.give, made.days)
    shared_measures.refresh(made.link)
