"""Reads the front matter of a Markdown page: `key: value` lines and lists of words.

It supports only this part of YAML, since anchors and types make a parser unsafe.
"""

from contextlib import suppress
from typing import Any

from journal.privacy import json_input

FENCE = "---"
BLOCKS = (">", ">-", "|", "|-")  # in place of a value that begins on the next line
MOST_LINES = 200
LONGEST_LINE = 4000  # characters


def split(text: str) -> tuple[dict[str, Any], str]:
    """The front matter, whose values are text or lists of text, and the page. Without a closing
    fence all of the text is the page."""
    lines = text.splitlines()
    if not lines or lines[0].rstrip() != FENCE:
        return {}, text
    for number, line in enumerate(lines[1 : MOST_LINES + 1], start=1):
        if line.rstrip() in (FENCE, "..."):
            return _said(lines[1:number]), "\n".join(lines[number + 1 :])
    return {}, text


def _said(lines: list[str]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    key = ""
    for line in lines:
        if line.lstrip().startswith("- ") and key:
            held = said.get(key)
            said[key] = [*(held if isinstance(held, list) else []), _text(line.lstrip()[2:])]
        elif ":" in line and not line.startswith((" ", "\t", "#")):
            key, _colon, rest = line.partition(":")
            key = key.strip().lower()
            said[key] = _value(rest.strip())
        elif line.strip() and isinstance(held := said.get(key), str):  # a value of several lines
            said[key] = f"{'' if held in BLOCKS else held} {line.strip()}".strip()
    return said


def _value(text: str) -> str | list[str]:
    if not (text.startswith("[") and text.endswith("]")):
        return _text(text)
    with suppress(ValueError):
        given = json_input.parse(text, longest=LONGEST_LINE)
        return [str(one) for one in given if isinstance(one, (str, int, float))]
    return [_text(part) for part in text[1:-1].split(",") if part.strip()]


def _text(text: str) -> str:
    text = text.strip()
    if text.startswith('"'):
        with suppress(ValueError):
            return str(json_input.parse(text, longest=LONGEST_LINE))
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1]
    return text
