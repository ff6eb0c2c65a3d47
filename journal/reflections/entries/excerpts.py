"""The beginning of a text, as lists show it."""

import re

EXCERPT_CHARACTERS = 220
OPENING_CHARACTERS = 360  # of an entry without a title: about 60 words
READ_FOR_OPENING = OPENING_CHARACTERS * 2  # with markup, which may be half of it
NOT_AT_A_CUT = " ,;:."  # never at the end of a shortened text, nor at the start of its rest
# Signs at the start of a line and around words; those within, as of 2*3 and ¯\_(ツ)_/¯, are words.
MARKUP = re.compile(
    r"^\s*(?:(?:>|#{1,6}(?=\s)|[-*+](?=\s)|-{3,}(?=\s*$))\s*)*"
    r"|(?<![\w\\)])[*_`~]+(?=\S)|(?<=[^\s\\])[*_`~]+(?![\w/])",
    re.MULTILINE,
)


def beginning(text: str, characters: int = EXCERPT_CHARACTERS * 2) -> str:
    """So much of the text, without markup; by default enough for an excerpt."""
    return MARKUP.sub("", text[:characters]).strip()


def plain(text: str) -> str:
    """The text without markup, on one line."""
    return " ".join(beginning(text).split())


def whole_sentences(text: str, characters: int) -> str:
    """Shortens a longer text at the end of a sentence, or at a word where the sentence is long."""
    if len(text) <= characters:
        return text
    end = max(text.rfind(mark, 0, characters) for mark in (". ", "! ", "? ", "… ", "。", "؟ "))
    return text[: end + 1] if end > characters // 3 else cut(text, characters)


def cut(text: str, characters: int) -> str:
    """Shortens a longer text at a word and appends an ellipsis."""
    if len(text) <= characters:
        return text
    return text[:characters].rsplit(" ", 1)[0].rstrip(NOT_AT_A_CUT) + "…"
