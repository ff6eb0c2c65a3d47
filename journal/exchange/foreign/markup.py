"""The texts of other apps as Markdown: HTML turned into it, and what links to files in it."""

import re
import unicodedata
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import zip_longest
from posixpath import normpath
from urllib.parse import unquote

from django.utils.translation import gettext as _

from journal.exchange.foreign.files import Files
from journal.exchange.foreign.items import Attachment

PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".gif", ".avif", ".tif", ".tiff")
SOUNDS = (".mp3", ".m4a", ".aac", ".wav", ".ogg", ".opus", ".flac")
FILMS = (".mp4", ".mov", ".m4v", ".webm", ".avi", ".mkv", ".3gp")
# ![words](<file> "title"), ![[file|words]]
TARGET = r"\(\s*<?((?:[^()\n<>]|\([^()\n]{0,200}\)){1,1000}?)>?(?:\s+\"[^\"\n]*\")?\s*\)"
LINK = re.compile(rf"!\[([^\]\n]{{0,500}}+)\]{TARGET}")
# [words](file), but for addresses elsewhere
TEXT_LINK = re.compile(rf"(?<!!)\[([^\]\n]{{1,500}}+)\](?!\(\s*(?:\w+:[^/]|\w+://|#)){TARGET}")
EMBED = re.compile(r"!\[\[([^\]|\n]{1,500}+)(?:\|([^\]\n]{0,500}))?\]\]")
WIKI_LINK = re.compile(r"!?\[\[([^\[\]|\n]{1,500}+)(?:\\?\|([^\[\]\n]{0,500}))?\]\]")
# Tags in brackets, between two signs, or of one word.
HASHTAG = re.compile(
    r"(?<![\w&/#\\])#(?:\[\[([^\[\]\n]{1,100})\]\]"
    r"|([^\W\d_](?:[^#\n\[\]]{0,60}[^\s#\[\]])?)#(?!\w)"
    r"|([^\W_][\w/-]{0,100}))"
)
CODE = re.compile(r"```.*?(?:```|$)|`[^`\n]{0,500}`", re.DOTALL)
DECLARATION = re.compile(r"<[!?][^<>]{0,1000}>")
# Quotes in a tag are in pairs, or its end would be looked for in all that follows.
NO_TAG = re.compile(r"""<(?!/?[A-Za-z](?:[^<>"']|"[^<"]*"|'[^<']*')*>)""")
DEEPEST = 20  # lists and quotes inside each other, whose indents are shown
SPACE = re.compile(r"[ \t\r\n\f\v]+")
GAPS = re.compile(r"\n{3,}")


class Names:
    """Finds the file that a link in a page means."""

    def __init__(self, files: Files) -> None:
        self._whole = {plain(name): name for name in files.names}
        self._last: dict[str, str] = {}
        for name in files.names:
            self._last.setdefault(plain(name.rpartition("/")[2]), name)

    def find(self, target: str, page: str = "") -> str | None:
        """By its path from the page, from the top, or by its name alone."""
        if "://" in target or target.startswith("data:"):
            return None
        target = unquote(target.split("#")[0]).replace("\\", "/").strip()
        for name in (beside(page, target).lstrip("/"), target.lstrip("/")):
            if found := self._whole.get(plain(name)):
                return found
        return self._last.get(plain(target.rpartition("/")[2]))


def beside(page: str, target: str) -> str:
    return normpath(f"{page.rpartition('/')[0]}/{target}")


def plain(name: str) -> str:
    """The same for names that a file system holds to be one."""
    return unicodedata.normalize("NFC", name).lower()


def named_photos(
    names: list[str], descriptions: list[str], find: Callable[[str], str]
) -> tuple[list[Attachment], list[str]]:
    """The photos that front matter names, and descriptions of none. A name of nothing stays, for
    the import to say so."""
    photos: dict[str, Attachment] = {}
    left = []
    for name, description in zip_longest(names, descriptions, fillvalue=""):
        file = find(name).encode("utf-8", "replace").decode() if name else ""
        if file and file not in photos:
            photos[file] = Attachment(file, description)
        elif description:
            left.append(description)
    return list(photos.values()), left


def kind_of(name: str) -> str:
    """What stands for a file that is not stored."""
    name = name.lower().split("#")[0].split("?")[0]
    if name.endswith(PICTURES):
        return _("[photo]")
    if name.endswith(SOUNDS):
        return _("[audio]")
    if name.endswith(FILMS):
        return _("[video]")
    return _("[PDF]") if name.endswith(".pdf") else ""


def without_links(
    text: str, find: Callable[[str], str | None], lost: Callable[[str], object]
) -> tuple[str, list[Attachment]]:
    """The text without links to photos, which stand below it, and the photos. `lost` hears of every
    other file: what stands in its place says its kind."""
    photos: dict[str, Attachment] = {}

    def replaced(target: str, words: str, whole: str) -> str:
        found = find(target)
        if found and found.lower().endswith(PICTURES):
            words = "" if words.isdecimal() or is_name_of(words, found) else words
            photos.setdefault(found, Attachment(found, words))
            return ""
        if "://" in target and not found:
            return whole
        lost(found or target)
        return words or kind_of(found or target) or whole

    text = EMBED.sub(lambda said: replaced(said[1], said[2] or "", said[0]), text)
    text = LINK.sub(lambda said: replaced(said[2], said[1], said[0]), text)
    return GAPS.sub("\n\n", text), list(photos.values())


