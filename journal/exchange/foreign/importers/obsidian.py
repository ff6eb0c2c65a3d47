"""Obsidian's vault: Markdown with links in double brackets, comments, and folders whose use its
settings say."""

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.exchange.exceptions import Damaged
from journal.exchange.foreign.files import Files, Unreadable
from journal.exchange.foreign.importer import Reading
from journal.exchange.foreign.importers.markdown import Markdown
from journal.exchange.foreign.items import Attachment
from journal.exchange.foreign.json_values import text
from journal.exchange.foreign.markup import outside_code, without_page_links, without_wiki_links
from journal.exchange.foreign.page_fields import pages_of

SETTINGS = re.compile(r"((?:.*/)?)\.obsidian/.*")
LINK = re.compile(rb"\[\[[^\[\]\n]{1,500}\]\]")
OURS = b"\nselftrust: "  # a page of our own export
LOOKED_AT = 50  # pages, by which a vault without its settings is recognised
COMMENT = re.compile(r"[ \t]?%%.*?(?:%%|\Z)", re.DOTALL)
BLOCK_ID = re.compile(r"(?:^|(?<![ \t])[ \t]+)\^[\w-]{1,100}[ \t]*$", re.MULTILINE)
CALLOUT = re.compile(
    r"^(> ?)\[!(\w[\w-]{0,50})(?:\|[^\]\n]{0,50})?\][+-]?[ \t]*(.*)$", re.MULTILINE
)
DRAWING = ".excalidraw.md"
# A file of settings, and the key under which it names a folder or a page of templates.
TEMPLATES = {
    "templates.json": "folder",
    "daily-notes.json": "template",
    "plugins/templater-obsidian/data.json": "templates_folder",
}
LONGEST_SETTINGS = 1024**2


class Obsidian(Markdown):
    # Its pages are known by their days and names, as those of any Markdown are.
    label = "Obsidian"
    how = gettext_lazy("Pack the folder of your vault as a ZIP.")

    def __init__(self, files: Files, reading: Reading) -> None:
        super().__init__(files, reading)
        self.pages = [name for name in self.pages if not name.lower().endswith(DRAWING)]
        self.used = set(self.pages)
        self._templates = _templates(files)

    @classmethod
    def recognises(cls, files: Files) -> bool:
        pages = pages_of(files, cls.endings)
        if not pages or files.is_single:
            return False
        if any(SETTINGS.match(name) for name in files.names):
            return True
        heads = [files.head(name) for name in pages[:LOOKED_AT]]
        return any(map(LINK.search, heads)) and not any(OURS in head for head in heads)

    def only_if(self, said: dict[str, Any], name: str) -> str:
        lower = name.lower()
        if any(lower == one or lower.startswith(f"{one}/") for one in self._templates):
            return "templates"
        return super().only_if(said, name)

    def extras(self, said: dict[str, Any], name: str) -> dict[str, str]:
        return {key: without_wiki_links(value) for key, value in super().extras(said, name).items()}

    def linked(self, body: str, page: str) -> tuple[str, list[Attachment]]:
        body = outside_code(body, lambda words: self._plain(words, page))
        body, photos = super().linked(body, page)
        body = without_page_links(body, lambda target: self.find.find(target, page))
        return outside_code(body, without_wiki_links), photos

    def why_left_out(self, name: str) -> str:
        if SETTINGS.match(name):
            return _("It’s a setting of the other app.")
        if name.lower().endswith((DRAWING, ".canvas", ".base")):
            return _("It’s a drawing, a board or a list, so it stays in your file.")
        return super().why_left_out(name)

    def _plain(self, words: str, page: str) -> str:
        """Without comments and names of blocks; a callout is a quote with a bold title."""
        shown = COMMENT.sub("", words)
        if shown != words:
            self.reading.note(_("A comment that the other app hides was left out."), page)
        shown = BLOCK_ID.sub("", shown)
        return CALLOUT.sub(lambda one: f"{one[1]}**{one[3] or one[2].capitalize()}**", shown)


def _templates(files: Files) -> set[str]:
    """The folders and pages of templates, as the settings of the vault name them."""
    found = set()
    for name in files.names:
        settings = SETTINGS.match(name)
        for ending, key in TEMPLATES.items():
            if settings and name.endswith(f".obsidian/{ending}"):
                try:
                    said = text(files.json(name, LONGEST_SETTINGS), key).strip("/ ")
                except (Unreadable, Damaged):
                    continue
                if said:
                    path = f"{settings[1]}{said}".lower()
                    found |= {path, f"{path}.md"}
    return found
