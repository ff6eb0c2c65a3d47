"""French: as in English, but "1er décembre"."""

from journal.languages.formats import PATTERNS, unbroken

with_ordinal = {one: one.replace("j", "jS") for one in PATTERNS}
vars().update(unbroken({**with_ordinal, "DATE_FORMAT": "jS F Y"}))
