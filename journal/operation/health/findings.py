"""What doctor says of one thing: how it is, and a plain sentence."""

from typing import NamedTuple

OK, LOOK, BAD = "ok", "look", "bad"


class Finding(NamedTuple):
    level: str
    text: str
