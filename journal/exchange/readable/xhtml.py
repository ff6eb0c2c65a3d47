"""HTML as XML, which an e-book is made of: each tag closed, each attribute with a value.

For our own templates and the HTML of entries, in which every element that is no void one is closed.
"""

import re
from html import escape
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "link", "meta"}
SVG = ' xmlns="http://www.w3.org/2000/svg"'
CAPITALS = {"viewbox": "viewBox", "pathlength": "pathLength"}  # as XML has them
NOT_IN_A_BOOK = {"loading", "tabindex"}
# Characters that XML cannot contain, whatever stands for them.
FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xhtml(piece: str) -> str:
    parser = _Parser()
    parser.feed(piece)
    parser.close()
    return "".join(parser.written)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []

    def _open(self, tag: str, attrs: list[tuple[str, str | None]], end: str) -> None:
        given = "".join(
            f' {CAPITALS.get(name, name)}="{text(name if value is None else value)}"'
            for name, value in attrs
            if name not in NOT_IN_A_BOOK
        )
        self.written.append(f"<{tag}{SVG if tag == 'svg' else ''}{given}{end}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open(tag, attrs, "/>" if tag in VOID else ">")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open(tag, attrs, "/>")

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.written.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.written.append(text(data))


def text(words: str) -> str:
    return escape(FORBIDDEN.sub("\ufffd", words))
