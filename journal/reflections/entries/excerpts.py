"""The beginning of a text, as lists show it."""

import re

EXCERPT_CHARACTERS = 220
NOT_AT_A_CUT = " ,;:."  # what a text that was shortened does not end with, nor its rest begin
MARKUP = re.compile(r"^[#>\-*+\s]+|[*_`~]+", re.MULTILINE)


def beginning(text: str) -> str:
    """Enough of it for an excerpt, without markup."""
    return MARKUP.sub("", text[: EXCERPT_CHARACTERS * 2]).strip()


def plain(text: str) -> str:
    """The same on one line."""
    return " ".join(beginning(text).split())


def cut(text: str, characters: int) -> str:
    """Shortened at a word, with an ellipsis, where it is longer."""
    if len(text) <= characters:
        return text
    return text[:characters].rsplit(" ", 1)[0].rstrip(NOT_AT_A_CUT) + "…"
