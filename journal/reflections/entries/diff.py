"""Two versions of a text side by side: each marks the words that only it has."""

import re
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

WORD = re.compile(r"\s*\S+|\s+$")  # with the space before it, so that adjacent words share one mark
COUNTED = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")  # the same pattern as in js/page.js
LINES = re.compile(r"(\n+)")  # a mark ends with its paragraph


def only_in(this: str, other: str) -> SafeString:
    """Renders `this` as HTML, with the words that `other` lacks in `<ins>`."""
    mine, theirs = WORD.findall(this), WORD.findall(other)
    matcher = SequenceMatcher(None, theirs, mine, autojunk=len(mine) > 1000)
    pieces = []
    for kind, _from, _to, start, end in matcher.get_opcodes():
        for text in LINES.split("".join(mine[start:end])):
            marked = kind in ("insert", "replace") and text.strip()
            pieces.append((format_html("<ins>{}</ins>", text) if marked else text,))
    return format_html_join("", "{}", pieces)


def how_many_words(text: str) -> str:
    count = len(COUNTED.findall(text))
    return ngettext("%(n)s word", "%(n)s words", count) % {"n": count}
