"""Two versions of a text side by side: what is only in this one is marked."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from journal.reflections.entries.models import Entry

WORD = re.compile(r"\s*\S+|\s+$")  # with the space before it, so that marks do not stutter
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


def settled(posted: Mapping[str, str], stored: Entry) -> dict[str, str]:
    """What the conflict page posted, as an ordinary edit: its choice becomes the body.

    The page is gone through like any other form, so a third save that came in between shows the
    page again. Other posts come back as they are.
    """
    fields = {name: posted[name] for name in posted}
    if "mine" in fields:
        mine = fields["body"] = fields["mine"]
        if fields.get("keep") not in ("mine", "theirs"):
            fields["body"] = both(stored.body, mine)
            fields["title"] = stored.title or fields.get("title", "")
    return fields


def both(first: str, second: str) -> str:
    """One text, with the second version below the first."""
    return f"{first.rstrip()}\n\n---\n\n{second.lstrip()}"
