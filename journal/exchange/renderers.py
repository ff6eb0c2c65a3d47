"""The readable parts of an export: entries as Markdown, and one HTML page of everything."""

import heapq
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Prefetch, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.template.loader import get_template
from django.utils.text import slugify
from django.utils.translation import get_language, get_language_bidi

from journal.exchange.export_filters import Rows, labels_of
from journal.exchange.photos_out import PhotosOut, data_url
from journal.people import clock
from journal.people.models import User
from journal.photos.models import Photo
from journal.privacy.ownership import OwnedModel, words_of
from journal.reflections.entries.models import Entry
from journal.reflections.entries.models.content import is_said
from journal.reflections.entries.models.tag import stored_tags

LONGEST_NAME = 60  # letters of a title in a file's name
# Earlier versions of entries are of no use to a reader, and the consent of a link is a form.
# A photo stands with its entry.
NOT_READ = {"reflections.EarlierVersion", "coaching.CoachLink", "photos.Photo"}
NOT_SHOWN = {"snapshot"}
# The fields with the day of a row; a row without any of them has the day of its creation.
DAYS = ("written_on", "occurred_on", "date", "due_on", "told_on", "used_on", "week_start")


def markdown_pages(
    kept: Rows, photos: PhotosOut, *, by_number: bool
) -> Iterator[tuple[str, Iterator[str]]]:
    """Pages named like journal/2026/11/25-title.md, each name once, without rows in the trash.

    `by_number` numbers the names, so that they do not reveal the day."""
    day, taken = None, set[str]()
    for place, entry in enumerate(entries_of(kept), start=1):
        page = iter([markdown_of(entry, photos.beside(entry.pk))])
        if by_number:
            yield f"journal/{place:05}.md", page
            continue
        if entry.written_on != day:
            day, taken = entry.written_on, set()
        slug = slugify(entry.title, allow_unicode=True)[:LONGEST_NAME].strip("-") or "entry"
        name, number = slug, 1
        while name in taken:
            number += 1
            name = f"{slug}-{number}"
        taken.add(name)
        yield f"journal/{entry.written_on:%Y/%m/%d}-{name}.md", page


def with_labels(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    return entries.select_related("prompt", "own_prompt").prefetch_related(stored_tags())


def entries_of(kept: Rows) -> Iterator[Entry]:
    rows = with_labels(kept.rows(Entry).filter(deleted_at=None))
    return rows.order_by("written_on", "created_at", "pk").iterator(chunk_size=200)


# How the front matter formats dates and other rows; it writes any other field under its own name.
FRONT_MATTER: dict[str, Callable[[Any], dict[str, Any]]] = {
    "written_on": lambda day: {"date": day},
    "prompt": lambda prompt: {"prompt": prompt.text},
    "own_prompt": lambda prompt: {"prompt": prompt.text},
}


def markdown_of(entry: Entry, photos: dict[str, str]) -> str:
    """The front matter, with text as JSON strings, which every YAML parser reads, and the body."""
    said: dict[str, Any] = {}
    for field in entry.content_fields():
        value = getattr(entry, field.name)
        if field.name != "body" and (is_said(value) or field.name == "title"):
            said |= (
                FRONT_MATTER[field.name](value)
                if field.name in FRONT_MATTER
                else {field.name: value}
            )
    if at := written_at(entry):
        said["date"] = at
    if entry.tag_names:
        said["tags"] = entry.tag_names
    if entry.favourite:
        said["favourite"] = True
    if photos:
        said["photos"] = list(photos)
    if any(photos.values()):
        said["photo_descriptions"] = list(photos.values())
    said["selftrust"] = str(entry.pk)  # so that it comes back as what it was
    lines = [
        f"{key}: {value if isinstance(value, date) else json.dumps(value, ensure_ascii=False)}"
        for key, value in said.items()
    ]
    return "---\n" + "\n".join(lines) + "\n---\n\n" + entry.body.rstrip("\n") + "\n"


def written_at(entry: Entry) -> datetime | None:
    """When it was written, as a clock on the wall showed it, if that was on the entry's day."""
    if entry.written_at is None:
        return None
    local = entry.written_at.astimezone(clock.ZoneInfo(entry.written_zone))
    return local.replace(tzinfo=None, microsecond=0) if local.date() == entry.written_on else None


def readable(
    person: User,
    kept: Rows,
    now: datetime,
    left_out: Collection[str],
    models: Iterable[type[OwnedModel]],
    photos: Mapping[UUID, str] | None,
) -> Iterator[str]:
    """An HTML page of all rows ordered by day, which needs no script and no network. It refers to
    `photos` by the names of their files; without any it holds small photos itself."""
    yield rendered("head", person=person, now=now, left_out=labels_of(left_out))
    day = None
    for at, _place, row in heapq.merge(
        *(dated(person, kept, model) for model in models_with_words(models))
    ):
        new_day, day = at if at != day else None, at
        if isinstance(row, Entry):
            yield rendered("entry", day=new_day, entry=row, photos=photos_of(row, photos))
        else:
            yield rendered("row", day=new_day, kind=row._meta.verbose_name, said=said_in(row))
    yield rendered("foot")


def photos_of(entry: Any, names: Mapping[UUID, str] | None) -> Iterator[tuple[str, Photo]]:
    """The address and row of each photo: one at a time, since a page without names holds all."""
    for photo in entry.shown_photos:
        yield data_url(photo) if names is None else names.get(photo.pk, ""), photo


def models_with_words(models: Iterable[type[OwnedModel]]) -> list[type[OwnedModel]]:
    """The models with fields for a reader."""
    return [model for model in models if model.export_name not in NOT_READ and shown_words(model)]


def shown_words(model: type[OwnedModel]) -> list[Any]:
    return [field for field in words_of(model) if field.name not in NOT_SHOWN]


def said_in(row: OwnedModel) -> list[tuple[Any, str]]:
    said = ((field.verbose_name, getattr(row, field.name)) for field in shown_words(type(row)))
    return [(label, words) for label, words in said if words]


def dated(
    person: User, kept: Rows, model: type[OwnedModel]
) -> Iterator[tuple[date, tuple[str, Any], Any]]:
    """The rows of one table with their day, oldest first, without rows that have no words."""
    made_on = TruncDate("created_at", tzinfo=clock.zone_of(person))
    names = {field.name for field in model._meta.concrete_fields}
    about = next((F(name) for name in DAYS if name in names), None)
    rows = kept.rows(model).filter(deleted_at=None)
    if model is Entry:
        photos = kept.rows(Photo).filter(deleted_at=None).order_by("position")
        rows = with_labels(rows).prefetch_related(
            Prefetch("photos", photos, to_attr="shown_photos")
        )
    rows = rows.annotate(at=Coalesce(about, made_on) if about else made_on)
    for row in rows.order_by("at", "pk").iterator(chunk_size=200):
        if isinstance(row, Entry) or said_in(row):
            yield row.at, (model.export_name, row.pk), row


def rendered(part: str, **context: Any) -> str:
    """A partial of the page, without empty lines."""
    context |= {"language": get_language(), "rtl": get_language_bidi()}
    text = get_template(f"exchange/readable.html#{part}").render(context)
    return re.sub(r"\n\s*\n+", "\n", text) if part != "entry" else text
