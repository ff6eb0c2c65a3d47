"""Google Keep's JSON, as Google Takeout packs it: a file per note, what it shows beside it.

Takeout writes each note as HTML too, which says less.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.exchange.exceptions import Damaged
from journal.exchange.foreign.files import Files, Unreadable
from journal.exchange.foreign.importer import Importer
from journal.exchange.foreign.items import Attachment, PlainEntry
from journal.exchange.foreign.json_values import is_set, listed, moment_after_epoch, text
from journal.exchange.foreign.markup import PICTURES, Names, from_html, kind_of

MARK = re.compile(rb'"(?:userEdited|created)TimestampUsec"\s*:|"isTrashed"\s*:\s*(?:true|false)')
STYLED = re.compile(r"<h[1-6]\b|font-weight:\s*[6-9]00|font-style:\s*italic|<(?:b|i|strong|em)\b")
LONGEST_NOTE = 2 * 1024**2  # bytes
MICROSECOND = timedelta(microseconds=1)


class Keep(Importer):
    app = "keep"
    label = "Google Keep"
    how = gettext_lazy("At takeout.google.com: choose Keep only, and ZIP as the type of file.")

    @classmethod
    def recognises(cls, files: Files) -> bool:
        return any(MARK.search(files.head(name)) for name in _candidates(files))

    def items(self) -> Iterator[PlainEntry]:
        marked = [name for name in _candidates(self.files) if MARK.search(self.files.head(name))]
        folders = {name.rpartition("/")[0] for name in marked}
        notes = [name for name in _candidates(self.files) if name.rpartition("/")[0] in folders]
        self._find, self._taken = Names(self.files), Counter[str]()
        used = {*notes, *(f"{name.rpartition('.')[0]}.html" for name in notes)}
        for name in notes:
            try:
                note = self.files.json(name, LONGEST_NOTE)
            except (Unreadable, Damaged) as error:
                self.reading.left_out(getattr(error, "sentence", str(error)), name)
                continue
            if not isinstance(note, dict):
                self.reading.left_out(_("It can’t be read."), name)
            elif entry := self._entry(note, name):
                used |= {photo.file for photo in entry.photos}
                yield entry
        for name in self.files.names:
            if name not in used:
                why = _("It’s neither a note nor a photo of one, so it stays in your file.")
                self.reading.left_out(why, name, "")

    def _entry(self, note: dict[str, Any], name: str) -> PlainEntry | None:
        title = text(note, "title").strip()
        when = self._when(note, title or name)
        if when is None:
            self.reading.left_out(_("It has no date."), title or name)
            return None
        photos, stand = self._attached(note, name)
        pieces = (self._words(note, title or name), tasks_of(note), links_of(note), stand)
        body = "\n\n".join(piece for piece in pieces if piece)
        for key in ("color", "sharees"):
            if note.get(key) not in (None, "", "DEFAULT", []):
                what = _("A setting of the other app was left out: %s") % key
                self.reading.note(what, title or name)
        is_titled = bool(body or photos)
        created = moment_after_epoch(note.get("createdTimestampUsec"), MICROSECOND)
        own_id = created.isoformat() if created else name.rpartition("/")[2]
        self._taken[own_id] += 1  # a note and its copy may be of the same moment
        return PlainEntry(
            own_id=own_id if self._taken[own_id] == 1 else f"{own_id}\0{self._taken[own_id]}",
            when=when,
            text=body if is_titled else title,
            title=title if is_titled else "",
            name=title or name,
            tags=[text(label, "name") for label in listed(note, "labels")],
            photos=photos,
            favourite=is_set(note, "isPinned"),
            only_if=(
                "trash" if is_set(note, "isTrashed") else "archive" * is_set(note, "isArchived")
            ),
        )

    def _when(self, note: dict[str, Any], name: str) -> datetime | None:
        created = moment_after_epoch(note.get("createdTimestampUsec"), MICROSECOND)
        if created:
            return created
        edited = moment_after_epoch(note.get("userEditedTimestampUsec"), MICROSECOND)
        if edited:
            self.reading.note(
                _("It doesn’t say when it was begun, so the last change counts."), name
            )
        return edited

    def _words(self, note: dict[str, Any], name: str) -> str:
        words, styled = text(note, "textContent").strip("\n"), text(note, "textContentHtml")
        if not words.strip():
            return from_html(styled)
        if STYLED.search(styled):
            self.reading.note(_("Its bold and italic words became plain ones."), name)
        return words

    def _attached(self, note: dict[str, Any], name: str) -> tuple[list[Attachment], str]:
        """The photos, and what stands for all other files."""
        photos: dict[str, Attachment] = {}
        stand = []
        for one in listed(note, "attachments"):
            target = text(one, "filePath")
            found = self._file(target, name)
            if found and found.lower().endswith(PICTURES):
                photos.setdefault(found, Attachment(found))
            elif isinstance(one, dict):
                kind = kind_of(mime_as_name(text(one, "mimetype"))) or kind_of(found or target)
                stand.append(kind or f"[{target or '?'}]")
                why = _("A page shows a file that isn’t a photo, or isn’t there.")
                self.reading.note(why, f"{name}: {found or target}")
        return list(photos.values()), "\n".join(stand)

    def _file(self, target: str, name: str) -> str | None:
        """The ending may be another one than the note says."""
        if not target:
            return None
        stem = target.rpartition(".")[0] or target
        endings = (found for end in PICTURES if (found := self._find.find(stem + end, name)))
        return self._find.find(target, name) or next(endings, None)


def _candidates(files: Files) -> list[str]:
    return files.names if files.is_single else files.find("*.json")


def tasks_of(note: dict[str, Any]) -> str:
    lines = []
    for one in listed(note, "listContent"):
        words = text(one, "text").strip() or from_html(text(one, "textHtml"))
        if words:
            box = "x" if is_set(one, "isChecked") else " "
            lines.append(f"- [{box}] " + words.replace("\n", "\n  "))
    return "\n".join(lines)


def links_of(note: dict[str, Any]) -> str:
    """The links that Keep found in the text or shows below it, unless they stand in the text."""
    lines = []
    for one in listed(note, "annotations"):
        url, title = text(one, "url").strip(), " ".join(text(one, "title").split())
        if url and url not in text(note, "textContent"):
            lines.append(f"{title}: {url}" if title else url)
        if words := text(one, "description").strip() if not url else "":
            lines.append(words)
    return "\n".join(lines)


def mime_as_name(mime: str) -> str:
    """A name of a file of that kind."""
    kinds = {"image": ".png", "audio": ".mp3", "video": ".mp4", "application/pdf": ".pdf"}
    return kinds.get(mime) or kinds.get(mime.split("/")[0], "")
