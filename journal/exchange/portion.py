"""A part of a journal: some days, a practice, a tag or one item, with all that belongs to it.

What a row hangs on comes along, so a promise is there if it was answered in these days; of its
answers, only those of these days are. A part is for reading: it is not read back in as a whole.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, TextChoices
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from journal.boundaries.models import Boundary
from journal.decisions.models import Decision, Forecast
from journal.exchange import tables
from journal.exchange.days import day_field, day_of
from journal.languages.lists import colon
from journal.lessons.models import Lesson, Thread
from journal.people.models import User
from journal.privacy.ownership import OwnedModel
from journal.promises.models import Promise
from journal.reflections.compassion.models import SelfCompassion
from journal.reflections.entries.models import Entry, EntryTag
from journal.reflections.mistakes.models import Mistake
from journal.reflections.models import DailyCheck, SelfRating, WeeklyReflection
from journal.reflections.practices import Practice


class Subject(TextChoices):
    """A practice, by its name there; or what is none."""

    ENTRIES = "entries", _("Entries")
    DAYS = "days", _("Days, weeks and check-ups")
    PROMISES = Practice.PROMISES.value, _("Promises")
    BOUNDARIES = Practice.BOUNDARIES.value, _("Boundaries")
    COMPASSION = Practice.COMPASSION.value, _("Hard moments")
    DECISIONS = Practice.DECISIONS.value, _("Decisions and forecasts")
    MISTAKES = Practice.MISTAKES.value, _("Mistakes and lessons")


# What can be asked for; every other row hangs on one of these, or is in no part.
ROOTS: dict[type[OwnedModel], Subject] = {
    Entry: Subject.ENTRIES,
    DailyCheck: Subject.DAYS,
    WeeklyReflection: Subject.DAYS,
    SelfRating: Subject.DAYS,
    Promise: Subject.PROMISES,
    Boundary: Subject.BOUNDARIES,
    SelfCompassion: Subject.COMPASSION,
    Decision: Subject.DECISIONS,
    Forecast: Subject.DECISIONS,
    Mistake: Subject.MISTAKES,
    Lesson: Subject.MISTAKES,
}


@dataclass(frozen=True)
class Portion:
    since: date | None = None
    until: date | None = None
    subject: str = ""
    tag: UUID | None = None
    item: UUID | None = None

    def __bool__(self) -> bool:
        return self != Portion()

    @property
    def has_days(self) -> bool:
        return bool(self.since or self.until)

    def holds(self, day: date) -> bool:
        return (self.since or date.min) <= day <= (self.until or date.max)

    def narrow(self, person: User, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Of the person's rows of one table, those in the part; none of the bin."""
        rows = rows.filter(deleted_at=None)
        if rows.model is Thread:  # told where both its ends are
            return rows
        model: type[OwnedModel] = rows.model
        if model in ROOTS:
            return rows.filter(pk__in=self._roots(person, model).values("pk"))
        hangs_on = _root_of(model)
        if hangs_on is None:
            return rows.none()
        link, root = hangs_on
        rows = rows.filter(**{f"{link}__in": self._roots(person, root).values("pk")})
        return self._of_these_days(person, rows) if day_field(model) else rows

    def _roots(self, person: User, model: type[OwnedModel]) -> QuerySet[Any]:
        rows: QuerySet[Any] = model._base_manager.filter(owner=person, deleted_at=None)
        if self.subject and ROOTS[model] != self.subject:
            about = self.subject if self.subject in Practice.values else None
            rows = rows.filter(practice=about) if model is Entry and about else rows.none()
        if self.tag:
            tagged = EntryTag.objects.filter(owner=person, tag=self.tag).values("entry")
            rows = rows.filter(pk__in=tagged) if model is Entry else rows.none()
        if self.item:
            rows = rows.filter(pk=self.item)
        if not self.has_days:
            return rows
        inside = Q(pk__in=self._of_these_days(person, rows).values("pk"))
        for link, part in _dated_parts(model):
            parts = part._base_manager.filter(owner=person, deleted_at=None)
            inside |= Q(pk__in=self._of_these_days(person, parts).values(link))
        return rows.filter(inside)

    def _of_these_days(self, person: User, rows: QuerySet[Any]) -> QuerySet[Any]:
        rows = rows.alias(its_day=day_of(person, rows.model))
        if self.since:
            rows = rows.filter(its_day__gte=self.since)
        return rows.filter(its_day__lte=self.until) if self.until else rows


def name_of_item(person: User, pk: UUID) -> str:
    """The kind of an item and its title, for a sentence."""
    row = find_item(person, pk)
    if row is None:
        return gettext("Since deleted")
    title = (
        getattr(row, "heading", "") or getattr(row, "sentence", "") or getattr(row, "question", "")
    )
    kind = capfirst(str(row._meta.verbose_name))
    return f"{kind}{colon()}{title}" if title else kind


def find_item(person: User, pk: UUID) -> Any | None:
    """A live row that can be a part by itself."""
    for model in ROOTS:
        if row := model._base_manager.filter(owner=person, deleted_at=None, pk=pk).first():
            return row
    return None


Link = tuple[str, type[OwnedModel]]  # a column, and the model it leads to


@cache
def _root_of(model: type[OwnedModel]) -> Link | None:
    for field in tables.columns(model):
        root = tables.linked_model(field)
        if root in ROOTS and not field.null:
            return field.attname, root
    return None


@cache
def _dated_parts(root: type[OwnedModel]) -> list[Link]:
    """The tables of parts with a day of their own, each with its column that leads to the root."""
    found = ((_root_of(model), model) for model in tables.tables() if model not in ROOTS)
    return [
        (link[0], model)
        for link, model in found
        if link is not None and link[1] is root and day_field(model)
    ]
