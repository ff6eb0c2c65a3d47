"""Where search looks: every table in which a person writes, and to what its rows lead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from journal.boundaries.models import Boundary, Crossing, Rehearsal, Telling
from journal.decisions.models import Addendum, Decision, DecisionReview, Forecast, Option
from journal.lessons.models import Lesson, LessonUse
from journal.people import clock
from journal.people.models import User
from journal.photos.models import Photo
from journal.privacy.ownership import OwnedModel, OwnedQuerySet, words_of
from journal.promises.models import CheckIn, Experiment, Promise
from journal.reflections.compassion.models import SelfCompassion
from journal.reflections.daily.models import DailyCheck
from journal.reflections.entries.models import Entry
from journal.reflections.mistakes.models import Mistake
from journal.reflections.week.models import WeeklyReflection
from journal.search.models import Search

A_DAY = timedelta(days=1)
WRITTEN = "created_at"
# Words that search does not read, with the reason. A test walks every sealed field.
NOT_SEARCHED = {
    "access_tokens.AccessToken": "keys, not words",
    "boundaries.Telling.script_snapshot": "the boundary's words of that day",
    "coaching.CoachNote": "a coach's notes, in the coach area",
    "coaching.LibraryPrompt": "a coach's prompts, in the coach area",
    "coaching.NoteTemplate": "a coach's templates, in the coach area",
    "coaching.Program": "a coach's programs, in the coach area",
    "decisions.EarlierReview": "an earlier version",
    "decisions.ValueInPlay": "names of values",
    "entries.EarlierVersion": "earlier versions",
    "entries.Entry.mood": "a label",
    "entries.EntryTemplate": "a short list on its own page",
    "entries.OwnPrompt": "a short list on its own page",
    "entries.Tag": "a filter",
    "exchange.Export": "files",
    "exchange.Import": "files",
    "exchange.ImportedRows": "rows as an import found them, for its undo",
    "push": "keys, not words",
    "people.User": "the person's name",
    "people.Value": "a short list on its own page",
    "promises.PromiseRevision": "earlier versions",
    "reflections.WeeklyReflection.changes": "data, not words",
    "reflections.WeeklyReflection.snapshot": "a copy of other rows",
    "reminders.ReminderPreference": "a setting",
    "scheduled_exports.ExportSchedule": "a public key",
    "scheduled_exports.ScheduledExport": "files",
    "search.Search": "what was searched for",
    "sharing": "what passes between a client and a coach",
}


@dataclass(frozen=True)
class Kind:
    """What a result is called and where it leads. `title` returns the person's words, or none."""

    name: str
    label: str | Lazy  # of one
    plural: str | Lazy
    icon: str  # from parts/_icons.html; p-ICON is its hue
    model: type[OwnedModel]
    title: str = ""

    def title_of(self, row: Any) -> str:
        return getattr(row, self.title) if self.title else ""

    def address_of(self, row: Any, person: User) -> str:
        """A check-in has no page of its own: the page of its week shows it."""
        if isinstance(row, DailyCheck):
            return reverse("week:detail", args=[clock.week_start(person, row.date)])
        return row.get_absolute_url()


ENTRY = Kind("entry", _("Entry"), _("Entries"), "journal", Entry, "title")
PROMISE = Kind("promise", _("Promise"), _("Promises"), "prom", Promise, "statement")
BOUNDARY = Kind("boundary", _("Boundary"), _("Boundaries"), "bound", Boundary, "limit")
MOMENT = Kind("moment", _("Hard moment"), _("Hard moments"), "comp", SelfCompassion)
DECISION = Kind("decision", _("Decision"), _("Decisions"), "dec", Decision, "question")
FORECAST = Kind("forecast", _("Forecast"), _("Forecasts"), "dec", Forecast, "question")
MISTAKE = Kind("mistake", _("Mistake"), _("Mistakes"), "mist", Mistake, "title")
LESSON = Kind("lesson", _("Lesson"), _("Lessons"), "mist", Lesson, "sentence")
WEEK = Kind("week", _("Week"), _("Weeks"), "week", WeeklyReflection)
DAY = Kind("day", _("Check-in"), _("Check-ins"), "today", DailyCheck)
KINDS = {
    kind.name: kind
    for kind in (ENTRY, PROMISE, BOUNDARY, MOMENT, DECISION, FORECAST, MISTAKE, LESSON, WEEK, DAY)
}


def _field_at(model: Any, path: str) -> Any:
    *parents, name = path.split("__")
    for parent in parents:
        model = model._meta.get_field(parent).related_model
    return model._meta.get_field(name)


