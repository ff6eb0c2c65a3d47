"""Markdown of any kind: with YAML, TOML or no front matter, of Hugo, Jekyll, Obsidian, or our own.

One page is one entry. Its day stands in its front matter, its name, its folders or its heading.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from itertools import zip_longest
from posixpath import normpath
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.exchange.exceptions import Damaged
from journal.exchange.foreign.days import clock_of, nothing_but_a_date
from journal.exchange.foreign.files import Files, Unreadable
from journal.exchange.foreign.importer import Importer, Reading
from journal.exchange.foreign.items import Attachment, PlainEntry
from journal.exchange.foreign.markup import Names, without_links
from journal.exchange.foreign.page_fields import (
    DAY_KEYS,
    EXTRAS,
    FAVOURITE,
    OWN,
    READ,
    SETTINGS,
    TAG_KEYS,
    YES,
    box_of,
    columns_of,
    flat,
    listed,
    natural_sort_key,
    pages_of,
    tags_of,
)
from journal.exchange.front_matter import split

LONGEST_PAGE = 2 * 1024**2  # bytes; the text of a hundred entries
HEADING = re.compile(r"\s*#{1,6}[ \t]+([^\n]+?)[ \t#]*(?:\n|$)")


class Markdown(Importer):
    app = "markdown"
    label = "Markdown"
    how = gettext_lazy("A ZIP of Markdown files, each with a date in its name or front matter.")
    endings: tuple[str, ...] = ("*.md", "*.markdown", "*.mdown", "*.txt")

    def __init__(self, files: Files, reading: Reading) -> None:
        super().__init__(files, reading)
        self.find = Names(files)
        self.pages = sorted(pages_of(files, self.endings), key=natural_sort_key)
        self.used = set(self.pages)  # files that need no word about them
        self.older = set(files.find(*self.endings)) - self.used

    @classmethod
    def recognises(cls, files: Files) -> bool:
        return bool(pages_of(files, cls.endings))

    def items(self) -> Iterator[PlainEntry]:
        seen, shown = set[int](), set[str]()
        self._taken: Counter[str] = Counter()
        for name in self.pages:
            try:
                entry = self.page(name, self.files.text(name, LONGEST_PAGE))
            except (Unreadable, Damaged) as error:
                self.reading.left_out(getattr(error, "sentence", str(error)), name)
                continue
            except (ValueError, LookupError, TypeError, ArithmeticError, RecursionError):
                self.reading.left_out(_("It can’t be read."), name)
                continue
            if entry is None:
                continue
            same = hash((entry.when, entry.title, entry.text)) if entry.text.strip() else hash(name)
            if same in seen:
                self.reading.left_out(_("The same page is in the file twice."), name)
                continue
            seen.add(same)
            shown |= {photo.file for photo in entry.photos}
            yield entry
        for name in self.files.names:
            if name not in shown and name not in self.used:
                self.reading.left_out(self.why_left_out(name), name, "")

    def page(self, name: str, text: str) -> PlainEntry | None:
        said, body = self.parted(name, text)
        title = flat(said.get("title", ""))
        when, body = self.when(said, name, body)
        only_if = self.only_if(said, name)
        if when is None:
            changed = self.files.changed_on(name)
            self.reading.asked.add("also", "file_time", name)
            if changed is None or "file_time" not in self.reading.answers.also:
                why = _("It has no date, either in its front matter or in its name.")
                self.reading.left_out(why, name)
                return None
            when = changed
        own = flat(said.get(OWN, ""))
        body, photos = (body, []) if own else self.linked(body, name)
        named, words = self._named(said, name)
        photos, body = [*named, *photos], "\n\n".join([body.strip("\n"), *words])
        day = when.date() if isinstance(when, datetime) else when
        own_id = flat(said.get("uuid") or said.get("id") or "")
        return PlainEntry(
            own_id=own_id or self._id(day, name),
            when=when,
            text=body,
            title=title,
            name=name,
            tags=tags_of(said),
            photos=list({photo.file: photo for photo in photos}.values()),
            extras={} if own else self.extras(said, name),
            favourite=any(flat(said.get(key, "")).lower() in YES for key in FAVOURITE),
            only_if=only_if,
            prompt=flat(said.get("prompt", "")),
            columns=columns_of(said) if own else {},
        )

    def parted(self, name: str, text: str) -> tuple[dict[str, Any], str]:
        """What a page says of itself, and its text."""
        return split(text)

    def when(
        self, said: dict[str, Any], name: str, body: str
    ) -> tuple[date | datetime | None, str]:
        """The day or moment of a page, and its text, without a heading that only says the day."""
        found: date | datetime | None = None
        for key in DAY_KEYS:
            if text := flat(said.get(key, "")):
                found = self.reading.moment(text)
                if found:
                    break
                self.reading.note(_("A date that can’t be read: %s") % text[:60], name)
        found = found or self.reading.day_in_path(name)
        if found is None and (heading := HEADING.match(body)) and nothing_but_a_date(heading[1]):
            found = self.reading.moment(heading[1])
            body = body[heading.end() :] if found else body
        if (
            found
            and not isinstance(found, datetime)
            and (at := clock_of(flat(said.get("time", ""))))
        ):
            found = datetime.combine(found, at)
        return found, body

    def only_if(self, said: dict[str, Any], name: str) -> str:
        return box_of(said, name)

    def why_left_out(self, name: str) -> str:
        if name in self.older:
            return _("It’s an older copy that the other app kept, so it stays in your file.")
        return _("It’s neither Markdown nor a photo of a page, so it stays in your file.")

    def extras(self, said: dict[str, Any], name: str) -> dict[str, str]:
        found = {}
        for key, value in said.items():
            if key in DAY_KEYS or key in TAG_KEYS or not flat(value):
                continue
            if key in SETTINGS:
                what = _("A setting of the other app was left out: %s") % key
                self.reading.note(what, name)
            elif key not in READ:
                found[EXTRAS.get(key, key)] = flat(value)
        return found

    def _id(self, day: date, name: str) -> str:
        """The day and the name, without the folders, which are often named anew."""
        own = f"{day.isoformat()}\0{name.rpartition('/')[2]}"
        self._taken[own] += 1
        return own if self._taken[own] == 1 else f"{own}\0{self._taken[own]}"

    def linked(self, body: str, page: str) -> tuple[str, list[Attachment]]:
        why = _("A page shows a file that isn’t a photo, or isn’t there.")

        def lost(target: str) -> None:
            self.reading.note(why, f"{page}: {target}")

        return without_links(body, lambda target: self.find.find(target, page), lost)

    def _named(self, said: dict[str, Any], page: str) -> tuple[list[Attachment], list[str]]:
        """The photos that the front matter names, and descriptions of none. A name of nothing
        stays, for the import to say so."""
        photos: dict[str, Attachment] = {}
        left = []
        names, words = (listed(said.get(key, [])) for key in ("photos", "photo_descriptions"))
        for name, description in zip_longest(names, words, fillvalue=""):
            file = self.find.find(name, page) or normpath(f"{page.rpartition('/')[0]}/{name}")
            file = file.encode("utf-8", "replace").decode() if name else ""
            if file and file not in photos:
                photos[file] = Attachment(file, description)
            elif description:
                left.append(description)
        return list(photos.values()), left