def is_name_of(words: str, file: str) -> bool:
    """Whether a description is only what an app puts there by itself."""
    name, words = plain(file.rpartition("/")[2]), plain(words)
    return words.endswith(PICTURES) or words == name.rpartition(".")[0]


def without_page_links(text: str, find: Callable[[str], str | None]) -> str:
    """Links to other pages of the file as their words; a link to a photo shows it."""

    def replaced(said: re.Match[str]) -> str:
        found = find(said[2])
        if found and found.lower().endswith(PICTURES):
            return f"!{said[0]}"
        return said[1] if found or said[2].lower().endswith((".md", ".csv")) else said[0]

    return TEXT_LINK.sub(replaced, text)


def without_wiki_links(text: str) -> str:
    """[[page]] and [[page|words]] as the words that an app shows."""
    return WIKI_LINK.sub(lambda said: said[2] or said[1], text)


def outside_code(text: str, change: Callable[[str], str]) -> str:
    pieces, at = list[str](), 0
    for code in CODE.finditer(text):
        pieces += [change(text[at : code.start()]), code[0]]
        at = code.end()
    return "".join([*pieces, change(text[at:])])


def hashtags_of(text: str) -> list[str]:
    """The tags that stand in a text, outside of code. A number is none."""
    found = (said[1] or said[2] or said[3] for said in HASHTAG.finditer(CODE.sub("", text)))
    return [tag.rstrip("/-") for tag in found if not tag.isdecimal()]


def from_html(html: str) -> str:
    """HTML as Markdown: paragraphs, headings, lists, bold, italic, quotes, links; all other tags
    leave their text."""
    parser = _Markdown()
    parser.feed(with_whole_tags(html))
    parser.close()
    return parser.text()


def with_whole_tags(html: str) -> str:
    """HTML that html.parser reads in a time linear in its length, where broken tags would take it
    hours for a megabyte: whatever begins no whole tag is text. Without comments."""
    pieces, at = list[str](), 0
    while (begin := html.find("<!--", at)) >= 0 and (end := html.find("-->", begin + 4)) >= 0:
        pieces.append(html[at:begin])
        at = end + 3
    html = DECLARATION.sub("", "".join([*pieces, html[at:]]))
    return NO_TAG.sub("&lt;", html)


AROUND = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "del": "~~", "code": "`"}
BLOCKS = {"p", "div", "ul", "ol", "blockquote", "table", "section", "article", "pre", "figure"}
NOT_TEXT = {"script", "style", "head", "title"}


class _Markdown(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._out: list[str] = []
        self._lists: list[int | None] = []  # the number of the last item; None in a list of dots
        self._quotes: list[int] = []  # where they begin
        self._link: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in NOT_TEXT:
            self._hidden += 1
        elif tag in AROUND:
            self._out.append(AROUND[tag])
        elif tag == "br":
            self._out.append("\n")
        elif tag == "hr":
            self._out.append("\n\n---\n\n")
        elif tag == "img":
            self._out.append(f"![{given.get('alt') or ''}]({given.get('src') or ''})")
        elif tag == "a":
            self._link.append(given.get("href") or "")
            self._out.append("[" if self._link[-1] else "")
        elif tag == "li":
            self._item()
        elif tag in BLOCKS:
            if tag in ("ul", "ol"):
                self._lists.append(0 if tag == "ol" else None)
                self._out.append("\n" if len(self._lists) > 1 else "\n\n")
            else:
                self._out.append("\n\n")
            if tag == "blockquote":
                self._quotes.append(len(self._out))
        elif len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            self._out.append(f"\n\n{'#' * int(tag[1])} ")
        elif tag == "tr":
            self._out.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in NOT_TEXT:
            self._hidden = max(0, self._hidden - 1)
        elif tag in AROUND:
            self._out.append(AROUND[tag])
        elif tag == "a" and self._link:
            href = self._link.pop()
            self._out.append(f"]({href})" if href else "")
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()
            self._out.append("" if self._lists else "\n\n")
        elif tag == "blockquote" and self._quotes:
            start = self._quotes.pop()
            if len(self._quotes) < DEEPEST:
                lines = tidy("".join(self._out[start:])).split("\n")
                self._out[start:] = ["\n".join(f"> {line}".rstrip() for line in lines)]
            self._out.append("\n\n")
        elif tag in BLOCKS or (len(tag) == 2 and tag[0] == "h"):
            self._out.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._out.append(SPACE.sub(" ", data))

    def text(self) -> str:
        return tidy("".join(self._out))

    def _item(self) -> None:
        depth = "  " * min(DEEPEST, max(0, len(self._lists) - 1))
        if self._lists and self._lists[-1] is not None:
            self._lists[-1] += 1
            self._out.append(f"\n{depth}{self._lists[-1]}. ")
        else:
            self._out.append(f"\n{depth}- ")


def tidy(text: str) -> str:
    """Without spaces at the ends of lines and without gaps."""
    lines = (line.rstrip() for line in text.split("\n"))
    return GAPS.sub("\n\n", "\n".join(lines)).strip("\n ")
