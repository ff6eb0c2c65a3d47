"""Reads a ZIP of Markdown: each page with a date as an entry, with the photos that it names.

It derives ids from the content, so that the same page is the same entry each time. Nothing that a
page says is dropped in silence: what fits no field goes into the text, or is named.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from typing import Any
from uuid import uuid5

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from journal.exchange import archive, tables
from journal.exchange.archive import Archive
from journal.exchange.exceptions import Damaged, ImportRefused
from journal.exchange.front_matter import split
from journal.exchange.row_reader import RowReader, Wrong
from journal.exchange.skipped import Skipped
from journal.exchange.tag_rows import tag_row
from journal.people import clock
from journal.people.date_validators import FIRST_DAY
from journal.people.models import User
from journal.photos.models import Photo
from journal.privacy.canonical import canonical
from journal.privacy.fields import WordsField
from journal.privacy.length import characters, first
from journal.privacy.normalization import normalize_words
from journal.privacy.ownership import OwnedModel, field_of
from journal.reflections.entries.models import Entry, EntryTag, OwnPrompt, Prompt, Tag
from journal.reflections.entries.prompts.former_wordings import FORMER_WORDINGS
from journal.reflections.entries.tag_names import (
    MOST_TAGS,
    TAG_CHARACTERS,
    distinct,
    join_names,
    split_names,
)

IN_NAME = re.compile(r"(\d{4})[-/](\d{2})[-/](\d{2})")
LONGEST_PAGE = 512 * 1024  # bytes; an entry holds 20,000 characters
Row = tuple[str, dict[str, Any]]
Said = dict[str, str | list[str]]  # the front matter
READ = {"title", "tag", "tags", "photos", "photo_descriptions", "prompt"}
NOT_LABELS = {"title", "body", "written_on"}


@dataclass
class Page:
    """The rows of one page, and what of it they leave in the file."""

    entry: dict[str, Any]
    tags: list[dict[str, Any]]
    photos: list[dict[str, Any]]
    prompts: list[dict[str, Any]]  # one that is not here yet, or none
    unread: list[str]  # the names of labels

    def rows(self) -> Iterator[Row]:
        yield from ((Tag.export_name, tag) for tag in self.tags)
        yield from ((OwnPrompt.export_name, prompt) for prompt in self.prompts)
        yield Entry.export_name, self.entry
        for number, tag in enumerate(self.tags, start=1):
            yield EntryTag.export_name, tag_row(self.entry, tag["id"], number)
        yield from ((Photo.export_name, photo) for photo in self.photos)


class MarkdownPages(archive.Files):
    def __init__(self, found: Archive, person: User) -> None:
        self._archive, self._person = found, person
        self._reader = RowReader(person.pk, {}, set())
        self.preferences: dict[str, Any] = {}
        self.left_out: list[str] = []
        self.skipped, self.unread = Skipped(), Skipped()
        names = [info.filename for info in found.infolist() if not info.is_dir()]
        pages = (
            name
            for name in names
            if name.lower().endswith((".md", ".markdown")) and not name.startswith("__MACOSX/")
        )
        self._names = sorted(pages, key=natural_sort_key)
        self._files = {normalize_words(name)[0]: name for name in names}
        if not self._names:
            raise ImportRefused(_("The ZIP contains neither selftrust.json nor a Markdown page."))

    def rows(self, only: str | None = None) -> Iterator[Row]:
        self.skipped.clear()
        self.unread.clear()
        read, seen = set(self._names), set[str]()
        for place, name in enumerate(self._names):
            try:
                page = self._page(name, place)
                if page.entry["id"] in seen:
                    raise _LeftOut(_("The same page is in the file twice."))
            except _LeftOut as why_not:
                self.skipped.add(Entry.export_name, str(why_not), name)
                continue
            if page.unread:
                why = _("Labels at the top of a page that we don’t read. They stay in your file.")
                self.unread.add(Entry.export_name, why, f"{name}: {', '.join(page.unread)}")
            for label, row in page.rows():
                if only in (None, label) and row["id"] not in seen:
                    yield label, row
                seen.add(row["id"])
            read |= {photo[tables.PHOTO_FILE] for photo in page.photos}
        for name in self._files.values():
            if name not in read:
                why = _("It’s neither Markdown nor a photo of a page, so it stays in your file.")
                self.skipped.add("", why, name)

    def _page(self, name: str, place: int) -> Page:
        """Whatever is wrong with a page raises _LeftOut, so that it keeps no other page out."""
        try:
            page = self._read(archive.text_of(self._archive, name, LONGEST_PAGE), name, place)
            for label, row in page.rows():
                self._check(tables.by_label()[label], row)
        except Damaged as error:
            raise _LeftOut(error.sentence) from error
        except (ValueError, LookupError, TypeError, ArithmeticError, RecursionError) as error:
            raise _LeftOut(_("It can’t be read.")) from error
        return page

    def _check(self, model: type[OwnedModel], row: dict[str, Any]) -> None:
        for name, value in row.items():
            if name == tables.PHOTO_FILE:
                continue
            field = field_of(model, name)
            try:
                self._reader.value(field, value)
            except Wrong as error:
                why = _("%(field)s: %(reason)s") % {"field": field.verbose_name, "reason": error}
                raise _LeftOut(why) from error

    def _read(self, text: str | None, name: str, place: int) -> Page:
        """Entries of one day keep the order of their times, or else that of their names: it is in
        `created_at`. A page without a time says none."""
        if text is None:
            raise _LeftOut(_("It isn’t UTF-8, or it’s longer than an entry can be."))
        if "\0" in text:
            raise _LeftOut(_("It contains a character that isn’t allowed in text."))
        said, body = split(text)
        day = day_of(said, name)
        title, names, prompt = text_of(said, "title"), tags_of(said), text_of(said, "prompt")
        photos, left = self._photos_of(said, name)
        body = "\n\n".join(
            [
                *too_long(Entry, "title", [title]),  # the whole of it goes above the body
                *too_long(OwnPrompt, "text", [prompt]),
                body.replace("\r\n", "\n").replace("\r", "\n").strip("\n"),
                *filter(None, [join_names(name for name in names if name not in fitting(names))]),
                *too_long(Entry, "mood", [text_of(said, "mood")]),
                *left,
            ]
        )
        if characters(title) > longest(Entry, "title"):
            title = first(title, longest(Entry, "title") - 1).rstrip() + "…"
        if day is None:
            raise _LeftOut(_("It has no date, either in its front matter or in its name."))
        if not FIRST_DAY <= day <= clock.latest_day():
            raise _LeftOut(_("Its date is before 1900 or in the future."))
        if not body.strip():
            raise _LeftOut(_("It is empty."))
        tidy_title, tidy_body = normalize_words(title)[0], normalize_words(body)[0]
        if characters(tidy_body) > longest(Entry, "body"):
            raise _LeftOut(_("It isn’t UTF-8, or it’s longer than an entry can be."))
        pk = self._id(f"page\0{day}\0{tidy_title}\0{tidy_body}")
        zone = clock.zone_of(self._person)
        at = time_of(said)
        moment = datetime.combine(day, at or time(12), zone)
        begun = moment + timedelta(microseconds=place)
        now = tables.plain(clock.now(self._person))
        made = {"created_at": tables.plain(begun), "updated_at": now}
        labels, unread = self._labels(said)
        asked, prompts = self._asked(prompt, now)
        entry = {
            "id": pk,
            "title": title or None,
            "body": body,
            "written_on": day.isoformat(),
            "written_zone": str(zone),
            "written_at": tables.plain(moment) if at else None,
            **made,
        }
        return Page(
            entry=labels | asked | entry,
            tags=[
                {"id": self._id(f"tag\0{canonical(name)}"), "name": name, **made}
                for name in fitting(names)
            ],
            photos=[
                {
                    "id": self._id(f"photo\0{pk}\0{file}"),
                    "entry": pk,
                    "position": position,
                    "description": description,
                    **{"width": 1, "height": 1},  # photos_in.py looks
                    tables.PHOTO_FILE: file,
                    **made,
                }
                for position, (file, description) in enumerate(photos.items(), start=1)
            ],
            prompts=[prompt | made for prompt in prompts],
            unread=unread,
        )

    def _photos_of(self, said: Said, page: str) -> tuple[dict[str, str], list[str]]:
        """The descriptions of the photos that a page names, by the name of the file, which stands
        beside the page, and the descriptions that fit none. A name of nothing stays, for the
        import to say so."""
        found: dict[str, str] = {}
        left = []
        names, words = (list_of(said, key) for key in ("photos", "photo_descriptions"))
        for name, description in zip_longest(names, words, fillvalue=""):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(page), whole(name)))
            path = self._files.get(normalize_words(path)[0], path) if name else ""
            if not path or path in found or not kept(Photo, "description", description):
                left.append(description)
            if path:
                found.setdefault(path, kept(Photo, "description", description))
        return found, [description for description in left if description]

    def _asked(self, prompt: str, now: str) -> tuple[dict[str, str], list[dict[str, Any]]]:
        """The prompt of an entry: one of ours, or an own one. An own one that is not here comes
        hidden, since a page of another app may call anything a prompt."""
        if not kept(OwnPrompt, "text", prompt):
            return {}, []
        if prompt in self._prompts:
            return {"prompt": prompt}, []
        pk = self._own_prompts.get(canonical(prompt))
        if pk:
            return {"own_prompt": pk}, []
        pk = self._id(f"prompt\0{canonical(prompt)}")
        return {"own_prompt": pk}, [{"id": pk, "text": prompt, "hidden_at": now}]

    @cached_property
    def _prompts(self) -> set[str]:
        return {*Prompt.objects.values_list("text", flat=True), *FORMER_WORDINGS}

    @cached_property
    def _own_prompts(self) -> dict[str, str]:
        own = self._person.own_prompts.live()
        return {canonical(prompt.text): str(prompt.pk) for prompt in own}

    def _labels(self, said: Said) -> tuple[dict[str, Any], list[str]]:
        """The further content fields that the front matter names, and the labels that are none.
        Elsewhere `intensity` or `practice` may mean anything, so a value that no entry has is no
        reason to refuse a page."""
        labels: dict[str, Any] = {}
        for field in [*Entry.content_fields(), field_of(Entry, "favourite")]:
            text = text_of(said, field.name)
            if field.name in NOT_LABELS or field.is_relation or not text:
                continue
            if isinstance(field, WordsField):
                labels[field.name] = kept(Entry, field.name, text) or None
                continue
            with suppress(ValidationError, Wrong):
                value = field.to_python(text.title() if text in ("true", "false") else text)
                labels[field.name] = self._reader.value(field, value)
        read = READ | labels.keys() | ({"date"} if IN_NAME.search(text_of(said, "date")) else set())
        return labels, [key for key in said if text_of(said, key) and key not in read]

    def _id(self, content: str) -> str:
        return str(uuid5(self._person.pk, whole(content)))  # `_check` refuses half characters


class _LeftOut(Exception):
    """Carries the reason why the reader skips a page."""


def longest(model: type[OwnedModel], name: str) -> int:
    field: Any = field_of(model, name)
    return field.max_length


def kept(model: type[OwnedModel], name: str, text: str) -> str:
    """The text, unless it is too long for the field."""
    return text if characters(text) <= longest(model, name) else ""


def too_long(model: type[OwnedModel], name: str, texts: Iterable[str]) -> list[str]:
    """Those that do not fit in the field, so that they go into the text of the entry."""
    return [text for text in texts if not kept(model, name, text) and text]


def list_of(said: Said, key: str) -> list[str]:
    value = said.get(key, [])
    return [value] if isinstance(value, str) else value


def text_of(said: Said, key: str) -> str:
    return ", ".join(list_of(said, key)).strip()


def whole(text: str) -> str:
    """Without half characters, of which no name of a file has any."""
    return text.encode("utf-8", "replace").decode()


def tags_of(said: Said) -> list[str]:
    lines = [*list_of(said, "tags"), *list_of(said, "tag")]
    parts = [part for line in lines for part in (line.split("#") if line[:1] == "#" else [line])]
    return distinct(name for part in parts for name in split_names(part))


def fitting(names: list[str]) -> list[str]:
    """The tags that an entry can have; the others are too long, or too many."""
    return [name for name in names if characters(name) <= TAG_CHARACTERS][:MOST_TAGS]


def natural_sort_key(name: str) -> list[tuple[int, int, str]]:
    """A key that puts page-2 before page-10, and page before page-2."""
    stem = name.rpartition(".")[0]
    return [
        (1, int(part), "") if part.isdecimal() else (0, 0, part)
        for part in re.split(r"(\d{1,9})", stem)
    ]


def time_of(said: Said) -> time | None:
    """The time in the front matter, as a clock on the wall showed it."""
    with suppress(ValueError):
        moment = datetime.fromisoformat(text_of(said, "date"))
        return moment.time().replace(microsecond=0) if ":" in text_of(said, "date") else None
    return None


def day_of(said: Said, name: str) -> date | None:
    """The date in the front matter, or in a name like 2019-03-04-studio.md or 2019/03/04.md."""
    given = text_of(said, "date")[:10]
    found = IN_NAME.search(given) or IN_NAME.search(name)
    with suppress(ValueError):
        if found:
            return date(*map(int, found.groups()))
    return None
