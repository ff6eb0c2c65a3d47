"""Two versions of a text side by side: what is only in this one is marked."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from journal.reflections.entries.models import Entry

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


def settled(posted: Mapping[str, str], stored: Entry) -> dict[str, str]:
    """What the conflict page posted, as an ordinary edit: its choice becomes the body.

    The page is gone through like any other form, so a third save that came in between shows the
    page again. Other posts come back as they are.
    """
    fields = {name: posted[name] for name in posted}
    if "mine" in fields:
        mine, title = fields["mine"], fields.get("title", "")
        fields["body"] = mine
        if fields.get("keep") not in ("mine", "theirs"):
            fields["title"] = stored.title or title
            fields["body"] = both(stored.body, titled(mine, title, beside=fields["title"]))
    return fields


def titled(text: str, title: str, *, beside: str) -> str:
    """The text under its own title, unless the entry will have that title anyway."""
    return text if title.strip() in ("", beside) else f"{title.strip()}\n\n{text}"


def both(first: str, second: str) -> str:
    """One text, with the second version below the first; pressed twice, it is there once."""
    below = f"\n\n---\n\n{_lines(second).lstrip()}"
    return first if first.endswith(below) else f"{first.rstrip()}{below}"


def _lines(text: str) -> str:
    """With the line ends that are stored, as a browser sends others."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
