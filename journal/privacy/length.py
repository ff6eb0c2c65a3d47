"""The length of a text as people count it: in grapheme clusters (UAX #29), so that a family of four
or a letter with its marks is one character. static/js/counter.js counts the same way.

A cluster may hold any number of code points, so two bounds stand beside the limit: of the parts of
one character, and of all parts of the text.
"""

import re
from typing import Any

import regex
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

MOST_PARTS = 32  # code points of one character; a kiss of two people with skin tones has 10

_cluster = regex.compile(r"\X")
# `regex` counts a run of flags in the square of its length, so each pair becomes another cluster
# of two code points.
_flag = re.compile("[\U0001f1e6-\U0001f1ff]{2}")


def code_points(most: int) -> int:
    """The most code points of a text of `most` characters: four for each, and room for pictures."""
    return 4 * most + 1000


def characters(text: str) -> int:
    if text.isascii():
        return len(text) - text.count("\r\n")
    return sum(1 for _one in _clusters(text))


def first(text: str, most: int) -> str:
    """The first `most` characters of the text, none of them cut."""
    if len(text) <= most:
        return text
    for number, one in enumerate(_clusters(text), start=1):
        if number == most:
            return text[: one.end()]
    return text


def whole(text: str, most: int) -> str:
    """The beginning of the text, of up to `most` code points, that ends between two characters."""
    near = text[: most + MOST_PARTS]
    if near.isascii():  # in which only a line's end is two code points
        return near[: most - 1] if near[most - 1 : most + 1] == "\r\n" else near[:most]
    end = 0
    for one in _clusters(near):
        if one.end() > most:
            break
        end = one.end()
    return text[:end]


def _clusters(text: str) -> Any:
    return _cluster.finditer(_flag.sub("x\u0301", text))


TOO_LONG = _("Use at most %(limit_value)d characters: this has %(show_value)d. Nothing is lost.")


class LengthValidator(MaxLengthValidator):
    """Counts characters; its sentence has the code "max_length", as Django's has."""

    message = TOO_LONG

    def __call__(self, value: str) -> None:
        super().__call__(value)
        if value.isascii():
            return
        if len(value) > code_points(self.limit_value):
            raise ValidationError(
                _(
                    "The characters in this text have more parts than we can store. Nothing"
                    " is lost: make it shorter and try again."
                ),
                code="parts",
            )
        if any(one.end() - one.start() > MOST_PARTS for one in _clusters(value)):
            raise ValidationError(
                _(
                    "A character in this text is made of more than %(most)s parts. Remove "
                    "some of them and try again."
                ),
                code="parts",
                params={"most": MOST_PARTS},
            )

    def clean(self, x: Any) -> int:
        return len(x) if len(x) <= self.limit_value else characters(x)
