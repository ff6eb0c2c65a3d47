"""Day One's JSON in a ZIP: one file per journal, photos beside it."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.exchange.foreign.files import Files
from journal.exchange.foreign.importer import Importer
from journal.exchange.foreign.items import Attachment, PlainEntry
from journal.exchange.foreign.json_values import listed, text
from journal.exchange.foreign.markup import GAPS
from journal.privacy import json_input

MARK = re.compile(rb'"(creationDate|creationDevice|timeZone|richText)"\s*:')
LINK = re.compile(r"!\[([^\]\n]*)\]\(dayone-moment:/{1,2}(?:(\w+)/)?([\w-]+)\)")
ENTRY_LINK = re.compile(r"\[([^\]\n]*)\]\(dayone2?://[^)\s]*\)")
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
HEADING = re.compile(r"#{1,6} +(.+?)\s*(?:\n|$)")
FOLDERS = {"photos": "photos", "audios": "audios", "videos": "videos", "pdfAttachments": "pdfs"}
LONGEST_RICH = 4 * 1024**2


class DayOne(Importer):
    app = "dayone"
    label = "Day One"
    how = gettext_lazy("In Day One: Settings, Import/Export, Export, JSON.")

    @classmethod
    def recognises(cls, files: Files) -> bool:
        return any(_is_journal(files, name) for name in _candidates(files))

    def items(self) -> Iterator[PlainEntry]:
        journals = [name for name in _candidates(self.files) if _is_journal(self.files, name)]
        if not hasattr(self, "_media"):
            self._names = {name.lower(): name for name in self.files.names}
            self._media = self._all_media(journals)
        used = {photo.file for photo in self._media.values() if isinstance(photo, Attachment)}
        for name in self.files.names:
            if name not in used and name not in journals:
                why = _("It isn’t a photo of an entry, so it stays in your file.")
                self.reading.left_out(why, name, "")
        for journal in journals:
            stem = journal.rpartition("/")[2].rpartition(".")[0]
            for entry in self.files.json_items(journal, "entries"):
                if isinstance(entry, dict) and (found := self._entry(entry)):
                    if len(journals) > 1:
                        found.tags.append(stem)
                    yield found
                elif not isinstance(entry, dict):
                    self.reading.left_out(_("It can’t be read."), journal)

    def _all_media(self, journals: list[str]) -> dict[str, Attachment | str]:
        """By its id, the photo or what stands for a file that stays out: over all entries, since
        an entry may show a photo of another."""
        found: dict[str, Attachment | str] = {}
        stands = {"audios": _("[audio]"), "videos": _("[video]"), "pdfAttachments": _("[PDF]")}
        for journal in journals:
            for entry in self.files.json_items(journal, "entries"):
                for kind in FOLDERS:
                    for one in listed(entry, kind):
                        if isinstance(one, dict) and isinstance(one.get("identifier"), str):
                            photo = self._photo(one) if kind == "photos" else stands[kind]
                            found[one["identifier"]] = photo
        return found

    def _photo(self, one: dict[str, Any]) -> Attachment | str:
        stem = f"photos/{text(one, 'md5') or text(one, 'identifier')}".lower()
        kind = (text(one, "type") or text(one, "format") or "jpeg").lower()
        for ending in (kind, "jpeg", "jpg", "png", "heic"):
            if name := self._names.get(f"{stem}.{ending}"):
                taken = self.reading.moment(text(one, "date")) if one.get("date") else None
                day = taken.date() if isinstance(taken, datetime) else taken
                return Attachment(name, text(one, "caption"), day)
        return _("[photo]")

    def _entry(self, entry: dict[str, Any]) -> PlainEntry | None:
        when = self.reading.moment(text(entry, "creationDate"))
        body = text(entry, "text") or plain_of_rich(text(entry, "richText"))
        name = f"{text(entry, 'creationDate')[:10]} {unescaped(body)[:40]}".strip()
        if when is None:
            self.reading.left_out(_("It has no date."), name)
            return None
        photos: dict[str, Attachment] = {}

        def shown(said: re.Match[str]) -> str:
            media = self._media.get(said[3])
            if isinstance(media, Attachment):
                photos.setdefault(media.file, media)
                return ""
            stands = {"audio": _("[audio]"), "video": _("[video]"), "pdfAttachment": _("[PDF]")}
            media = media or stands.get(said[2] or "", _("[photo]"))
            self.reading.note(_("What stands in its place says what it was: %s") % media, name)
            return said[1] or media

        body = ENTRY_LINK.sub(r"\1", LINK.sub(shown, body)).replace("\u200b", "")
        for one in listed(entry, "photos"):
            media = self._media.get(text(one, "identifier")) if isinstance(one, dict) else None
            if isinstance(media, Attachment):
                photos.setdefault(media.file, media)
        title = ""
        if heading := HEADING.match(body.lstrip("\n")):
            title = unescaped(heading[1])
            body = body.lstrip("\n")[heading.end() :]
        if entry.get("isAllDay") is True and isinstance(when, datetime):
            with suppress(ValueError, OSError, OverflowError):  # a day has no clock time
                when = when.astimezone(ZoneInfo(text(entry, "timeZone"))).date()
        return PlainEntry(
            own_id=text(entry, "uuid") or f"{when.isoformat()}\0{name}",
            when=when,
            zone=text(entry, "timeZone"),
            text=GAPS.sub("\n\n", body).strip() or title,
            title=title if body.strip() else "",
            name=name,
            tags=[tag for tag in listed(entry, "tags") if isinstance(tag, str)],
            photos=list(photos.values()),
            extras={
                "place": place_of(entry.get("location")),
                "weather": weather_of(entry.get("weather")),
                "device": text(entry, "creationDevice"),
                **activity_of(entry.get("userActivity")),
            },
            favourite=True in (entry.get("starred"), entry.get("isPinned"), entry.get("pinned")),
        )


def _candidates(files: Files) -> list[str]:
    return files.names if files.is_single else [n for n in files.find("*.json") if n.count("/") < 2]


def _is_journal(files: Files, name: str) -> bool:
    head = files.head(name)
    return b'"entries"' in head and b'"metadata"' in head and bool(MARK.search(head))


def unescaped(words: str) -> str:
    return ESCAPED.sub(r"\1", words)


def plain_of_rich(rich: str) -> str:
    """The words of the newer editor, for an entry without any other."""
    with suppress(ValueError):
        contents = listed(json_input.parse(rich, longest=LONGEST_RICH), "contents")
        return "".join(text(one, "text") for one in contents)
    return ""


def place_of(given: Any) -> str:
    names = ("placeName", "localityName", "administrativeArea", "country")
    return ", ".join(dict.fromkeys(said for name in names if (said := text(given, name))))


def weather_of(given: Any) -> str:
    degrees = given.get("temperatureCelsius") if isinstance(given, dict) else None
    warm = f"{degrees:.0f} °C" if isinstance(degrees, (int, float)) else ""
    return ", ".join(said for said in (text(given, "conditionsDescription"), warm) if said)


def activity_of(given: Any) -> dict[str, str]:
    steps = given.get("stepCount") if isinstance(given, dict) else None
    found = {"steps": str(steps)} if isinstance(steps, int) and steps > 0 else {}
    name = text(given, "activityName")
    return found | ({"activity": name} if name else {})
