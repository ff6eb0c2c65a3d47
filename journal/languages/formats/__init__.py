"""Dates and times as each language writes them.

The code and the templates say a pattern as English has it, such as "l j F". A language that writes
it in another order has a module here, in which Django finds the pattern by this name. A language
without a module, such as French, writes them like English.
"""

PATTERNS = {
    *("j F Y", "j F", "l j F", "l j F Y", "F Y", "D j", "D j M Y", "j M Y", "M Y"),
    *("j F Y, H:i", "j F, H:i", "l j F, H:i", "l j F Y, H:i", "l j F Y, H:00", "D j M, H:i"),
    *("D H:i", "l, H:i"),
}
