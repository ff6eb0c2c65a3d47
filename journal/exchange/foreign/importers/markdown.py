"""Markdown of any kind: with YAML, TOML or no front matter, of Hugo, Jekyll, Obsidian, or our own.

One page is one entry. Its day stands in its front matter, its name, its folders or its heading.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.exchange.exceptions import Damaged
from journal.exchange.foreign.days import clock_of, nothing_but_a_date, sections
from journal.exchange.foreign.files import Files, Unreadable
from journal.exchange.foreign.importer import Importer, Reading
from journal.exchange.foreign.items import Attachment, PlainEntry
from journal.exchange.foreign.markup import Names, beside, named_photos, without_links
from journal.exchange.foreign.page_fields import (
    DAY_KEYS,
    EXTRAS,
    FAVOURITE,
    OWN,
    PART_OF,
    READ,
    SETTINGS,
    TAG_KEYS,
    YES,
    apart,
    box_of,
    columns_of,
    flat,
    is_old_copy,
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

    @classmethod
    def recognises(cls, files: Files) -> bool:
        return bool(pages_of(files, cls.endings))

    def items(self) -> Iterator[PlainEntry]:
        seen, shown = set[int](), set[str]()
        self._taken: Counter[str] = Counter()
        for name in self.pages:
            try:
                found = list(self.entries(name, self.files.text(name, LONGEST_PAGE)))
            except (Unreadable, Damaged) as error:
                self.reading.left_out(getattr(error, "sentence", str(error)), name)
                continue
            except (ValueError, LookupError, TypeError, ArithmeticError, RecursionError):
                self.reading.left_out(_("It can’t be read."), name)
                continue
            for entry in found:
                words = (entry.when, entry.title, entry.text)
                same = hash(words) if entry.text.strip() else hash(name)
                if same in seen:
                    self.reading.left_out(_("The same page is in the file twice."), name)
                    continue
                seen.add(same)
                shown |= {photo.file for photo in entry.photos}
                yield entry
        for name in self.files.names:
            if name not in shown and name not in self.used:
                self.reading.left_out(self.why_left_out(name), name, "")

    def entries(self, name: str, text: str) -> Iterator[PlainEntry]:
        """One, or one for each day that a page without a day has headings of."""
        said, body = self.parted(name, text)
        when = self.dated(said, name)
        days = [body] if when else sections(body)
        for part in days:
            if entry := self.page(said if len(days) == 1 else apart(said), name, part, when):
                yield entry

    def page(
        self, said: dict[str, Any], name: str, body: str, when: date | datetime | None
    ) -> PlainEntry | None:
        title = flat(said.get("title", ""))
        if when is None:
            when, body = self._headed(body)
        only_if = self.only_if(said, name)
        if when is None:
            changed = self.files.changed_on(name)
            self.reading.asked.add("also", "file_time", name)
            if changed is None or "file_time" not in self.reading.answers.also:
                why = _("It has no date, either in its front matter or in its name.")
                self.reading.left_out(why, name)
                return None
            when = changed
        if not isinstance(when, datetime) and (at := clock_of(flat(said.get("time", "")))):
            when = datetime.combine(when, at)
        own = flat(said.get(OWN, ""))
        body, photos = (body, []) if own else self.linked(body, name)
        named, words = named_photos(
            listed(said.get("photos", [])),
            listed(said.get("photo_descriptions", [])),
            lambda photo: self.find.find(photo, name) or beside(name, photo),
        )
        photos, body = [*named, *photos], "\n\n".join([body.strip("\n"), *words])
        day = when.date() if isinstance(when, datetime) else when
        own_id = flat(said.get("uuid") or said.get("id") or "")
        return PlainEntry(
            own_id=own_id or self._id(day, flat(said.get(PART_OF, "")) or name),
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

    def dated(self, said: dict[str, Any], name: str) -> date | datetime | None:
        """The day or moment that a page or its path says."""
        for key in DAY_KEYS:
            if text := flat(said.get(key, "")):
                if found := self.reading.moment(text):
                    return found
                self.reading.note(_("A date that can’t be read: %s") % text[:60], name)
        return self.reading.day_in_path(self.path_of(name))

    def _headed(self, body: str) -> tuple[date | datetime | None, str]:
        """The day of a heading that says nothing else, and the text without it."""
        heading = HEADING.match(body)
        if heading is None or not nothing_but_a_date(heading[1]):
            return None, body
        found = self.reading.moment(heading[1])
        return found, body[heading.end() :] if found else body

    def path_of(self, name: str) -> str:
        return name

    def only_if(self, said: dict[str, Any], name: str) -> str:
        return box_of(said, self.path_of(name))

    def why_left_out(self, name: str) -> str:
        if is_old_copy(name):
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
