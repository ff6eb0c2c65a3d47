"""Standard Notes' decrypted backup: one JSON file of all items, alone or in a ZIP.

A tag names its notes, and the tag that it belongs to. The ZIP holds each note as text too.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.exchange.foreign import lexical
from journal.exchange.foreign.files import Files
from journal.exchange.foreign.importer import Importer
from journal.exchange.foreign.items import PlainEntry
from journal.exchange.foreign.json_values import (
    inner,
    is_set,
    listed,
    moment_after_epoch,
    path_of,
    text,
)
from journal.exchange.foreign.markup import from_html
from journal.privacy import json_input

ITEMS = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{[^\[]*"items"\s*:\s*\[')
KIND = re.compile(rb'"content_type"\s*:\s*"(?:Note|Tag|SN\||SF\|)')
OPEN = re.compile(rb'"content"\s*:\s*\{')  # of an encrypted item it is a text
LOOKED_AT = 256 * 1024  # bytes; the first item may be long
STATE = "org.standardnotes.sn"  # where the app keeps what it knows of a note
MICROSECOND = timedelta(microseconds=1)
LONGEST_TASKS = 1024**2
# Kinds of notes that are no words.
OTHER = {
    "authentication": gettext_lazy("It holds codes for signing in, so it stays in your file."),
    "spreadsheet": gettext_lazy("It’s a spreadsheet, so it stays in your file."),
}


class StandardNotes(Importer):
    app = "standardnotes"
    label = "Standard Notes"
    how = gettext_lazy("In Standard Notes: Preferences, Backups, Decrypted, Download backup.")

    @classmethod
    def recognises(cls, files: Files) -> bool:
        return bool(_backup(files))

    def items(self) -> Iterator[PlainEntry]:
        backup = _backup(self.files)
        for name in self.files.names:
            if name != backup and "items" not in name.lower().split("/")[:-1]:
                self.reading.left_out(_("It isn’t the backup, so it stays in your file."), name, "")
        tags = self._tags(backup)
        for item in self.files.json_items(backup, "items"):
            kind = text(item, "content_type")
            if kind == "Tag" or (is_set(item, "deleted") and not inner(item, "content")):
                continue
            if kind == "File":
                why = _("A file isn’t in a backup of the other app.")
                self.reading.left_out(why, text(inner(item, "content"), "name"), "")
            elif kind != "Note":
                why = _("It’s a setting of the other app.")
                self.reading.left_out(why, kind or "?", "")
            elif entry := self._entry(item, tags.get(text(item, "uuid"), [])):
                yield entry

    def _tags(self, backup: str) -> dict[str, list[str]]:
        """The names of tags by the ids of their notes: parent/child for a tag in a tag."""
        names, parents, notes = dict[str, str](), dict[str, str](), dict[str, list[str]]()
        for item in self.files.json_items(backup, "items"):
            if text(item, "content_type") != "Tag" or is_set(item, "deleted"):
                continue
            content, uuid = inner(item, "content"), text(item, "uuid")
            names[uuid] = text(content, "title").strip()
            for one in listed(content, "references"):
                if text(one, "content_type") == "Tag" or "Parent" in text(one, "reference_type"):
                    parents[uuid] = text(one, "uuid")
                else:
                    notes.setdefault(text(one, "uuid"), []).append(uuid)
        return {note: [path_of(tag, names, parents) for tag in of] for note, of in notes.items()}

    def _entry(self, item: dict[str, Any], tags: list[str]) -> PlainEntry | None:
        content = inner(item, "content")
        title = text(content, "title").strip()
        name = title or text(item, "uuid")
        if why := OTHER.get(type_of(content)) or ("" if content else _("It’s encrypted.")):
            self.reading.left_out(str(why), name)
            return None
        when = self._when(item, name)
        if when is None:
            self.reading.left_out(_("It has no date."), name)
            return None
        body = self._words(content, name)
        state = inner(content, "appData", STATE)
        starred = (content, "starred"), (content, "pinned"), (state, "pinned")
        is_archived = is_set(state, "archived") or is_set(content, "archived")
        is_thrown = is_set(content, "trashed") or is_set(item, "deleted")
        return PlainEntry(
            own_id=text(item, "uuid") or f"{when.isoformat()}\0{title}",
            when=when,
            text=body if body.strip() else title,
            title=title if body.strip() else "",
            name=name,
            tags=tags,
            favourite=any(is_set(*one) for one in starred),
            only_if="trash" if is_thrown else "archive" * is_archived,
        )

    def _when(self, item: dict[str, Any], name: str) -> date | None:
        """1970 stands for none."""
        edited = text(inner(item, "content", "appData", STATE), "client_updated_at")
        begun = text(item, "created_at"), item.get("created_at_timestamp")
        for place, said in enumerate((*begun, edited, text(item, "updated_at"))):
            found = (
                self.reading.moment(said)
                if isinstance(said, str)
                else moment_after_epoch(said, MICROSECOND)
            )
            if found and found.year > 1970:
                if place >= len(begun):
                    why = _("It doesn’t say when it was begun, so the last change counts.")
                    self.reading.note(why, name)
                return found
        return None

    def _words(self, content: dict[str, Any], name: str) -> str:
        words, kind = text(content, "text"), type_of(content)
        begins = words.lstrip()[:1]
        if kind == "super" and begins == "{":
            try:
                return lexical.markdown_of(words)
            except ValueError:
                self.reading.note(_("Its text can’t be read and came in as it is stored."), name)
                return words
        if kind == "task" and begins == "{":
            return tasks_of(words)
        if begins == "<" and "</" in words and kind in ("", "rich-text", "super"):
            return from_html(words)
        return f"```\n{words}\n```" if kind == "code" and words.strip() else words


def _backup(files: Files) -> str:
    names = files.names if files.is_single else files.find("*.txt", "*.json")
    names = [name for name in names if "items" not in name.lower().split("/")[:-1]]
    for name in names:
        if ITEMS.match(files.head(name)):
            head = files.head(name, LOOKED_AT)
            if KIND.search(head) and OPEN.search(head):
                return name
    return ""


def type_of(content: dict[str, Any]) -> str:
    editor = text(content, "editorIdentifier")
    return "authentication" if editor.endswith("token-vault") else text(content, "noteType")


def tasks_of(words: str) -> str:
    """Groups of tasks, which the app keeps as JSON."""
    try:
        groups = listed(json_input.parse(words, longest=LONGEST_TASKS), "groups")
    except ValueError:
        return words
    pieces = []
    for group in groups:
        lines = [f"## {text(group, 'name')}"] if text(group, "name") else []
        for task in listed(group, "tasks"):
            box = "x" if is_set(task, "completed") else " "
            lines.append(f"- [{box}] {text(task, 'description')}")
        pieces.append("\n".join(lines))
    return "\n\n".join(pieces) or words
