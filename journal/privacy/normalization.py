"""Unicode normalization of what people write, in time linear in its length.

Text is stored in form NFC. Normalizing sorts each run of combining marks, which takes the square of
its length: 9,900 accents on one letter would cost most of a second at every comparison. So a run is
bounded before. The longest that a language needs is eight (Tibetan stacks, such as the ten letters
of power; Hebrew with points and cantillation has six, Vietnamese two). The Stream-Safe format of
Unicode (UAX #15) allows 30, which is still text that covers the lines around it.
"""

import re
import unicodedata

MOST_MARKS = 12  # on one letter

# A run that could be too long. No combining mark is a letter, a digit, a space or ASCII.
_run = re.compile(rf"[^\w\s\x00-\x7f]{{{MOST_MARKS + 1},}}")


def normalize_words(text: str) -> tuple[str, bool]:
    """The text in form NFC, and whether marks beyond `MOST_MARKS` on a letter had to be dropped."""
    if text.isascii():
        return text, False
    few = _shortened(text)
    normal = unicodedata.normalize("NFC", few)
    # Some characters that hold two marks decompose for good.
    tidy = _shortened(normal)
    return tidy, few != text or tidy != normal


def _shortened(text: str) -> str:
    return _run.sub(_without_excess, text)


def _without_excess(run: re.Match[str]) -> str:
    marks, kept = 0, []
    for char in run[0]:
        kind = unicodedata.category(char)
        if kind in ("Mn", "Me"):
            marks += 1
        elif kind != "Cf":  # characters without a shape, such as joiners, end no run
            marks = 0
        if marks <= MOST_MARKS or kind == "Cf":
            kept.append(char)
    return "".join(kept)
