"""A finding of doctor: a level and a sentence."""

from typing import NamedTuple

OK, LOOK, BAD = "ok", "look", "bad"


class Finding(NamedTuple):
    level: str
    text: str
