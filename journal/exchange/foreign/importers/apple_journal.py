"""Apple Journal's ZIP of HTML: a page per entry, whose photos are in a folder beside it.

Its HTML is broken: the parts of an entry are divs that begin inside a line of text.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.exchange.exceptions import Damaged
from journal.exchange.foreign.files import Files, Unreadable
from journal.exchange.foreign.importer import Importer
from journal.exchange.foreign.items import Attachment, PlainEntry
from journal.exchange.foreign.markup import (
    PICTURES,
    Names,
    from_html,
    kind_of,
    with_whole_tags,
)
from journal.exchange.foreign.page_fields import natural_sort_key

HEAD = 64 * 1024  # bytes, with the styles that a page begins with
LONGEST_PAGE = 2 * 1024**2
MARK = re.compile(rb"""class=["'](?:pageContainer|pageHeader|bodyText|assetGrid)\b""")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
PARTS = {"pageHeader", "title", "reflectionPrompt", "bodyText"}
MEDIA = {"photo", "livePhoto", "video", "audio"}
EXTRAS = {
    **dict.fromkeys(("multiPinMap", "genericMap", "visit", "location"), "place"),
    **dict.fromkeys(("motionActivity", "workout", "workoutIcon", "workoutRoute"), "activities"),
    **dict.fromkeys(("thirdPartyMedia", "music", "song", "podcast"), "music"),
    **{"stateOfMind": "mood", "contact": "people"},
}


class AppleJournal(Importer):
    app = "apple_journal"
    label = "Apple Journal"
    how = gettext_lazy("In Journal: your profile, Export all entries; send the folder as a ZIP.")

    @classmethod
    def recognises(cls, files: Files) -> bool:
        return any(MARK.search(files.head(name, HEAD)) for name in _pages(files)[:5])

    def items(self) -> Iterator[PlainEntry]:
        self._find = Names(self.files)
        pages, used = _pages(self.files), set[str]()
        for name in pages:
            try:
                page = PageParser(self.files.text(name, LONGEST_PAGE))
            except (Unreadable, Damaged) as error:
                self.reading.left_out(getattr(error, "sentence", str(error)), name)
                continue
            if not page.is_entry:
                self.reading.left_out(_("It isn’t an entry of Apple Journal."), name)
            elif found := self._entry(page, name):
                used |= {photo.file for photo in found.photos}
                yield found
        for name in self.files.names:
            if name not in used and name not in pages and not name.endswith("index.html"):
                why = _("It isn’t a photo of an entry, so it stays in your file.")
                self.reading.left_out(why, name, "")

    def _entry(self, page: "PageParser", name: str) -> PlainEntry | None:
        stem = name.rpartition("/")[2].rpartition(".")[0] or name
        # The name is the same in every language, the header in that of the phone.
        said = DAY.match(stem)
        when = self.reading.moment(said[0]) if said else None
        when = when or self.reading.moment(page.part("pageHeader"))
        if when is None:
            self.reading.left_out(_("It has no date."), name)
            return None
        title, body = page.part("title"), from_html("".join(page.parts["bodyText"]))
        photos, more = list[Attachment](), list[str]()
        extras: dict[str, list[str]] = defaultdict(list)
        for asset in page.assets:
            words, photo = asset.said(), self._photo(asset, name)
            if asset.kind in EXTRAS or (words and asset.kind not in MEDIA):
                extras[EXTRAS.get(asset.kind, asset.kind)].append(words)
            elif photo:
                photos.append(photo)
            else:
                stands = asset.stands()
                self.reading.note(_("What stands in its place says what it was: %s") % stands, name)
                more.append(f"{stands} {words}".strip())
        body = "\n\n".join(part for part in (body, *more) if part)
        return PlainEntry(
            own_id=stem,
            when=when,
            text=body or title,
            title=title if body else "",
            name=name,
            prompt=page.part("reflectionPrompt"),
            photos=photos,
            extras={key: "; ".join(filter(None, words)) for key, words in extras.items()},
            only_if="moods" if extras and not (body or title or photos) else "",
        )

    def _photo(self, asset: "Asset", page: str) -> Attachment | None:
        for target in asset.files:
            found = self._find.find(target, page)
            if found and found.lower().endswith(PICTURES):
                return Attachment(found, asset.said())
        return None


@dataclass
class Asset:
    """Something that an entry shows: a photo, a place, a state of mind."""

    kind: str
    files: list[str] = field(default_factory=list)
    words: list[tuple[str, str]] = field(default_factory=list)  # with the class of their div

    def said(self) -> str:
        """Without the source of a state of mind, which stands below it."""
        said: dict[str, list[str]] = defaultdict(list)
        for name, words in self.words:
            if words.strip() and (self.kind != "stateOfMind" or "Footer" not in name):
                said[name] += words.split()
        return ", ".join(" ".join(words) for words in said.values())

    def stands(self) -> str:
        kinds = {"video": _("[video]"), "audio": _("[audio]")}
        named = (kind_of(file) for file in self.files)
        return kinds.get(self.kind) or next((kind for kind in named if kind), _("[photo]"))


class PageParser(HTMLParser):
    """The parts of a page, by the div that they are in, however its other tags are nested."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: dict[str, list[str]] = defaultdict(list)  # the body as HTML
        self.assets: list[Asset] = []
        self.is_entry = False
        self._divs: list[tuple[str, str]] = []  # the part that each is in, and its class
        self.feed(with_whole_tags(html))
        self.close()

    def part(self, name: str) -> str:
        return " ".join("".join(self.parts[name]).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        names = (given.get("class") or "").split()
        part = self._divs[-1][0] if self._divs else ""
        if tag == "div":
            self.is_entry |= bool(PARTS & {*names})
            inside = next((name for name in names if name in PARTS), part)
            if "gridItem" in names:
                inside = "asset"
                kinds = [name[10:] for name in names if name.startswith("assetType_")]
                self.assets.append(Asset(kinds[0] if kinds else ""))
            self._divs.append((inside, " ".join(names)))
        if part == "bodyText":
            self.parts[part].append(self.get_starttag_text() or "")
        elif part == "asset" and given.get("src"):
            self.assets[-1].files.append(given["src"] or "")

    def handle_endtag(self, tag: str) -> None:
        if self._divs and self._divs[-1][0] == "bodyText":
            self.parts["bodyText"].append(f"</{tag}>")
        if tag == "div" and self._divs:
            self._divs.pop()

    def handle_data(self, data: str) -> None:
        part, name = self._divs[-1] if self._divs else ("", "")
        if part == "asset":
            self.assets[-1].words.append((name, data))
        elif part:
            self.parts[part].append(escape(data) if part == "bodyText" else data)


def _pages(files: Files) -> list[str]:
    """In the order of their days, and those of a day by their number."""
    if files.is_single:
        return files.names
    pages = [name for name in files.find("*.html", "*.htm") if not name.endswith("index.html")]
    return sorted(pages, key=natural_sort_key)
