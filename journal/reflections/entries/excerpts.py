"""The beginning of a text, as lists show it."""

import re

import regex
from django.utils.translation import ngettext

from journal.privacy import length

EXCERPT_CHARACTERS = 220
OPENING_CHARACTERS = 360  # of an entry without a title: about 60 words
READ_FOR_OPENING = OPENING_CHARACTERS * 2  # with markup, which may be half of it
NOT_AT_A_CUT = " ,;:."  # never at the end of a shortened text, nor at the start of its rest
# Signs at the start of a line and around words; those within, as of 2*3 and ¯\_(ツ)_/¯, are words.
MARKUP = re.compile(
    r"^[^\S\n]*(?:(?:>|#{1,6}(?=\s)|[-*+](?=\s)|-{3,}(?=\s*$))[^\S\n]*)*"
    r"|(?<![\w\\)])[*_`~]+(?=\S)|(?<=[^\s\\])[*_`~]+(?![\w/])",
    re.MULTILINE,
)

# The end of a sentence in any script, with the marks that close a quotation.
SENTENCE_END = re.compile(r"""[.!?…؟۔।॥։።။។][)\]"'’”»]*(?=\s)|[。！？｡][」』）"'’”]*""")
UNENDED_PARAGRAPH = re.compile(r"(?<=\w)[^\S\n]*\n\s*\n\s*")
WIDE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
# Scripts without spaces between words.
UNSPACED = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}]"
)


def beginning(text: str, characters: int = EXCERPT_CHARACTERS * 2) -> str:
    """So much of the text, without markup; by default enough for an excerpt."""
    return MARKUP.sub("", text[:characters]).strip()


def one_line(text: str) -> str:
    """The text on one line. A dot parts a paragraph without an end mark, which often was a heading,
    from what follows."""
    return " ".join(UNENDED_PARAGRAPH.sub(" · ", text).split())


def plain(text: str) -> str:
    """The text without markup, on one line."""
    return one_line(beginning(text))


def whole_sentences(text: str, characters: int) -> str:
    """Shortens a longer text at the end of a sentence, or at a word where the sentence is long."""
    most = _code_points_within(text, characters)
    if len(text) <= most:
        return text
    end = max((found.end() for found in SENTENCE_END.finditer(text[: most + 1])), default=0)
    return text[:end] if end > most // 3 else cut(text, characters)


def cut(text: str, characters: int) -> str:
    """Shortens a longer text at a word and appends an ellipsis. Where no space is near, as in Thai
    and Chinese, the cut is between two characters."""
    most = _code_points_within(text, characters)
    if len(text) <= most:
        return text
    kept = length.whole(text, most)
    space = kept.rfind(" ")
    return (kept[:space] if space > len(kept) // 2 else kept).rstrip(NOT_AT_A_CUT) + "…"


def _code_points_within(text: str, width: int) -> int:
    """How many code points fill this width: a Chinese character says as much as three letters."""
    if not WIDE.search(text):
        return width
    for number, one in enumerate(text):
        width -= 3 if WIDE.match(one) else 1
        if width < 0:
            return number
    return len(text)


def length_text(text: str) -> str:
    """How long a text is, in words; in characters if its script puts no spaces between words."""
    if not text.isascii() and 2 * len(UNSPACED.findall(text)) > len("".join(text.split())):
        number = length.characters("".join(text.split()))
        return ngettext("%(n)s character", "%(n)s characters", number) % {"n": number}
    number = len(text.split())
    return ngettext("%(n)s word", "%(n)s words", number) % {"n": number}
