"""Things in a row, as the language of the page writes them: "a, b and c", in Arabic "أ، ب وج"."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.utils.translation import get_language, pgettext

# Spanish says "e" before the sound of "y": "Ana e Inés", but "agua y hielo".
SOUNDS_LIKE_Y = re.compile(r"h?[ií](?![aeouáéóú])", re.IGNORECASE)


def listed(items: Iterable[object]) -> str:
    """With "and" before the last."""
    # Babel takes a tenth of a second to load; not every process makes a list.
    from babel.lists import format_list

    texts = [str(item) for item in items]
    locale = _locale_of(get_language() or "en")
    said = format_list(texts, locale=locale)
    if locale.language == "es" and len(texts) > 1 and SOUNDS_LIKE_Y.match(texts[-1]):
        return f"{said.removesuffix(f' y {texts[-1]}')} e {texts[-1]}"
    return said


def beside(items: Iterable[object]) -> str:
    """Facts beside each other, without an "and"."""
    return comma().join(str(item) for item in items)


def comma() -> str:
    """What stands between two facts."""
    return pgettext("between two facts", ", ")


def colon() -> str:
    """What stands between a label and what it is about: in French with a space before it."""
    return pgettext("after a label", ": ")


@cache
def _locale_of(code: str) -> Any:
    """What the Unicode Consortium's repository (CLDR) knows of a language."""
    from babel.core import Locale, UnknownLocaleError

    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(code.partition("-")[0])
