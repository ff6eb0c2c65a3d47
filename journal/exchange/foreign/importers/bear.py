"""Bear's backup, and text bundles of any app: a folder per note, with its text, its photos, and a
file that says when it was begun and where it stood. Tags stand in the text."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.exchange.exceptions import Damaged
from journal.exchange.foreign.files import Files, Unreadable
from journal.exchange.foreign.importer import Reading
from journal.exchange.foreign.importers.markdown import HEADING, Markdown
from journal.exchange.foreign.items import Attachment, PlainEntry
from journal.exchange.foreign.json_values import inner, is_set, text
from journal.exchange.foreign.markup import (
    hashtags_of,
    without_page_links,
    without_wiki_links,
)
from journal.exchange.foreign.page_fields import natural_sort_key
from journal.exchange.front_matter import split

PAGE = re.compile(r"((?:.*/)?)text\.(?:md|markdown|txt)$")
BUNDLE = re.compile(r"\.textbundle/text(?=\.\w+$)")
KEPT = "net.shinyfrog.bear"  # where the file says what only Bear knows
SIZE = re.compile(r"<!-- ?\{[^{}\n]{0,300}\} ?-->")
NOTE_LINK = re.compile(r"\[([^\[\]\n]{1,500})\]\(bear://[^()\s]{0,1000}\)")
OLD_IMAGE = re.compile(r"\[(?:image|file):[^\[\]\n/]{0,200}/([^\[\]\n]{1,500})\]")
LONGEST_INFO = 256 * 1024


class Bear(Markdown):
    app = "bear"
    label = "Bear"
    how = gettext_lazy("In Bear: File, Backup Notes, or Export Notes as TextBundle, in a ZIP.")

    def __init__(self, files: Files, reading: Reading) -> None:
        super().__init__(files, reading)
        self.pages = sorted(_pages(files), key=natural_sort_key)
        names = set(files.names)
        infos = {info_of(name) for name in self.pages} & names
        self.used = {*self.pages, *infos}
        self._box = ""

    @classmethod
    def recognises(cls, files: Files) -> bool:
        return bool(_pages(files))

    def items(self) -> Iterator[PlainEntry]:
        for entry in super().items():
            entry.tags += hashtags_of(entry.text)
            yield entry

    def entries(self, name: str, text: str) -> Iterator[PlainEntry]:
        if is_set(self._info(name), "encrypted") and not text.strip():
            self.reading.left_out(_("It’s encrypted."), name)
            return
        yield from super().entries(name, text)

    def parted(self, name: str, text: str) -> tuple[dict[str, Any], str]:
        said, body = split(text)
        info = self._info(name)
        trashed = "trash" if is_set(info, "trashed") else ""
        self._box = trashed or ("archive" if is_set(info, "archived") else "")
        if heading := HEADING.match(body):
            rest = body[heading.end() :].strip("\n")
            if rest.strip():
                said["title"], body = heading[1], rest
            else:  # the title is all that was written
                body = heading[1]
        said["uuid"] = own_id_of(info) or BUNDLE.sub("", name).rpartition("/")[2]
        if begun := said_by(info, "creationDate"):
            said.setdefault("created", begun)
        if is_set(info, "pinned"):
            said["pinned"] = "1"
        return said, body

    def path_of(self, name: str) -> str:
        return BUNDLE.sub("", name)

    def only_if(self, said: dict[str, Any], name: str) -> str:
        return self._box

    def linked(self, body: str, page: str) -> tuple[str, list[Attachment]]:
        body = OLD_IMAGE.sub(r"![](assets/\1)", NOTE_LINK.sub(r"\1", SIZE.sub("", body)))
        body = without_page_links(body, lambda target: self.find.find(target, page))
        body, photos = super().linked(body, page)
        return without_wiki_links(body), photos

    def why_left_out(self, name: str) -> str:
        if name.endswith("tags.json"):
            return _("It’s a setting of the other app.")
        return super().why_left_out(name)

    def _info(self, name: str) -> dict[str, Any]:
        """What the file beside the text says; Bear says some of it in a part of its own."""
        if info_of(name) not in self.used:
            return {}
        try:
            said = self.files.json(info_of(name), LONGEST_INFO)
        except (Unreadable, Damaged):
            return {}
        return {**inner(said), **inner(said, KEPT)}


def _pages(files: Files) -> list[str]:
    names = set(files.names)
    return [name for name in files.names if PAGE.match(name) and info_of(name) in names]


def info_of(page: str) -> str:
    return f"{page.rpartition('/')[0]}/info.json".lstrip("/")


def said_by(info: dict[str, Any], key: str) -> str:
    return text(info, key) or text(info, f"bear-note-{key}")


def own_id_of(info: dict[str, Any]) -> str:
    return text(info, "uniqueIdentifier") or text(info, "bear-note-unique-identifier")
