"""Reads the front matter of a Markdown page, as YAML, as TOML, or line by line.

Every value becomes text or a list of texts, never a date or a number: `BaseLoader` knows no types,
so it makes no objects. What is no valid YAML, as people write it by hand, is read line by line.
"""

import tomllib
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

import yaml

from journal.privacy import json_input

FENCES = {"---": ("---", "..."), "+++": ("+++",)}
BLOCKS = (">", ">-", "|", "|-")  # in place of a value that begins on the next line
MOST_LINES = 400
LONGEST = 64 * 1024  # characters
LONGEST_LINE = 4000  # characters
MOST_BRACKETS = 200  # of a kind; a parser recurses into them
MOST_VALUES = 500  # of a list; an alias may repeat one without end
Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def split(text: str) -> tuple[dict[str, Any], str]:
    """The front matter, whose values are text or lists of text, and the page. Without a closing
    fence all of the text is the page."""
    lines = text.split("\n")
    fence = lines[0].rstrip() if lines else ""
    if fence not in FENCES:
        return {}, text
    for number, line in enumerate(lines[1 : MOST_LINES + 1], start=1):
        if line.rstrip() in FENCES[fence]:
            front = lines[1:number]
            said = _toml(front) if fence == "+++" else _yaml(front)
            return (_said(front) if said is None else said), "\n".join(lines[number + 1 :])
    return {}, text


def _yaml(lines: list[str]) -> dict[str, Any] | None:
    text = "\n".join(lines)
    if len(text) > LONGEST or any(text.count(one) > MOST_BRACKETS for one in "[{"):
        return None
    with suppress(yaml.YAMLError, ValueError, RecursionError):
        return _tidy(yaml.load(text, Loader))  # noqa: S506 - makes texts and lists only
    return None


def _toml(lines: list[str]) -> dict[str, Any] | None:
    text = "\n".join(lines)
    if len(text) > LONGEST or any(text.count(one) > MOST_BRACKETS for one in "[{"):
        return None
    with suppress(tomllib.TOMLDecodeError, ValueError, RecursionError):
        return _tidy(tomllib.loads(text))
    return None


def _tidy(given: Any) -> dict[str, Any] | None:
    if given is None or given == "":
        return {}
    if not isinstance(given, dict):
        return None
    return {str(key).strip().lower(): _plain(value) for key, value in given.items()}


def _plain(value: Any) -> str | list[str]:
    if isinstance(value, (dict, list)):
        texts = list(islice(_texts(value), MOST_VALUES))
        return ", ".join(texts) if isinstance(value, dict) else texts
    return "" if value is None or value in ("null", "~") else str(value)


def _texts(value: Any) -> Iterator[str]:
    """The texts in lists and objects, those of an object with their names. An alias to what holds
    it ends at MOST_VALUES, or in a RecursionError."""
    if isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield f"{key}: {_plain(one) if not isinstance(one, list) else ', '.join(_plain(one))}"
    elif value is not None:
        yield str(value)


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
