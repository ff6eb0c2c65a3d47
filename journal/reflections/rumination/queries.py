"""Subjects that keep coming back, and subjects that the person set aside until now.

Today's batch of statements checks first whether there can be anything (HINTS), and only then runs
the full query. Items that belong together are the entries with one tag, or a mistake and the hard
moments before and after it (threads). detection.py decides when they justify an offer. One row of
plain lists holds everything, so that the statement stays cheap to plan.

An entry with several tags is an item of each, but no reason for several offers: of tags whose
entries are all among those of another, the other is offered. What was set aside rests with its
entries: an entry with such a tag is an item of none.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from journal.guide.todo_items import TodoItem, TodoSource
from journal.people.models import User
from journal.privacy.fields import Sealed
from journal.reflections.compassion.models import SelfCompassion
from journal.reflections.entries.models import Entry
from journal.reflections.entries.models.tag import EntryTag, Tag
from journal.reflections.mistakes.models import Mistake
from journal.reflections.rumination.detection import (
    ASIDE,
    ENOUGH,
    Answer,
    Item,
    first_day,
    keeps_returning,
)

MOMENT, MISTAKE = "self_compassion", "mistake"
Row = dict[str, Any]


@dataclass(frozen=True)
class Offer(TodoItem):
    """An offer to look at it another way; the person answers at `address`. An offer without a title
    is about a mistake, whose words the page does not repeat."""

    about: str = ""  # the id of its subject
    count: int = 0
    until: date = date.max  # the end of setting it aside
    mistake: str = ""  # the address of its page


@dataclass(frozen=True)
class Back(TodoItem):
    """A subject set aside until now; `let_lie` takes a POST."""

    icon: str = "journal"
    let_lie: str = ""
    own: bool = True


# --- hints


def rated_entries(person: User, day: date) -> QuerySet:
    return _tagged(person, day).values("pk")[:ENOUGH]


def rated_moments(person: User, day: date) -> QuerySet:
    return _moments(person, day).values("pk")[: ENOUGH - 1]  # a mistake may add one more


def given_answers(person: User, day: date) -> QuerySet:
    return person.ruminationanswers.recent(day).values("pk")[:1]


HINTS = (rated_entries, rated_moments, given_answers)


def may_say(entries: list[Row], moments: list[Row], answers: list[Row]) -> bool:
    """Whether `waiting` can find anything, judging by the rows of HINTS."""
    return len(entries) == ENOUGH or len(moments) == ENOUGH - 1 or bool(answers)


# --- rows


def _tagged(person: User, day: date) -> QuerySet[EntryTag]:
    """The tags of rated entries."""
    entries = person.entries.live().without_quiet()
    rated = entries.filter(intensity__isnull=False, written_on__range=(first_day(day), day))
    return person.entry_tags.filter(entry__in=rated)


def _moments(person: User, day: date) -> QuerySet[SelfCompassion]:
    """Finished ones only: a draft had no chance to grow lighter."""
    return person.selfcompassions.finished().filter(occurred_on__range=(first_day(day), day))


def rows(person: User, day: date) -> QuerySet[User, Any]:
    """One row with a list of each kind; no row if the person turned offers off."""
    tagged, moments = _tagged(person, day), _moments(person, day)
    mistakes = person.mistakes.live().filter(
        occurred_on__range=(first_day(day), day), intensity_before__isnull=False
    )
    live = person.mistakes.live().values("pk")
    led = person.threads.filter(
        from_kind=MISTAKE, to_kind=MOMENT, to_id=OuterRef("pk"), from_id__in=live
    )
    came = person.threads.filter(
        from_kind=MOMENT, to_kind=MISTAKE, from_id=OuterRef("pk"), to_id__in=live
    )
    about = Coalesce(Subquery(led.values("from_id")[:1]), Subquery(came.values("to_id")[:1]))
    rated = {"day": "occurred_on", "before": "intensity_before", "after": "intensity_after"}
    return User.objects.filter(pk=person.pk, no_offers_since=None).values(
        who=F("pk"),
        written=_list(
            tagged.order_by("entry__written_on", "entry__created_at", "entry", "place"),
            about="tag_id",
            name="tag__name",
            entry="entry_id",
            day="entry__written_on",
            before="entry__intensity",
        ),
        felt=_list(moments, about=about, id="id", **rated),
        missed=_list(mistakes, about="id", id="id", **rated),
        said=_list(
            person.ruminationanswers.recent(day).order_by("answered_on"),
            id="id",
            about=Coalesce("tag_id", Case(When(mistake__deleted_at=None, then="mistake_id"))),
            name="tag__name",
            day="answered_on",
            until="set_aside_until",
            lies="let_lie_on",
        ),
    )


def _list(found: QuerySet, **columns: Any) -> ArraySubquery:
    return ArraySubquery(found.values(item=JSONObject(**columns)))


# --- lines


def lines(row: Row, day: date) -> list[TodoItem]:
    """Subjects that are back, then offers, the latest item first."""
    said = [(one, _answer(one)) for one in row["said"]]
    back = [_back(row["who"], one) for one, answer in said if one["about"] and answer.is_back(day)]
    if any(answer.is_fresh(day) for _one, answer in said):
        return [*back]
    resting = {one["about"] for one, answer in said if answer.rests(day)}
    return [*back, *(offer for offer in _offers(row, day, resting) if offer.about not in resting)]


def _offers(row: Row, day: date, resting: set[str]) -> list[Offer]:
    at_rest = {one["entry"] for one in row["written"] if one["about"] in resting}
    of_tags: dict[str, dict[str, Row]] = defaultdict(dict)
    of_mistakes: dict[str, list[Item]] = defaultdict(list)
    for one in row["written"]:
        if one["entry"] not in at_rest:
            of_tags[one["about"]][one["entry"]] = one
    for one in sorted([*row["felt"], *row["missed"]], key=lambda one: (one["day"], one["id"])):
        of_mistakes[one["about"]].append(_item(one))
    found = [
        (date.fromisoformat(rows[-1]["day"]), _of_tag(row["who"], rows[-1], len(rows), day))
        for rows in _largest(
            rows for rows in of_tags.values() if keeps_returning([*map(_item, rows.values())], day)
        )
    ]
    found += [
        (items[-1].day, _of_mistake(about, count, day))
        for about, items in of_mistakes.items()
        if about and (count := keeps_returning(items, day))
    ]
    return [offer for _day, offer in sorted(found, key=lambda one: one[0], reverse=True)]


def _largest(of_tags: Iterable[dict[str, Row]]) -> list[list[Row]]:
    """Leaves out tags whose entries are all among another's; of equal ones, all but the first."""
    found: list[dict[str, Row]] = []
    for rows in sorted(of_tags, key=len, reverse=True):
        if not any(rows.keys() <= others.keys() for others in found):
            found.append(rows)
    return [list(rows.values()) for rows in found]


