"""The rows of a book in the order of their days, each with its parts.

Rows are read a few at a time, so the memory that a book takes does not grow with the journal.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from journal.boundaries.models import Boundary, Crossing, Rehearsal, Telling
from journal.decisions.models import (
    Addendum,
    Decision,
    DecisionReview,
    EarlierReview,
    Forecast,
    Option,
    ValueInPlay,
)
from journal.exchange.days import day_of
from journal.exchange.export_filters import Rows
from journal.exchange.readable import journal, practices
from journal.exchange.readable.items import NOT_SAID, Item
from journal.exchange.renderers import with_labels
from journal.lessons.models import Lesson, LessonUse
from journal.people.models import User
from journal.people.values.models import Value
from journal.photos.models import Photo
from journal.privacy.ownership import OwnedModel, words_of
from journal.promises.history import with_history
from journal.promises.models import CheckIn, Experiment, Promise, PromisePause, PromiseRevision
from journal.reflections.compassion.models import SelfCompassion
from journal.reflections.entries.entry_templates.models import EntryTemplate
from journal.reflections.entries.models import Entry
from journal.reflections.entries.prompts.models import OwnPrompt
from journal.reflections.mistakes.models import Mistake
from journal.reflections.models import DailyCheck, SelfRating, WeeklyReflection

# Earlier versions of entries are of no use to a reader, and the consent of a link is a form. A
# photo and a tag stand with their entry, and an earlier review was corrected.
NOT_READ = {
    *("reflections.EarlierVersion", "coaching.CoachLink", "photos.Photo", "reflections.Tag"),
    "decisions.EarlierReview",
}
# Of no day: they stand at the end.
APPENDIX = (
    *("people.Value", "reflections.OwnPrompt", "reflections.EntryTemplate"),
    *(
        "reminders.ReminderPreference",
        "coaching.LibraryPrompt",
        "coaching.NoteTemplate",
        "coaching.CoachInvitation",
    ),
)
A_FEW = 50  # rows with all their parts
PROMISES = 3  # at a time: ten years of a daily one have 3,650 answers


@dataclass(frozen=True)
class Source:
    present: Callable[[Any], Item]
    parts: tuple[tuple[str, type[OwnedModel], str], ...] = ()  # name, model, order
    also: tuple[str, ...] = ()  # what to join


SOURCES: dict[type[OwnedModel], Source] = {
    Promise: Source(
        practices.promise,
        (
            ("checkins", CheckIn, "due_on"),
            ("revisions", PromiseRevision, "effective_on"),
            ("pauses", PromisePause, "from_on"),
            ("experiments", Experiment, "starts_on"),
        ),
        ("value",),
    ),
    Boundary: Source(
        practices.boundary,
        (
            ("tellings", Telling, "told_on"),
            ("crossings", Crossing, "occurred_on"),
            ("rehearsals", Rehearsal, "rehearsed_on"),
        ),
        ("value",),
    ),
    Decision: Source(
        practices.decision,
        (
            ("options", Option, "place"),
            ("values_in_play", ValueInPlay, "place"),
            ("reviews", DecisionReview, "id"),
            ("addenda", Addendum, "id"),
        ),
    ),
    Forecast: Source(practices.forecast),
    Lesson: Source(practices.lesson, (("uses", LessonUse, "used_on"),)),
    Mistake: Source(practices.mistake),
    SelfCompassion: Source(practices.moment),
    Entry: Source(journal.entry),
    DailyCheck: Source(journal.daily_check),
    WeeklyReflection: Source(journal.week),
    SelfRating: Source(journal.rating),
    Value: Source(journal.value),
    OwnPrompt: Source(journal.prompt),
    EntryTemplate: Source(journal.template),
}
PARTS = {model for source in SOURCES.values() for _name, model, _order in source.parts}
PARTS |= {EarlierReview}


def readable_models(models: Iterable[type[OwnedModel]]) -> list[type[OwnedModel]]:
    """Those that have a place of their own in a book."""
    return [model for model in models if model in SOURCES or has_words(model)]


def has_words(model: type[OwnedModel]) -> bool:
    if model in PARTS or model.export_name in NOT_READ:
        return False
    return any(field.name not in NOT_SAID for field in words_of(model))


def rows_of(person: User, kept: Rows, model: type[OwnedModel]) -> QuerySet[Any]:
    """The live rows of one table with their day as `at`, oldest first."""
    rows = kept.rows(model).filter(deleted_at=None)
    return rows.annotate(at=day_of(person, model)).order_by("at", "created_at", "pk")


def with_parts(kept: Rows, rows: QuerySet[Any]) -> QuerySet[Any]:
    source = SOURCES.get(rows.model)
    if rows.model is Entry:
        photos = kept.rows(Photo).filter(deleted_at=None).order_by("position")
        rows = with_labels(rows)
        return rows.prefetch_related(Prefetch("photos", photos, to_attr="shown_photos"))
    if source is None:
        return rows
    if rows.model is Promise and not kept.portion.has_days:
        rows = with_history(rows, date.min)
    parts = (
        Prefetch(name, kept.rows(model).filter(deleted_at=None).order_by(order, "pk"))
        for name, model, order in source.parts
    )
    return rows.select_related("owner", *source.also).prefetch_related(*parts)


def items(
    person: User, kept: Rows, models: Iterable[type[OwnedModel]], since: date, until: date
) -> Iterator[tuple[date, Item]]:
    """What the tables say of these days, in their order. An item ends when the next one comes: a
    row and its parts refer to each other, so Python would keep them until it looks for cycles."""
    every = [model for model in models if model.export_name not in APPENDIX]
    merged = heapq.merge(*(_dated(person, kept, model, since, until) for model in every))
    for at, _place, row in merged:
        item = present(kept, row)
        if item:
            yield at, item
        row.__dict__.clear()


def present(kept: Rows, row: OwnedModel) -> Item:
    source = SOURCES.get(type(row))
    return source.present(kept.written(row)) if source else journal.other(row)


def _dated(
    person: User, kept: Rows, model: type[OwnedModel], since: date, until: date
) -> Iterator[tuple[date, tuple[Any, ...], Any]]:
    rows = rows_of(person, kept, model).filter(at__gte=since, at__lte=until)
    rows = with_parts(kept, rows)
    for row in rows.iterator(chunk_size=PROMISES if model is Promise else A_FEW):
        yield row.at, (model is not Entry, row.created_at, row.pk), row


def appendix(person: User, kept: Rows, models: Iterable[type[OwnedModel]]) -> Iterator[Item]:
    for model in models:
        if model.export_name in APPENDIX:
            for row in rows_of(person, kept, model).iterator(chunk_size=A_FEW):
                item = present(kept, row)
                if item:
                    yield item
