"""One comparison of words: what a person would call the same word has the same canonical form.

The base is NFKC_Casefold of Unicode: upper and lower case, full width, ligatures and presentation
forms are one, and what has no shape (soft hyphens, joiners, marks of direction, variation
selectors) is nothing. Beyond it stand what people of a script do not tell apart, or can leave out:
kinds of apostrophes, quotation marks and dashes; vowel marks and tatweel in Arabic, points in
Hebrew and Syriac; accents in Greek, which capitals drop; the two ways of typing a Malayalam chillu.
Accents of Latin and Cyrillic letters make other words (schon, schön); search ignores them too
(folding.py).

Tags and values are unique by this form, and the names of a coach's clients; nothing stores it.
"""

import unicodedata
from collections.abc import Iterable

import regex

APOSTROPHES = "’‘‛`´ʹʻʼʽˈˊˋʾʿ′‵՚׳ߴߵ᾽᾿῾ꞌ＇｀"
QUOTES = "“”„‟«»‹›″‶״「」『』〝〞＂"
DOTS = "‧∙⋅•"
# Letters that are written in two ways, and those for which keyboards have another one.
PAIRS = {
    **{"İ": "i", "ı": "i", "æ": "ae", "œ": "oe", "ё": "е", "ş": "ș", "ţ": "ț"},
    **{"ی": "ي", "ې": "ي", "ک": "ك", "ہ": "ه", "ۀ": "ه", "ٱ": "ا"},
    **{"װ": "וו", "ױ": "וי", "ײ": "יי"},
    **{"ൺ": "ണ്", "ൻ": "ന്", "ർ": "ര്", "ൽ": "ല്", "ൾ": "ള്", "ൿ": "ക്", "ৎ": "ত্"},
}
PAIRS |= dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(QUOTES, '"')
PAIRS |= dict.fromkeys(DOTS, "·")
TATWEEL = "\u0640"

_no_shape = regex.compile(r"\p{Default_Ignorable_Code_Point}|\u200b").match
_dash = regex.compile(r"[\p{Dash}--[〜〰゠]]", regex.VERSION1).match
# Vowel marks of Hebrew, Arabic and Syriac; U+0653 to U+0655 belong to a letter.
_optional = regex.compile(
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u0652\u0656-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u08d3-\u08ff]"
).match
_greek = regex.compile(r"\p{Greek}").match


class _Table(dict[int, str]):
    """For `str.translate`: finds the form of each character once."""

    def __missing__(self, code: int) -> str:
        self[code] = form = canonical_of(chr(code))
        return form


def canonical_of(char: str) -> str:
    """The canonical form of one character of a text in form NFC."""
    if char in PAIRS:
        return PAIRS[char]
    if char == TATWEEL or _no_shape(char) or _optional(char):
        return ""
    if _dash(char):
        return "-"
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    form = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", char).casefold())
    if _greek(char):
        parts = unicodedata.normalize("NFD", form)
        form = "".join(part for part in parts if not unicodedata.combining(part))
    if form == char or (len(form) == 1 and form not in PAIRS):
        return form
    return "".join(PAIRS.get(one, one) for one in form if not _optional(one) and one != TATWEEL)


_table = _Table()


def canonical(text: str) -> str:
    """The form in which two texts are equal if a person would call them the same."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_table)
        # A dot stays on an i that was no capital; tone marks of Thai and Lao come in two orders.
        text = regex.sub("([\u0e4d\u0ecd])([\u0e48-\u0e4b\u0ec8-\u0ecb])", r"\2\1", text)
        text = unicodedata.normalize("NFC", text.replace("i\u0307", "i"))
    return " ".join(text.casefold().replace("`", "'").split())


def without_doubles(texts: Iterable[str]) -> list[str]:
    """The texts in order, each once, as it was written first."""
    found: dict[str, str] = {}
    for text in texts:
        found.setdefault(canonical(text), text)
    return list(found.values())