def _of_tag(owner: str, one: Row, count: int, day: date) -> Offer:
    about, name = one["about"], _opened(owner, one["about"], one["name"])
    address = reverse("rumination:answer-tag", args=[about])
    return Offer(name, "", address, about=about, count=count, until=day + ASIDE)


def _of_mistake(about: str, count: int, day: date) -> Offer:
    page = Mistake(pk=UUID(about)).get_absolute_url()
    address = reverse("rumination:answer-mistake", args=[about])
    return Offer("", "", address, about=about, count=count, until=day + ASIDE, mistake=page)


def _back(owner: str, one: Row) -> Back:
    lie = reverse("rumination:dismiss", args=[one["id"]])
    on = date.fromisoformat(one["until"])
    until = {"day": date_format(on, "l j F")}
    if one["name"] is None:
        text = _("Until %(day)s. Look at it, or dismiss it") % until
        page = Mistake(pk=UUID(one["about"])).get_absolute_url()
        title = _("A mistake you set aside")
        return Back(title, text, page, icon="mist", let_lie=lie, own=False, on=on)
    text = _("You set this aside until %(day)s. Write about it, or dismiss it") % until
    name = _opened(owner, one["about"], one["name"])
    return Back(name, text, f"{reverse('entries:write')}?tag={one['about']}", let_lie=lie, on=on)


def _opened(owner: str, tag: str, name: str) -> str:
    row = Tag(pk=UUID(tag), owner_id=UUID(owner))
    row.name = Sealed(bytes.fromhex(name.removeprefix("\\x")))
    return row.name


def _item(read: Row) -> Item:
    return Item(date.fromisoformat(read["day"]), read["before"], read.get("after"))


def _answer(read: Row) -> Answer:
    days = (read[name] and date.fromisoformat(read[name]) for name in ("day", "until", "lies"))
    return Answer(*days)


waiting = TodoSource("journal", rows, lines)


def offer_for_entry(entry: Entry, day: date) -> Offer | None:
    """For the page of an entry that was just saved. Runs no query for an entry without a rating."""
    if not entry.tags or entry.intensity is None or entry.written_on < first_day(day):
        return None
    tags = {str(tag.pk) for tag in entry.tags}
    offers = (one for one in waiting(entry.owner, day) if isinstance(one, Offer))
    return next((one for one in offers if one.about in tags), None)
