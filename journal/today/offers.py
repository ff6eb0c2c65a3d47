"""What the start leaves out, offered later: one thing a day, where it helps, each skippable.

An offer follows from what is stored; nothing is stored because time passes or a page is opened.
Answering one, whatever the answer, puts the next off: `User.next_offer_on` is tomorrow after "Save"
or "Don't ask again", and in a week after "Not now".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import (
    Case,
    Count,
    Exists,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.urls import reverse
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from journal.people import clock
from journal.people.models import User
from journal.people.quarters import quarter_of
from journal.privacy.batched_queries import fetch_batched
from journal.promises.models import Experiment, Part, Promise, PromisePause

Kind = User.Offer
Rows = Sequence[Any]
TODAY = "today:today"
FEW = 5  # promises
A_WEEK, SHORTEST_QUARTER = timedelta(weeks=1), timedelta(days=90)
LATELY = timedelta(weeks=4)  # a part helps after recent days; reading all would grow with the years


@dataclass(frozen=True)
class Offer:
    """A row of Today. Its page has the question, and the buttons that skip it: now, or for good."""

    title: str | Lazy
    text: str | Lazy
    address: str
    icon: str


@dataclass(frozen=True)
class PersonOffer:
    """An offer about the person as a whole; `page` names the address where it is taken."""

    label: str | Lazy
    hint: str | Lazy
    button: str | Lazy
    page: str  # the name of its address
    icon: str
    after_days: int | None  # since they joined; None: on the third visit, once
    once_a_quarter: bool = False  # opening it from here is an answer, too


ABOUT_THE_PERSON: dict[str, PersonOffer] = {
    Kind.CHECK_UP: PersonOffer(
        _("Your check-up: five statements"),
        _("It takes a minute. You can compare in four weeks."),
        _("Open the check-up"),
        "rating:list",
        "insights",
        2,
    ),
    Kind.VALUES: PersonOffer(
        _("What matters to you, in a word or two?"),
        _("Your values stand beside your promises and decisions."),
        _("Choose values"),
        "values:list",
        "today",
        4,
    ),
    Kind.COACH: PersonOffer(
        _("Do you work with a coach?"),
        _("You choose what they see, and can end it at any time."),
        _("See how sharing works"),
        "sharing:overview",
        "coach",
        14,
    ),
    Kind.INSTALL: PersonOffer(
        _("Would you like this on your home screen?"),
        _("It opens like an app, under a name you choose. The browser works just as well."),
        _("Have a look"),
        "web_app:install",
        "device",
        None,
    ),
    Kind.GROWN: PersonOffer(
        _("Your last three months on one page"),
        _("What has grown, by your own record and in your own words. It comes once a quarter."),
        _("Open the page"),
        "insights:grown",
        "insights",
        0,
        once_a_quarter=True,
    ),
}


def active_promises(person: User, day: date) -> QuerySet[Promise]:
    """Those that don't rest, with the misses and the days "life happened" of the weeks before. The
    first few: one offer is made, of the first part that helps with any of them. None whose ways are
    compared: a new part would stop that."""
    lately = Q(checkins__due_on__gte=day - LATELY, checkins__due_on__lt=day)
    rests = PromisePause.objects.filter(promise=OuterRef("pk"), from_on__lte=day, until_on__gt=day)
    compared = Experiment.objects.open().filter(promise=OuterRef("pk"))
    return (
        person.promises.active()
        .exclude(Exists(rests) | Exists(compared))
        .annotate(
            lately=FilteredRelation("checkins", condition=lately),
            misses=Count("lately", filter=Q(lately__status="missed")),
            excused=Count("lately", filter=Q(lately__status="excused")),
        )
        .annotate(part=Case(*_first_part(day), default=Value(len(Part.values))))
        .order_by("part", "id")[:FEW]
    )


def _first_part(day: date) -> list[When]:
    """The place of the first part that helps with a promise, as `_helps` says of one."""
    helps = {
        Part.SMALLEST: Q(smallest_version__isnull=True, misses__gte=1),
        Part.MOMENT: Q(cue__isnull=True, starts_on__lt=day),
        Part.OBSTACLE: Q(obstacle__isnull=True, misses__gte=2),
        Part.DAYS_OFF: Q(reserve_per_month=None, excused__gte=1),
    }
    return [
        When(helps[part] & ~Q(declined_parts__contains=[part.value]), then=Value(place))
        for place, part in enumerate(Part)
    ]


def recorded_last_quarter(person: User, day: date) -> QuerySet:
    """Asked in the first week of a quarter: an answer to a promise in the one before."""
    rows = person.checkins.filter(due_on__gte=day - SHORTEST_QUARTER, due_on__lt=day - A_WEEK)
    return rows.order_by().values("due_on")[:1]


FACTORIES = (
    active_promises,
    recorded_last_quarter,
    lambda person, _day: person.ratings.order_by("-id").values("created_at")[:1],
    lambda person, _day: person.values.order_by("-id").values("created_at")[:1],
    lambda person, _day: person.coachinvitations.order_by("-id").values("created_at")[:1],
    lambda person, _day: person.coachlinks.order_by("-id").values("created_at")[:1],
)


def offer_of_day(
    person: User, day: date, found: Sequence[Rows] | None = None, *, is_third_visit: bool = False
) -> Offer | None:
    """None on the person's first day, and where one was answered, or taken elsewhere, since. Runs
    one statement, unless the caller has read the rows of FACTORIES."""
    joined_on = clock.joined_on(person)
    if day <= joined_on or (person.next_offer_on and day < person.next_offer_on):
        return None
    promises, recorded, *taken = found or fetch_batched(person, day, *FACTORIES)
    if any(_is_of(person, day, row) for rows in taken for row in rows):
        return None
    if is_third_visit and Kind.INSTALL not in person.declined_offers:
        return _about_the_person(Kind.INSTALL)
    if recorded and _is_in_first_week(day) and Kind.GROWN not in person.declined_offers:
        return _about_the_person(Kind.GROWN)
    return next(_offers(person, day - joined_on, day, promises, taken), None)


def coming_offers(person: User, day: date) -> list[tuple[date, Offer]]:
    """The offers of the next week, if each is answered on its day and nothing else changes."""
    joined_on, found = clock.joined_on(person), list[tuple[date, Offer]]()
    promises, _recorded, *taken = fetch_batched(person, day, *FACTORIES)
    for later in (day + timedelta(days=n) for n in range(1, 8)):
        said = {offer for _on, offer in found}
        left = _offers(person, later - joined_on, later, promises, taken)
        if not person.next_offer_on or later >= person.next_offer_on:
            found += [(later, offer) for offer in left if offer not in said][:1]
    return found


def _offers(
    person: User,
    since: timedelta,
    day: date,
    promises: Sequence[Any],
    taken: Sequence[Rows],
) -> Iterator[Offer]:
    for part in Part:
        for promise in promises:
            if _helps(part, promise, day):
                yield _about(promise, part)
    ratings, values, invitations, links = taken
    have = {Kind.CHECK_UP: ratings, Kind.VALUES: values, Kind.COACH: [*invitations, *links]}
    for kind, rows in have.items():
        is_due = since.days >= (ABOUT_THE_PERSON[kind].after_days or 0)
        if is_due and kind not in person.declined_offers and not rows:
            yield _about_the_person(kind)


def _is_in_first_week(day: date) -> bool:
    """Of a quarter. Opening it and "Not now" put offers off for longer than is left of the week, so
    that one quarter asks once."""
    return day - quarter_of(day) < A_WEEK


def _about_the_person(kind: str) -> Offer:
    about = ABOUT_THE_PERSON[kind]
    return Offer(about.label, about.hint, address_of(kind), about.icon)


def _is_of(person: User, day: date, row: dict[str, str]) -> bool:
    return clock.day_of(person, datetime.fromisoformat(row["created_at"])) == day


def _helps(part: Part, promise: Any, day: date) -> bool:
    """The bad-day version helps from the first miss on, a plan for obstacles from the second, days
    off once life happened, and a moment from the second day."""
    if part not in promise.missing_parts or part in promise.declined_parts:
        return False
    return {
        Part.SMALLEST: promise.misses >= 1,
        Part.MOMENT: promise.starts_on < day,
        Part.OBSTACLE: promise.misses >= 2,
        Part.DAYS_OFF: promise.excused >= 1,
    }[part]


def _about(promise: Promise, part: Part) -> Offer:
    address = reverse("promises:add", args=[promise.pk, part.value])
    query = urlencode({"next": reverse(TODAY)})
    return Offer(part.label, promise.statement, f"{address}?{query}", "prom")


def address_of(kind: str) -> str:
    return reverse("today:offer", args=[kind])
