"""The text of Quill, an editor of several apps: a list of insertions, as Markdown."""

from typing import Any

from django.utils.translation import gettext as _

from journal.exchange.foreign.json_values import inner, listed, text
from journal.exchange.foreign.markup import tidy

AROUND = {"code": "`", "strike": "~~", "italic": "*", "bold": "**"}
LISTS = {"bullet": "- ", "ordered": "1. ", "checked": "- [x] ", "unchecked": "- [ ] "}
MOST_INDENTS = 8


def from_delta(delta: Any) -> str:
    """Lines, whose kind the insertion of their end says."""
    lines: list[str] = []
    line: list[str] = []
    before = ""
    for op in listed(delta, "ops"):
        said = inner(op, "attributes")
        words = op.get("insert") if isinstance(op, dict) else None
        if not isinstance(words, str):
            line.append(embedded(words))
            continue
        *whole, rest = words.split("\n")
        for part in whole:
            line.append(styled(part, said))
            kind, begins = of_line(said)
            # A paragraph ends with an empty line; a list, a quote or code goes on.
            if (lines and kind != before) or not kind:
                lines.append("")
            lines.append(f"{begins}{''.join(line)}" if kind else "".join(line))
            line, before = [], kind
        line.append(styled(rest, said))
    return tidy("\n".join([*lines, "", "".join(line)]))


def of_line(said: dict[str, Any]) -> tuple[str, str]:
    """The kind of a line, and what it begins with in Markdown."""
    level, indent = said.get("header"), said.get("indent")
    if type(level) is int and 1 <= level <= 6:
        return f"header {level}", f"{'#' * level} "
    if (kind := text(said, "list")) in LISTS:
        deep = indent if type(indent) is int else 0
        return "list", "  " * max(0, min(deep, MOST_INDENTS)) + LISTS[kind]
    if said.get("blockquote") is True:
        return "quote", "> "
    return ("code", "    ") if said.get("code-block") else ("", "")


def styled(words: str, said: dict[str, Any]) -> str:
    """The spaces around stay outside of the stars, which mean nothing before a space."""
    inside = words.strip()
    if not inside:
        return words
    start, end = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    for name, sign in AROUND.items():
        if said.get(name) is True:
            inside = f"{sign}{inside}{sign}"
    if link := text(said, "link"):
        inside = f"[{inside}]({link})"
    return f"{start}{inside}{end}"


def embedded(given: Any) -> str:
    stands = {"image": _("[photo]"), "video": _("[video]"), "audio": _("[audio]")}
    return next((words for kind, words in stands.items() if text(given, kind)), "")
