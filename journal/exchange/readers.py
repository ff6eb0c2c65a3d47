"""Readers of the two kinds of files: our export, or a ZIP of Markdown. Both yield rows.

A source can be read repeatedly, keeps only ids in memory, and raises ImportRefused.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import IO, Any, Protocol
from uuid import uuid5

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from journal.exchange import archive, tables
from journal.exchange.archive import Archive
from journal.exchange.exceptions import Damaged, ImportRefused, quoted
from journal.exchange.export_filters import CHOICES
from journal.exchange.front_matter import split
from journal.exchange.json_stream import JsonPieces
from journal.exchange.row_reader import RowReader, Wrong
from journal.exchange.skipped import Skipped
from journal.exchange.tag_rows import FORMER_LABELS, tag_row, with_tags
from journal.people import clock
from journal.people.date_validators import FIRST_DAY
from journal.people.models import User
from journal.privacy.canonical import canonical
from journal.privacy.fields import WordsField
from journal.privacy.length import characters, first
from journal.privacy.normalization import normalize_words
from journal.privacy.ownership import OwnedModel, field_of
from journal.reflections.entries.models import Entry, EntryTag, Tag
from journal.reflections.entries.tag_names import (
    MOST_TAGS,
    TAG_CHARACTERS,
    distinct,
    join_names,
    split_names,
)

JSON = "selftrust.json"
IN_NAME = re.compile(r"(\d{4})[-/](\d{2})[-/](\d{2})")
LONGEST_PAGE = 512 * 1024  # bytes; an entry holds 20,000 characters
Row = tuple[str, dict[str, Any]]


class Source(Protocol):
    preferences: dict[str, Any]
    left_out: list[str]  # the choices made in the export (export_filters.py)
    skipped: Skipped

    def rows(self, only: str | None = None) -> Iterator[Row]: ...

    def size_of(self, name: str) -> int | None: ...

    def opened(self, name: str) -> IO[bytes]: ...


def source_of(file: IO[bytes], size: int, person: User, passphrase: str = "") -> Source:
    found = archive.opened(file, size, passphrase)
    if JSON in found.namelist():
        return OwnExport(found)
    return MarkdownPages(found, person)


class _Files:
    """The other files of the archive, by the names that rows say."""

    _archive: Archive

    def size_of(self, name: str) -> int | None:
        try:
            return self._archive.getinfo(name).file_size
        except KeyError:
            return None

    def opened(self, name: str) -> IO[bytes]:
        return archive.member(self._archive, name)


class OwnExport(_Files):
    def __init__(self, found: Archive) -> None:
        self._archive = found
        self.preferences: dict[str, Any] = {}
        self.left_out: list[str] = []
        self.skipped = Skipped()

    def rows(self, only: str | None = None) -> Iterator[Row]:
        return (row for row in with_tags(self._rows()) if only in (None, row[0]))

    def _rows(self) -> Iterator[Row]:
        head: dict[str, Any] = {}
        with archive.member(self._archive, JSON) as file:
            for kind, name, value in JsonPieces(file).head_and_rows():
                if kind == "head":
                    head[name] = value
                    continue
                self._known(head, name)
                yield name, value
        self._known(head, None)

    def _known(self, head: dict[str, Any], table: str | None) -> None:
        if head.get("format") != "selftrust" or type(head.get("version")) is not int:
            raise ImportRefused(_("selftrust.json isn’t from a Selftrust export."))
        if head["version"] != tables.VERSION:
            raise ImportRefused(
                _("The file has format version %s, which this version of Selftrust can’t read.")
                % quoted(head["version"])
            )
        if unknown := set(head) - {"format", "version", "exported_at", "left_out", "person"}:
            raise ImportRefused(
                _("The file contains something this version doesn’t know: %s.")
                % quoted(sorted(unknown)[0])
            )
        if table is not None and table not in tables.by_label().keys() | FORMER_LABELS:
            raise ImportRefused(
                _("The file contains something this version doesn’t know: %s.") % quoted(table)
            )
        person = head.get("person", {})
        known = {*tables.PREFERENCES, *tables.FORMER_PREFERENCES}
        if not isinstance(person, dict) or set(person) - known:
            raise ImportRefused(_("The part about you isn’t in the form Selftrust writes."))
        self.preferences = person
        self.left_out = head.get("left_out", [])
        if not isinstance(self.left_out, list) or set(map(str, self.left_out)) - set(CHOICES):
            raise ImportRefused(
                _("The list of what was left out isn’t in the form Selftrust writes.")
            )


class MarkdownPages(_Files):
    """Reads each page with a date as an entry. It derives the id from the content, so that the same
    page is the same entry each time."""

    def __init__(self, found: Archive, person: User) -> None:
        self._archive, self._person = found, person
        self._reader = RowReader(person.pk, {}, set())
        self.preferences: dict[str, Any] = {}
        self.left_out: list[str] = []
        self.skipped = Skipped()
        pages = (
            name
            for name in found.namelist()
            if name.lower().endswith((".md", ".markdown")) and not name.startswith("__MACOSX/")
        )
        self._names = sorted(pages, key=natural_sort_key)
        if not self._names:
            raise ImportRefused(_("The ZIP contains neither selftrust.json nor a Markdown page."))

    def rows(self, only: str | None = None) -> Iterator[Row]:
        self.skipped.clear()
        pages = set(self._names)
        for info in self._archive.infolist():
            if not info.is_dir() and info.filename not in pages:
                why = _("It isn’t Markdown, so it stays in your file.")
                self.skipped.add("", why, info.filename)
        seen: set[str] = set()
        for place, name in enumerate(self._names):
            try:
                entry, tags = self._page(name, place)
                if entry["id"] in seen:
                    raise _LeftOut(_("The same page is in the file twice."))
            except _LeftOut as why_not:
                self.skipped.add("reflections.Entry", str(why_not), name)
                continue
            found: list[Row] = [(Tag.export_name, tag) for tag in tags if tag["id"] not in seen]
            found.append((Entry.export_name, entry))
            for number, tag in enumerate(tags, start=1):
                found.append((EntryTag.export_name, tag_row(entry, tag["id"], number)))
            yield from (row for row in found if only in (None, row[0]))
            seen |= {entry["id"], *(tag["id"] for tag in tags)}

    def _page(self, name: str, place: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """The entry of one page and its tags. Whatever is wrong with the page raises _LeftOut, so
        that it keeps no other page out."""
        try:
            text = archive.text_of(self._archive, name, LONGEST_PAGE)
            entry, tags = self._read(text, name, place)
            self._check(Entry, entry)
            for tag in tags:
                self._check(Tag, tag)
        except Damaged as error:
            raise _LeftOut(error.sentence) from error
        except (ValueError, LookupError, TypeError, ArithmeticError, RecursionError) as error:
            raise _LeftOut(_("It can’t be read.")) from error
        return entry, tags

    def _check(self, model: type[OwnedModel], row: dict[str, Any]) -> None:
        for name, value in row.items():
            field = field_of(model, name)
            try:
                self._reader.value(field, value)
            except Wrong as error:
                why = _("%(field)s: %(reason)s") % {"field": field.verbose_name, "reason": error}
                raise _LeftOut(why) from error

    def _read(
        self, text: str | None, name: str, place: int
    ) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """Entries of one day keep the order of their times, or else that of their names: it is in
        `created_at`. A page without a time says none."""
        if text is None:
            raise _LeftOut(_("It isn’t UTF-8, or it’s longer than an entry can be."))
        if "\0" in text:
            raise _LeftOut(_("It contains a character that isn’t allowed in text."))
        said, body = split(text)
        day = day_of(said, name)
        body = body.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
        title, (names, left) = text_value(said.get("title", "")).strip(), tags_of(said)
        if characters(title) > longest(Entry, "title"):  # the whole of it goes above the body
            body = f"{title}\n\n{body}"
            title = first(title, longest(Entry, "title") - 1).rstrip() + "…"
        if left:
            body = f"{body}\n\n{join_names(left)}"
        mood = text_value(said.get("mood", "")).strip()
        if characters(mood) > longest(Entry, "mood"):
            body, said = f"{body}\n\n{mood}", {**said, "mood": ""}
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
        tags = [{"id": self._id(f"tag\0{canonical(name)}"), "name": name, **made} for name in names]
        entry = {
            "id": pk,
            "title": title or None,
            "body": body,
            "written_on": day.isoformat(),
            "written_zone": str(zone),
            "written_at": tables.plain(moment) if at else None,
            **made,
        }
        return self._labels(said) | entry, tags

    def _labels(self, said: dict[str, Any]) -> dict[str, Any]:
        """The further content fields that the front matter names. Elsewhere `intensity` or
        `practice` may mean anything, so a value that no entry has is no reason to refuse a page."""
        labels: dict[str, Any] = {}
        for field in Entry.content_fields():
            if field.name not in said or field.is_relation:
                continue
            text = text_value(said[field.name])
            if isinstance(field, WordsField):
                labels[field.name] = text or None
                continue
            with suppress(ValidationError, Wrong):
                value = field.to_python(text.title() if text in ("true", "false") else text)
                labels[field.name] = self._reader.value(field, value)
        return labels

    def _id(self, content: str) -> str:
        whole = content.encode("utf-8", "replace").decode()  # `_check` refuses half characters
        return str(uuid5(self._person.pk, whole))


class _LeftOut(Exception):
    """Carries the reason why the reader skips a page."""


def longest(model: Any, name: str) -> int:
    return model._meta.get_field(name).max_length


def text_value(value: str | list[str]) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def tags_of(said: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The tags that the front matter names, and those that do not fit: too long, or too many."""
    given = said.get("tags") or said.get("tag") or []
    if isinstance(given, str):
        given = given.split("#") if given.startswith("#") else [given]
    names = distinct(name for line in given for name in split_names(line))
    tags = [name for name in names if characters(name) <= TAG_CHARACTERS][:MOST_TAGS]
    return tags, [name for name in names if name not in tags]


def natural_sort_key(name: str) -> list[tuple[int, int, str]]:
    """A key that puts page-2 before page-10, and page before page-2."""
    stem = name.rpartition(".")[0]
    return [
        (1, int(part), "") if part.isdecimal() else (0, 0, part)
        for part in re.split(r"(\d{1,9})", stem)
    ]


def time_of(said: dict[str, Any]) -> time | None:
    """The time in the front matter, as a clock on the wall showed it."""
    with suppress(ValueError):
        moment = datetime.fromisoformat(text_value(said.get("date", "")))
        return moment.time().replace(microsecond=0) if ":" in text_value(said["date"]) else None
    return None


def day_of(said: dict[str, Any], name: str) -> date | None:
    """The date in the front matter, or in a name like 2019-03-04-studio.md or 2019/03/04.md."""
    given = text_value(said.get("date", ""))[:10]
    found = IN_NAME.search(given) or IN_NAME.search(name)
    with suppress(ValueError):
        if found:
            return date(*map(int, found.groups()))
    return None
