"""Case and accent folding: "cafe" finds "Café", and "strasse" finds "Straße".

Search folds the term, not the text. It builds a pattern that matches every form of each letter and
runs it on the text as written, which is four times faster than folding the text, and gives exact
positions for highlighting.
"""

import re
import unicodedata
from functools import cache

import regex

from journal.privacy.canonical import canonical, canonical_of

ASCII = bytes(range(0x80))
LONGEST_JOIN = 6  # letters; longer runs (sssss, which no one writes) are split

# Marks and signs that a text may have and its term lack: accents, points of Hebrew, vowels and
# tatweel of Arabic, soft hyphens, joiners, variation selectors. Japanese voicing marks and signs of
# Indic scripts are not here, since they make other letters.
MARKS = (
    "\u00ad\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u061c\u0640"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a"
    "\u08d3-\u08e1\u08e3-\u08ff\u1ab0-\u1aff\u180b-\u180f\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff"
)
# Letters with forms other than their plain upper and lower case: Latin to Arabic, Indic, Thai, Lao,
# phonetic and Greek extensions, punctuation, ligatures, presentation forms, full width. All of
# Unicode would take 30 times as long to build, and patterns that reach past U+FFFF four times as
# long to run.
RANGES = [(0x80, 0x780), (0x900, 0xF00), (0x1C80, 0x1C89), (0x1D00, 0x2200), (0x2C60, 0x2C80)]
RANGES += [(0x3000, 0x3040), (0xA720, 0xA800), (0xFB00, 0xFE00), (0xFE50, 0xFF00)]
RANGES += [(0xFF01, 0xFFE0)]
# What no pattern finds, since its form depends on its neighbours or it lies past U+FFFF: letters of
# mathematics, which people take for fancy ones, tags and selectors, half-width kana, Thai am.
_unusual = re.compile(
    "[\uff66-\uff9f\u0e33\u0e4d\u0eb3\u0ecd\U0001d400-\U0001d7ff\U0001f100-\U0001f1ad"
    "\U0002f800-\U0002fa1f\U000e0000-\U000e0fff]"
).search
# The first bytes of those in UTF-8.
UNUSUAL_BYTES = (b"\xe0", b"\xef", b"\xf0", b"\xf3")
# Characters that Unicode does not decompose, with the letters that people type for them.
STROKES = {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ð": "d", "ى": "ي", "ة": "ه"}

_is_mark = re.compile(f"[{MARKS}]").match
_strokes = str.maketrans(STROKES)


def _folded(char: str) -> str:
    parts = unicodedata.normalize("NFD", canonical_of(char).translate(_strokes))
    bare = (canonical_of(part) for part in parts if not _is_mark(part))
    return "".join(bare).translate(_strokes)


@cache
def _folds() -> dict[str, str]:
    """Maps each character to its folded form, where that is not its lower case."""
    folds = {"`": "'"}
    for char in (chr(code) for start, end in RANGES for code in range(start, end)):
        folded = unicodedata.normalize("NFC", _folded(char))
        if folded != char and " " not in folded and not _is_mark(char):
            folds[char] = folded
    return folds


def needs_folding(text: str) -> bool:
    """Whether a pattern for a term could miss it in this text, which then has to be folded."""
    return _unusual(text) is not None


def may_need_folding(raw: bytes) -> bool:
    """Whether `needs_folding` has to look at a text, given as UTF-8; a hundred times as fast."""
    return any(byte in raw for byte in UNUSUAL_BYTES)


def fold(text: str) -> str:
    """The canonical form (canonical.py), without accents; spaces stay."""
    if text.isascii():
        return text.lower().replace("`", "'")
    text = unicodedata.normalize("NFC", text)
    if needs_folding(text):
        text = "".join(
            canonical(part) if needs_folding(part) else part for part in re.split(r"(\s+)", text)
        )
    return "".join(map(_fold_char, text))


def _fold_char(char: str) -> str:
    folds = _folds()
    return folds[char] if char in folds else "" if _is_mark(char) else char.casefold()


def fold_for(letters: str, raw: bytes) -> str | None:
    """A text in UTF-8 and form NFC, folded as far as a search for these folded letters needs it:
    most characters beyond ASCII fold to none of them, and stay as they are. None if a character
    depends on its neighbours."""
    text = raw.lower().decode().replace("`", "'")
    for char in set(raw.translate(None, ASCII).decode()):
        if needs_folding(char):
            return None
        folded = _fold_char(char)
        if folded != char and (not folded or any(one in letters for one in folded)):
            text = text.replace(char, folded)
    return text


def folded_clusters(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The folded text, and for each of its characters where the user-perceived character (extended
    grapheme cluster, UAX #29) that it comes from starts and ends in `text`."""
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    for cluster in regex.finditer(r"\X", text):
        pieces.append(fold(cluster[0]))
        places += [cluster.span()] * len(pieces[-1])
    return "".join(pieces), places


@cache
def _forms() -> dict[str, str]:
    """Maps each folded letter, and each two or three written as one, to its characters."""
    forms: dict[str, str] = {}
    for char, folded in _folds().items():
        forms[folded] = forms.get(folded, "") + char
    return forms


def pattern_for(term: str) -> re.Pattern[str]:
    """A pattern that finds a term in text as written, whatever its case, accents and spaces."""
    words = (_source(word) for word in fold(term).split())
    return re.compile(rf"\s[\s{MARKS}]*".join(words))


def _source(folded: str) -> str:
    """The pattern of a folded word: letter by letter, and every spelling of two or three letters
    that one character may replace (ß for ss, ﬃ for ffi)."""
    pieces, at = [], 0
    while at < len(folded):
        end = _end_of_joins(folded, at)
        pieces.append(_joins(folded[at:end]))
        at = end
    return "".join(pieces)


def _end_of_joins(folded: str, start: int) -> int:
    """The end of the run of letters from `start` on in which each may join the next."""
    forms, at, end = _forms(), start, start + 1
    while at < end < start + LONGEST_JOIN:
        sizes = [size for size in (2, 3) if folded[at : at + size] in forms]
        end = max([end, *(at + size for size in sizes if at + size <= len(folded))])
        at += 1
    return min(end, start + LONGEST_JOIN)


def _joins(letters: str) -> str:
    if not letters:
        return ""
    forms, ways = _forms(), []
    for size in (1, 2, 3):
        joined = letters[:size]
        if size == 1:
            cases = {case for case in (joined.upper(), joined.lower()) if len(case) == 1}
            choices = {joined, *forms.get(joined, ""), *cases}
        elif len(joined) == size and joined in forms:
            choices = set(forms[joined])
        else:
            continue
        way = f"[{re.escape(''.join(sorted(choices)))}][{MARKS}]*"
        ways.append(way + _joins(letters[size:]))
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"
