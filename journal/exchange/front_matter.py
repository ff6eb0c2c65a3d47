"""Reads the front matter of a Markdown page: `key: value` lines and lists of words.

It supports only this part of YAML, since anchors and types make a parser unsafe.
"""

import json
from contextlib import suppress
from typing import Any

FENCE = "---"
MOST_LINES = 200


def split(text: str) -> tuple[dict[str, Any], str]:
    """The front matter and the page. Without a closing fence all of the text is the page."""
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
            said[key] = [*(held if isinstance(held, list) else []), _value(line.lstrip()[2:])]
        elif ":" in line and not line.startswith((" ", "\t", "#")):
            key, _colon, rest = line.partition(":")
            key = key.strip().lower()
            said[key] = _value(rest)
    return said


def _value(text: str) -> Any:
    text = text.strip()
    if text.startswith(('"', "[")):
        with suppress(ValueError, RecursionError):
            return json.loads(text)
    if text.startswith("[") and text.endswith("]"):
        return [_value(part) for part in text[1:-1].split(",") if part.strip()]
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1]
    return text
