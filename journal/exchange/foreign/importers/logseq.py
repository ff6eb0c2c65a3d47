"""Logseq: a page per day in journals/, each an outline of blocks with properties and references.

Its own folder keeps old copies of pages (bak), which are not read, and what was thrown away
(.recycle).
"""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.exchange.exceptions import Damaged
from journal.exchange.foreign.files import Files, Unreadable
from journal.exchange.foreign.importer import Reading
from journal.exchange.foreign.importers.markdown import LONGEST_PAGE, Markdown
from journal.exchange.foreign.items import Attachment, PlainEntry
from journal.exchange.foreign.markup import hashtags_of, without_wiki_links
from journal.exchange.foreign.page_fields import EXTRAS, OWN, is_old_copy
from journal.exchange.front_matter import split

GRAPH = re.compile(r"(?:^|/)(?:logseq/config\.edn|journals/\d{4}_\d\d_\d\d\.md)$")
PROPERTY = re.compile(r"\s*(?:[-*] )?([^\W\d_][\w./-]{0,60})::(?: +(.*))?$")
BLOCK = re.compile(r"(\s*)- (.*)")
MARKERS = "(TODO|DOING|NOW|LATER|WAITING|IN-PROGRESS|DONE) "
MARKER, TASK = re.compile(f"^{MARKERS}"), re.compile(rf"(\s*[-*] ){MARKERS}")
LOGBOOK = re.compile(r"^[ \t]*:LOGBOOK:\n(?:.*\n){0,200}?[ \t]*:END:\n?", re.MULTILINE)
SIZE = re.compile(r"(\]\([^()\n]{0,1000}\))\{:[^{}\n]{0,200}\}")
ID = r"\(\(([0-9a-f-]{36})\)\)"
LABELLED = re.compile(rf"\[([^\[\]\n]{{1,500}})\]\((?:{ID}|\[\[[^\[\]\n]{{1,500}}\]\])\)")
REFERENCE = re.compile(rf"(?:\{{\{{embed )?{ID}(?:\}}\}})?")
MACRO = re.compile(r"\{\{(\w+):? ?([^{}\n]{0,2000})\}\}")
SHOWN = {"embed", "video", "youtube", "vimeo", "bilibili", "tweet", "twitter"}
# Of use to the other app only.
SETTINGS = re.compile(
    r"(?:id|collapsed|heading|alias|icon|public|background-color|template.*|card-.*|query-.*|ls-.*"
    r"|hl-.*|logseq\..*|(?:created|updated)-at|filters|exclude-from-graph-view)$"
)
SILENT = {"id", "collapsed"}


class Logseq(Markdown):
    # Its pages are known by their days and names, as those of any Markdown are.
    label = "Logseq"
    how = gettext_lazy("Pack the folder of your graph, which has journals in it, as a ZIP.")
    endings = ("*.md",)

    def __init__(self, files: Files, reading: Reading) -> None:
        super().__init__(files, reading)
        self._blocks: dict[str, str] | None = None

    @classmethod
    def recognises(cls, files: Files) -> bool:
        return any(GRAPH.search(name) for name in files.names) and bool(files.find("*.md"))

    def items(self) -> Iterator[PlainEntry]:
        for entry in super().items():
            if not entry.columns:
                entry.tags += hashtags_of(entry.text)
                entry.text = without_wiki_links(entry.text)
            yield entry

    def parted(self, name: str, text: str) -> tuple[dict[str, Any], str]:
        said, body = split(text)
        if OWN in said:
            return said, body
        lines: list[str] = []
        is_code = False
        for line in LOGBOOK.sub("", body).split("\n"):
            is_code ^= "```" in line
            if not is_code and (found := PROPERTY.match(line)):
                self._property(said, found[1].lower(), without_wiki_links(found[2] or ""), name)
            elif line.strip() not in ("-", "*") or lines:
                lines.append(self._line(line))
        body = "\n".join(lines).strip("\n")
        return said, "" if not body.strip("- \n") else body

    def extras(self, said: dict[str, Any], name: str) -> dict[str, str]:
        return {key: without_wiki_links(value) for key, value in super().extras(said, name).items()}

    def linked(self, body: str, page: str) -> tuple[str, list[Attachment]]:
        body = LABELLED.sub(r"\1", SIZE.sub(r"\1", body))
        body = REFERENCE.sub(lambda said: self._referred(said[1], page), body)
        body, photos = super().linked(MACRO.sub(lambda said: self._macro(said, page), body), page)
        return "\n".join(line.rstrip() for line in body.split("\n") if line.strip() != "-"), photos

    def why_left_out(self, name: str) -> str:
        if name.lower().endswith(".org"):
            return _("It’s written in Org mode, which we can’t read.")
        if "logseq" in name.split("/")[:-1] and not is_old_copy(name):
            return _("It’s a setting of the other app.")
        return super().why_left_out(name)

    def _property(self, said: dict[str, Any], key: str, value: str, name: str) -> None:
        """Of the page or a block: several of one name are one label of the entry."""
        if SETTINGS.match(key):
            if key not in SILENT:
                self.reading.note(_("A setting of the other app was left out: %s") % key, name)
        elif key in ("tags", "tag"):
            found = said.setdefault("tags", [])
            tags = [one.strip().removeprefix("#") for one in value.split(",")]
            said["tags"] = [*(found if isinstance(found, list) else [found]), *tags]
        elif value.strip():
            held = said.get(EXTRAS.get(key, key), "")
            said[EXTRAS.get(key, key)] = f"{held}, {value.strip()}" if held else value.strip()

    def _line(self, line: str) -> str:
        bare = line.lstrip("\t")
        line = " " * 4 * (len(line) - len(bare)) + bare
        return TASK.sub(lambda one: f"{one[1]}[{'x' if one[2] == 'DONE' else ' '}] ", line)

    def _referred(self, own: str, page: str) -> str:
        if self._blocks is None:
            self._blocks = dict(self._all_blocks())
        if own not in self._blocks:
            self.reading.note(_("What it refers to isn’t in the file."), page)
        return self._blocks.get(own, "")

    def _all_blocks(self) -> Iterator[tuple[str, str]]:
        """The ids of blocks that have one, and their words, without further references."""
        for name in self.pages:
            try:
                text = self.files.text(name, LONGEST_PAGE)
            except (Unreadable, Damaged):
                continue
            words = ""
            for line in text.split("\n"):
                if block := BLOCK.match(line):
                    words = MARKER.sub("", REFERENCE.sub("", block[2])[:1000])
                if (said := PROPERTY.match(line)) and said[1].lower() == "id":
                    yield (said[2] or "").strip(), words.strip()

    def _macro(self, said: re.Match[str], page: str) -> str:
        if said[1] in SHOWN:
            return said[2].strip()
        self.reading.note(_("A part that the other app works out was left out: %s") % said[1], page)
        return ""
