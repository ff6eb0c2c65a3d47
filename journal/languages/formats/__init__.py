"""Dates and times as each language writes them.

The code and the templates say a pattern as English has it, such as "l j F". A language that writes
it in another order has a module here, in which Django finds the pattern by this name. A language
without a module writes them like English.
"""

import re

from django.utils.dateformat import DateFormat

PATTERNS = {
    "DATE_FORMAT",
    *("j F Y", "j F", "l j F", "l j F Y", "F Y", "D j", "D j M Y", "j M Y", "M Y"),
    *("j F Y, H:i", "j F, H:i", "l j F, H:i", "l j F Y, H:i", "l j F Y, H:00", "D j M, H:i"),
    *("D H:i", "l, H:i"),
}
DAY_THEN_WORD = re.compile(r"(j[S.]?) ")


def unbroken(own: dict[str, str]) -> dict[str, str]:
    """Each pattern, as the language writes it or else as English does, with a no-break space
    between the number of a day and the word after it."""
    written = {**{one: one for one in PATTERNS}, **own}
    return {name: DAY_THEN_WORD.sub("\\1\N{NO-BREAK SPACE}", one) for name, one in written.items()}


def ordinal(self: DateFormat) -> str:
    """What French writes after the first day of a month: "1er décembre", "2 décembre"."""
    return "er" if self.j() == 1 else ""


# Django's own writes "st" in every language. Only the French patterns hold it.
DateFormat.S = ordinal  # type: ignore[method-assign]  # replaced on purpose
