"""Entries as Markdown, one page each."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.text import slugify

from journal.exchange.export_filters import Rows
from journal.exchange.photos_out import PhotosOut
from journal.people import clock
from journal.reflections.entries.models import Entry
from journal.reflections.entries.models.content import is_said
from journal.reflections.entries.models.tag import stored_tags

LONGEST_NAME = 60  # letters of a title in a file's name


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
