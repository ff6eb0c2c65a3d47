"""Two versions of a text side by side: what is only in this one is marked."""

import re
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

WORD = re.compile(r"\s*\S+|\s+$")  # with the space before it, so that marks do not stutter
COUNTED = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")  # as js/page.js counts while someone writes
LINES = re.compile(r"(\n+)")  # marks end with their paragraph


def only_in(this: str, other: str) -> SafeString:
    """`this` as HTML, with the words that `other` does not have in `<ins>`."""
    mine, theirs = WORD.findall(this), WORD.findall(other)
    matcher = SequenceMatcher(None, theirs, mine, autojunk=len(mine) > 2000)
    pieces = []
    for kind, _from, _to, start, end in matcher.get_opcodes():
        for text in LINES.split("".join(mine[start:end])):
            marked = kind in ("insert", "replace") and text.strip()
            pieces.append((format_html("<ins>{}</ins>", text) if marked else text,))
    return format_html_join("", "{}", pieces)


def how_many_words(text: str) -> str:
    count = len(COUNTED.findall(text))
    return ngettext("%(n)s word", "%(n)s words", count) % {"n": count}
