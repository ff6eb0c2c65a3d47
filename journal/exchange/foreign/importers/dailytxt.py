"""DailyTxT's backup, made without encryption: a file per month, tags and files beside them."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.exchange.exceptions import Damaged
from journal.exchange.foreign import days
from journal.exchange.foreign.files import Files, Unreadable
from journal.exchange.foreign.importer import Importer
from journal.exchange.foreign.items import Attachment, PlainEntry
from journal.exchange.foreign.json_values import is_set, listed, number, text
from journal.exchange.foreign.markup import PICTURES, kind_of

MONTH = re.compile(r"(?:^|/)(\d{4})/(\d{1,2})\.json$")
# Fernet's or base64's letters in place of words; a plain backup has no such user.json either.
SEALED = re.compile(rb'"text"\s*:\s*"[\w+/-]{32,}={0,2}"')


class DailyTxt(Importer):
    app = "dailytxt"
    label = "DailyTxT"
    how = gettext_lazy("In DailyTxT: Settings, Backup, without encryption.")

    @classmethod
    def recognises(cls, files: Files) -> bool:
        months = _months(files)
        if any(b'"enc_enc_key"' in files.head(name) for name in files.find("*user.json")):
            return bool(months) and not any(SEALED.search(files.head(name)) for name in months)
        return any(b'"days"' in files.head(name) for name in months)

    def items(self) -> Iterator[PlainEntry]:
        months = _months(self.files)
        self._files = {name.rpartition("/")[2]: name for name in self.files.find("*files/*")}
        tags, used = self._tags(), set[str]()
        for name in months:
            said = MONTH.search(name)
            for one in self._json(name, "days"):
                if said and (found := self._entry(one, int(said[1]), int(said[2]), tags)):
                    used |= {photo.file for photo in found.photos}
                    yield found
        known = {*months, *self.files.find("*user.json", "*tags.json", "*templates.json")}
        for name in self.files.names:
            if name not in known and name not in used:
                why = _("It isn’t a photo of an entry, so it stays in your file.")
                self.reading.left_out(why, name, "")
        for name in self.files.find("*templates.json"):
            for one in self._json(name, "templates"):
                self.reading.left_out(_("A template of the other app."), text(one, "name"), "")

    def _tags(self) -> dict[float, str]:
        found: dict[float, str] = {}
        for name in self.files.find("*tags.json"):
            for tag in self._json(name, "tags"):
                if isinstance(tag, dict) and (pk := number(tag.get("id"))) is not None:
                    found[pk] = text(tag, "name")
        return found

    def _json(self, name: str, key: str) -> list[Any]:
        try:
            return listed(self.files.json(name), key)
        except (Unreadable, Damaged) as error:
            self.reading.left_out(getattr(error, "sentence", str(error)), name)
            return []

    def _entry(self, one: Any, year: int, month: int, tags: dict[float, str]) -> PlainEntry | None:
        said = number(one.get("day")) if isinstance(one, dict) else None
        day = days.day_or_none(year, month, int(said)) if said and 1 <= said <= 31 else None
        name = f"{year}-{month:02}" if said is None else f"{year}-{month:02}-{said:02g}"
        if day is None:
            self.reading.left_out(_("It has no date."), name)
            return None
        if listed(one, "history"):
            self.reading.note(_("Earlier versions of a day stay in your file."), name)
        body, photos = text(one, "text").strip("\n"), []
        for given in listed(one, "files"):
            file = text(given, "filename")
            found = self._files.get(file, "")
            if found and file.lower().endswith(PICTURES):
                photos.append(Attachment(found))
                continue
            stands = kind_of(file) or file
            what = _("What stands in its place says what it was: %s") % (stands or "?")
            self.reading.note(what, name)
            body = f"{body}\n\n{stands}".strip()
        places = [text(pin, "text") for pin in listed(one, "pins")]
        known = [number(tag) for tag in listed(one, "tags")]
        return PlainEntry(
            own_id=day.isoformat(),
            when=written(text(one, "date_written"), day),
            text=body,
            name=name,
            tags=[tags[tag] for tag in known if tag in tags],
            photos=photos,
            extras={"place": ", ".join(place for place in places if place)},
            favourite=is_set(one, "isBookmarked"),
        )


def written(words: str, day: date) -> date | datetime:
    """The day, with the time at which it was written, in the order of its writer's country, if that
    was on the same day."""
    for day_first in (True, False):
        found, _unsure = days.moment(words.replace("\u202f", " "), day_first=day_first)
        if isinstance(found, datetime) and found.tzinfo is None and found.date() == day:
            return found
    return day


def _months(files: Files) -> list[str]:
    return sorted(name for name in files.names if MONTH.search(name))
