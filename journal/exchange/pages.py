"""The parts of an export that are read by people: entries as Markdown, and one page of it all."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.template.loader import get_template
from django.utils.text import slugify

from journal.exchange import tables
from journal.exchange.kinds import name_of_model
from journal.people.models import User
from journal.privacy.ownership import words_of
from journal.reflections.models import Entry

LONGEST_NAME = 60  # letters of a title in a file's name
# In the readable page entries stand by themselves; these say nothing to a reader.
NOT_READ = {"reflections.Entry", "reflections.EarlierVersion"}
NOT_SHOWN = {"snapshot"}


def markdown_pages(person: User) -> Iterator[tuple[str, Iterator[str]]]:
    """journal/2026/11/25-title.md, each name once; what is in the trash is not among them."""
    day, taken = None, set[str]()
    for entry in entries_of(person):
        if entry.written_on != day:
            day, taken = entry.written_on, set()
        slug = slugify(entry.title, allow_unicode=True)[:LONGEST_NAME].strip("-") or "entry"
        name, number = slug, 1
        while name in taken:
            number += 1
            name = f"{slug}-{number}"
        taken.add(name)
        yield f"journal/{entry.written_on:%Y/%m/%d}-{name}.md", iter([markdown_of(entry)])


def entries_of(person: User) -> Iterator[Entry]:
    rows = person.entries.live().select_related("topic", "prompt", "own_prompt")
    return rows.order_by("written_on", "pk").iterator(chunk_size=200)


def markdown_of(entry: Entry) -> str:
    """Front matter that any reader of YAML takes: text as JSON strings."""
    said: dict[str, Any] = {"title": entry.title, "date": entry.written_on.isoformat()}
    if entry.topic:
        said["tags"] = [entry.topic.name]
    if entry.practice:
        said["practice"] = entry.practice
    if entry.intensity is not None:
        said["intensity"] = entry.intensity
    if entry.asked:
        said["prompt"] = entry.asked.text
    lines = [
        f"{key}: {value if key == 'date' else json.dumps(value, ensure_ascii=False)}"
        for key, value in said.items()
    ]
    return "---\n" + "\n".join(lines) + "\n---\n\n" + entry.body.rstrip("\n") + "\n"


def readable(person: User, now: datetime) -> Iterator[str]:
    """index.html: opens by itself, without a script, an address or a network."""
    yield rendered("head", person=person, now=now)
    for entry in entries_of(person):
        yield rendered("entry", entry=entry)
    for model in tables.tables():
        words = [field for field in words_of(model) if field.name not in NOT_SHOWN]
        if not words or model._meta.label in NOT_READ:
            continue
        rows = model._base_manager.filter(owner=person, deleted_at=None).order_by("pk")
        begun = False
        for row in rows.iterator(chunk_size=200):
            said = [
                (field.verbose_name, getattr(row, field.name))
                for field in words
                if getattr(row, field.name)
            ]
            if not said:
                continue
            if not begun:
                yield rendered("kind", kind=name_of_model(model))
                begun = True
            yield rendered("row", day=row.created_at, said=said)
    yield rendered("foot")


def rendered(part: str, **context: Any) -> str:
    """A part of the page, in one line for each of its own and none that are empty."""
    text = get_template(f"exchange/readable.html#{part}").render(context)
    return re.sub(r"\n\s*\n+", "\n", text) if part != "entry" else text
