"""Journiv's ZIP: data.json with all journals, and the files of entries beside it."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.exchange.foreign.files import Files
from journal.exchange.foreign.importer import Importer
from journal.exchange.foreign.items import Attachment, PlainEntry
from journal.exchange.foreign.json_values import inner, is_set, listed, text
from journal.exchange.foreign.markup import PICTURES, Names, kind_of, without_links
from journal.exchange.foreign.quill import from_delta
from journal.privacy import json_input

MARKS = (b'"export_version"', b'"journals"')
LONGEST_DELTA = 4 * 1024**2


class Journiv(Importer):
    app = "journiv"
    label = "Journiv"
    how = gettext_lazy("In Journiv: Settings, Export, all journals.")

    @classmethod
    def recognises(cls, files: Files) -> bool:
        return bool(_data(files))

    def items(self) -> Iterator[PlainEntry]:
        data, used = _data(self.files), set[str]()
        self._find, self._taken = Names(self.files), Counter[str]()
        # The name of a file may begin with the id that it has in Journiv.
        self._named = {name.rpartition("/")[2].partition("_")[2]: name for name in self.files.names}
        several = sum(1 for _one in self.files.json_items(data, "journals")) > 1
        for journal in self.files.json_items(data, "journals"):
            name = text(journal, "title")
            if text(journal, "description"):
                self.reading.note(_("The description of a journal stays in your file."), name)
            if not isinstance(journal, dict):
                self.reading.left_out(_("It can’t be read."), data)
            for one in listed(journal, "entries"):
                if not isinstance(one, dict):
                    self.reading.left_out(_("It can’t be read."), name)
                elif found := self._entry(one):
                    used |= {photo.file for photo in found.photos}
                    found.tags += [name] if several and name else []
                    if is_set(journal, "is_archived"):
                        found.only_if = "archive"
                    yield found
        for name in self.files.names:
            if name != data and name not in used:
                why = _("It isn’t a photo of an entry, so it stays in your file.")
                self.reading.left_out(why, name, "")

    def _entry(self, one: dict[str, Any]) -> PlainEntry | None:
        when, day = self._moment(one, "entry_datetime_utc"), self._day(one)
        title, body = text(one, "title"), self._body(one)
        name = f"{text(one, 'entry_date')[:10]} {title or body[:40]}".strip()
        if when is None and day is None:
            self.reading.left_out(_("It has no date."), name)
            return None
        body, photos = without_links(body, self._find.find, lambda target: self._lost(target, name))
        for media in listed(one, "media"):
            if photo := self._photo(media):
                photos.append(photo)
            elif stands := kind_of(text(media, "filename")) or text(media, "filename"):
                self._lost(stands, name)
                body = f"{body}\n\n{stands}"
        return PlainEntry(
            own_id=self._own_id(one, name),
            when=when or day or date.min,
            day=day,
            zone=text(one, "entry_timezone"),
            text=body.strip("\n") or title,
            title=title if body.strip() else "",
            name=name,
            tags=[tag for tag in listed(one, "tags") if isinstance(tag, str)],
            photos=list({photo.file: photo for photo in photos}.values()),
            extras={
                "mood": mood_of(inner(one, "mood_log")),
                "place": text(one, "location") or place_of(one),
                "weather": text(one, "weather_summary") or text(one, "weather"),
            },
            favourite=is_set(one, "is_pinned"),
            prompt=text(one, "prompt_text"),
            only_if="drafts" if is_set(one, "is_draft") else "",
        )

    def _lost(self, what: str, name: str) -> None:
        stands = kind_of(what) or what
        self.reading.note(_("What stands in its place says what it was: %s") % stands[:60], name)

    def _moment(self, one: dict[str, Any], key: str) -> datetime | None:
        found = self.reading.moment(text(one, key))
        if not isinstance(found, datetime):
            return None
        return found if found.tzinfo else found.replace(tzinfo=UTC)

    def _day(self, one: dict[str, Any]) -> date | None:
        found = self.reading.moment(text(one, "entry_date"))
        return found.date() if isinstance(found, datetime) else found

    def _own_id(self, one: dict[str, Any], name: str) -> str:
        """Its exports name no ids, but when each entry was made, to the microsecond."""
        own = text(one, "id") or text(one, "external_id") or text(one, "created_at") or name
        self._taken[own] += 1
        return own if self._taken[own] == 1 else f"{own}\0{self._taken[own]}"

    def _photo(self, media: Any) -> Attachment | None:
        name, path = text(media, "filename"), text(media, "file_path")
        found = self._find.find(path) if path else None
        found = found or (self._find.find(name) if name else None)
        found = found or self._named.get(name)
        words = text(media, "alt_text") or text(media, "caption")
        return Attachment(found, words) if found and found.lower().endswith(PICTURES) else None

    def _body(self, one: dict[str, Any]) -> str:
        """Markdown, or the text of its editor, as an object or as JSON in a text."""
        content = one.get("content")
        for delta in (one.get("content_delta"), content):
            if isinstance(delta, str) and delta.lstrip().startswith('{"ops"'):
                try:
                    delta = json_input.parse(delta, longest=LONGEST_DELTA)
                except ValueError:
                    continue
            if isinstance(delta, dict) and (words := from_delta(delta)):
                return words
        return content if isinstance(content, str) else text(one, "content_plain_text")


def mood_of(given: dict[str, Any]) -> str:
    name, note = text(given, "mood_name"), text(given, "note")
    return f"{name} ({note})" if name and note else name or note


def place_of(one: dict[str, Any]) -> str:
    given = inner(one, "location_json") or inner(one, "location")
    names = (text(given, key) for key in ("name", "street", "locality", "admin_area", "country"))
    if found := ", ".join(dict.fromkeys(name for name in names if name)):
        return found
    where = (one.get("latitude"), one.get("longitude"))
    return ", ".join(f"{part:.4f}" for part in where if isinstance(part, float))


def _data(files: Files) -> str:
    names = files.names if files.is_single else files.find("*data.json")
    found = (name for name in names if all(mark in files.head(name) for mark in MARKS))
    return next(found, "")