@dataclass(frozen=True)
class Source:
    """A table. `day` is the column of a row's day, or of its parent's, if it has one; `item` names
    the parent, if a result leads there and not to the row; `area` is a lookup of areas, if its rows
    have any."""

    kind: Kind
    model: type[OwnedModel]
    day: str = ""
    item: str = ""
    area: str = ""

    @cached_property
    def fields(self) -> list[str]:
        """The title first, since a result shows the first field that holds the words."""
        label = self.model._meta.label
        names = [field.name for field in words_of(self.model)]
        names = [name for name in names if f"{label}.{name}" not in NOT_SEARCHED]
        return sorted(names, key=lambda name: name != self.kind.title)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Of the item's id where it is another row, and of what `day_of` needs."""
        days = (self.day,) if self.day else ()
        has_always = self.day and not _field_at(self.model, self.day).null
        return (
            *([f"{self.item}_id"] if self.item else []),
            *days,
            *([] if has_always else [WRITTEN]),
        )

    def day_of(self, person: User, values: Sequence[Any]) -> date:
        """The day of a row, from its values of `columns`."""
        *_item, last = values
        if self.columns[-1] != WRITTEN:
            return last
        day = values[-2] if self.day else None
        return day or clock.day_of(person, last)

    @cached_property
    def is_by_day(self) -> bool:
        """Whether its rows come newest first: each has a day of its own."""
        return bool(self.day) and "__" not in self.day and WRITTEN not in self.columns

    def rows(self, person: User, search: Search) -> OwnedQuerySet:
        """The person's rows that the filters of a search leave."""
        rows: Any = self.model._default_manager.filter(owner=person, deleted_at=None)
        if self.is_by_day:
            rows = rows.order_by(f"-{self.day}", "-pk")
        if self.item:
            rows = rows.filter(**{f"{self.item}__deleted_at": None})
        if search.tag_id:
            tagged = f"{self.item}__entry_tags__tag" if self.item else "entry_tags__tag"
            rows = rows.filter(**{tagged: search.tag_id}) if self.kind is ENTRY else rows.none()
        if search.area:
            rows = rows.filter(self._in_area(search.area))
        if search.since:
            rows = rows.filter(
                self._by_day("gte", search.since, clock.begins(person, search.since))
            )
        if search.until and search.until < date.max:
            tomorrow = clock.begins(person, search.until + A_DAY)
            rows = rows.filter(self._by_day("lte", search.until, tomorrow))
        return rows

    def _in_area(self, area: str) -> Q:
        if not self.area:
            return Q(pk__in=[])
        wanted = [area] if self.area.endswith("__contains") else area
        return Q(**{self.area: wanted})

    def _by_day(self, lookup: str, day: date, instant: datetime) -> Q:
        """Rows without a day of their own count from the instant they were written."""
        written = Q(**{f"created_at__{lookup}": instant})
        if not self.day:
            return written
        return Q(**{f"{self.day}__{lookup}": day}) | Q(**{self.day: None}) & written


SOURCES = (
    Source(ENTRY, Entry, "written_on"),
    Source(ENTRY, Photo, "entry__written_on", item="entry"),
    Source(PROMISE, Promise, "starts_on"),
    Source(PROMISE, CheckIn, "due_on", item="promise"),
    Source(PROMISE, Experiment, "starts_on", item="promise"),
    Source(BOUNDARY, Boundary, area="area"),
    Source(BOUNDARY, Crossing, "occurred_on", item="boundary", area="boundary__area"),
    Source(BOUNDARY, Rehearsal, "rehearsed_on", item="boundary", area="boundary__area"),
    Source(BOUNDARY, Telling, "told_on", item="boundary", area="boundary__area"),
    Source(MOMENT, SelfCompassion, "occurred_on"),
    Source(DECISION, Decision, "decided_on", area="area"),
    Source(DECISION, Option, item="decision", area="decision__area"),
    Source(DECISION, Addendum, "written_on", item="decision", area="decision__area"),
    Source(DECISION, DecisionReview, item="decision", area="decision__area"),
    Source(FORECAST, Forecast),
    Source(MISTAKE, Mistake, "occurred_on", area="areas__contains"),
    Source(LESSON, Lesson, area="areas__contains"),
    Source(LESSON, LessonUse, "used_on", item="lesson", area="lesson__areas__contains"),
    Source(WEEK, WeeklyReflection, "week_start"),
    Source(DAY, DailyCheck, "date"),
)
