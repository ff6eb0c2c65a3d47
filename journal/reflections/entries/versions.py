"""Two versions of a text side by side: what is only in this one is marked."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

LINES = re.compile(r"(\n+)")
WORD = re.compile(r"\s+|[^\s]+")


def only_in(this: str, other: str) -> SafeString:
    """`this` as HTML, with the words that `other` does not have in `<ins>`."""
    mine, theirs = WORD.findall(this), WORD.findall(other)
    matcher = SequenceMatcher(None, theirs, mine, autojunk=len(mine) > 2000)
    pieces = []
    for kind, _from, _to, start, end in matcher.get_opcodes():
        text = "".join(mine[start:end])
        if text:
            marked = kind in ("insert", "replace")
            pieces += [(_inserted(line) if marked else line,) for line in LINES.split(text)]
    return format_html_join("", "{}", pieces)


def settled(posted: Mapping[str, str], saved: str) -> dict[str, str]:
    """What the conflict page posted, as an ordinary edit: its choice becomes the body.

    The page is gone through like any other form, so a third save that came in between shows the
    page again. Other posts come back as they are.
    """
    fields = {name: posted[name] for name in posted}
    if "mine" in fields:
        mine = fields["mine"]
        fields["body"] = {"mine": mine, "theirs": saved}.get(
            fields.get("keep", ""), both(saved, mine)
        )
    return fields


def _inserted(line: str) -> str:
    """A mark ends with its line, since paragraphs are made of them afterwards."""
    return format_html("<ins>{}</ins>", line) if line.strip() else line


def both(first: str, second: str) -> str:
    """One text, with the second version below the first."""
    return f"{first.rstrip()}\n\n---\n\n{second.lstrip()}"
