"""What is wrong with a catalogue; the command `messages` and the tests say the same.

A fault keeps a language from being offered. A remark is for the translator to look at.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from babel.messages.catalog import Catalog, Message

MISSING, FUZZY = "missing", "fuzzy"
PLACEHOLDERS, MARKUP = "other placeholders", "other markup"
LONG, ENGLISH, GONE = "longer than its button", "left in English", "no longer in the source"
FAULTS = (MISSING, FUZZY, PLACEHOLDERS, MARKUP)

PLACEHOLDER = re.compile(r"%\(\w+\)[-+0#]*\d*(?:\.\d+)?[a-z]|%[sdf]|%%|\{\w*\}")
TAG = re.compile(r"<[^<>]*>|^[ \n]|[ \n]$")  # a space at either end joins what stands beside it
WORD = re.compile(r"[^\W\d_]{4}")
AT_MOST = re.compile(r"Button: at most (\d+) characters")
# Words of a translator's comment: it is the same as in English; it is longer, and fits.
SAME, FITS = "The same", "It fits"

Finding = tuple[str, str]  # what it is, and the string


def findings(catalog: Catalog) -> list[Finding]:
    found = [
        (kind, _said(message)) for message in catalog if message.id for kind in _kinds(message)
    ]
    return [*found, *((GONE, _said(message)) for message in catalog.obsolete.values())]


def is_finished(catalog: Catalog) -> bool:
    return not any(kind in FAULTS for kind, _string in findings(catalog))


def _kinds(message: Message) -> Iterator[str]:
    sources, texts = _several(message.id), _several(message.string)
    if not all(texts):
        yield MISSING
        return
    if message.fuzzy:
        yield FUZZY
    if not all(_places_fit(sources, text, is_last=text == texts[-1]) for text in texts):
        yield PLACEHOLDERS
    if not all(any(_tags(text) == _tags(source) for source in sources) for text in texts):
        yield MARKUP
    most = AT_MOST.search(" ".join(message.auto_comments))
    said = " ".join(message.user_comments)
    if most and max(map(len, texts)) > int(most[1]) and FITS not in said:
        yield LONG
    has_words = WORD.search(PLACEHOLDER.sub("", texts[0]))
    if has_words and set(texts) <= set(sources) and SAME not in said:
        yield ENGLISH


def _several(text: str | Sequence[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ("",))


def _places_fit(sources: tuple[str, ...], text: str, *, is_last: bool) -> bool:
    """One thing or two may be said without the number, so a form of the plural may lack one, unless
    it has no name: Python refuses a value without a place."""
    asked, given = _places(sources[-1]), _places(text)
    if len(sources) == 1 or is_last:
        return asked == given
    lacking = asked - given
    return not given - asked and lacking.total() <= 1 and not lacking & Counter(["%s", "%d", "%f"])


def _places(text: str) -> Counter[str]:
    """A name may come twice; what has no name has to come as often as in the source."""
    found = Counter(PLACEHOLDER.findall(text))
    return Counter({one: 1 if "(" in one else number for one, number in found.items()})


def _tags(text: str) -> Counter[str]:
    return Counter(TAG.findall(text))


def _said(message: Message) -> str:
    words = _several(message.id)[-1]
    return f"{message.context}: {words}" if message.context else words
