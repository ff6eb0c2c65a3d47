"""Two languages that nobody speaks, made from the English strings to look at the pages with.

`en-xa` is accented and 40% longer, so what is cut off, overflows or stands in no catalogue shows
before a translator starts. `ar-xb` has Arabic letters and runs from right to left.
"""

import re
from collections.abc import Callable

from babel.messages.catalog import Catalog

from journal.languages import checks

KEPT = re.compile(rf"({checks.PLACEHOLDER.pattern}|<[^<>]*>|&\w+;|https?://\S+|Selftrust)")
ACCENTED = str.maketrans(
    "AaBCcDdEeGgHhIiJjKkLlNnOoRrSsTtUuWwYyZz", "ÅåƁÇçĎďÉéĜĝĤĥÎîĴĵĶķĻļÑñÖöŔŕŠšŦŧÛûŴŵÝýŽž"
)
ARABIC = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ابتثجحخدذرزسشصضطظعغفقكلمني")
LONGER = 0.4


def translated(catalog: Catalog, code: str) -> Catalog:
    """The catalogue with every string in one of the two."""
    say = _accented if code == "en-xa" else _mirrored
    for message in catalog:
        if not message.id:
            continue
        if isinstance(message.id, str):
            message.string = say(message.id)
        else:
            first, others = message.id
            message.string = (say(first), *[say(others)] * (catalog.num_plurals - 1))
        message.flags.discard("fuzzy")
    return catalog


def _accented(text: str) -> str:
    longer = " ".join("ẋ" * 5 for _ in range(round(len(KEPT.sub("", text)) * LONGER / 6)))
    words = _by_word(text, lambda piece: piece.translate(ACCENTED))
    core = words.rstrip()
    return f"{core} {longer}{words[len(core) :]}" if longer else words


def _mirrored(text: str) -> str:
    return _by_word(text, lambda piece: piece.lower().translate(ARABIC))


def _by_word(text: str, change: Callable[[str], str]) -> str:
    pieces = KEPT.split(text)
    return "".join(piece if n % 2 else change(piece) for n, piece in enumerate(pieces))
