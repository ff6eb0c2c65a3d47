"""Case and accent folding: "cafe" finds "Café", and "strasse" finds "Straße".

Search folds the term, not the text. It builds a pattern that matches every form of each letter and
runs it on the text as written, which is four times faster than folding the text, and gives exact
positions for highlighting.
"""

import re
import unicodedata
from functools import cache

LONGEST_JOIN = 6  # letters; longer runs (sssss, which no one writes) are split

# Optional marks: accents, the points of Hebrew, the vowels of Arabic. Japanese voicing marks and
# the signs of Indic scripts are not here, since they make other letters.
MARKS = "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0652\u0670"
# Letters with forms other than their plain upper and lower case: Latin, Greek, Cyrillic, Armenian,
# phonetic and Greek extensions, ligatures, full width. All of Unicode would take 30 times as long
# to build, and patterns that reach past U+FFFF four times as long to run.
RANGES = [(0x80, 0x590), (0x1D00, 0x2000), (0x2C60, 0x2C80), (0xA720, 0xA800)]
RANGES += [(0x1C80, 0x1C89), (0xFB00, 0xFB18), (0xFF01, 0xFF5F)]
# Characters that Unicode does not decompose, with the letters that people type for them.
STROKES = {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "æ": "ae", "œ": "oe", "ð": "d"}
STROKES |= {"’": "'", "‘": "'", "‐": "-", "‑": "-"}

_is_mark = re.compile(f"[{MARKS}]").match
_strokes = str.maketrans(STROKES)


@cache
def _folds() -> dict[str, str]:
    """Maps each character to its folded form, where that is not its lower case."""
    folds = dict(STROKES)
    for char in (chr(code) for start, end in RANGES for code in range(start, end)):
        parts = unicodedata.normalize("NFKD", char)
        folded = "".join(part for part in parts if not _is_mark(part)).casefold()
        folded = folded.translate(_strokes)
        if folded != char and " " not in folded:
            folds[char] = folded
    return folds


def fold(text: str) -> str:
    """Lower case, without accents, ligatures decomposed."""
    if text.isascii():
        return text.lower()
    folds = _folds()
    text = unicodedata.normalize("NFC", text)
    return "".join(
        folds[char] if char in folds else "" if _is_mark(char) else char.casefold() for char in text
    )


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
