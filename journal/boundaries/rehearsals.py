"""What the pages of a rehearsal show."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from journal.boundaries.models import Boundary, Rehearsal
from journal.boundaries.pushback import LINES
from journal.guide.steps import Text

SHOWN = 5


@dataclass(frozen=True)
class Turn:
    line: Text
    answer: str = ""  # a label of Rehearsal.Answer
    reply: str = ""


@dataclass(frozen=True)
class Talk:
    boundary: Boundary
    row: Rehearsal

    @property
    def other(self) -> str:
        """Who speaks the written lines."""
        return self.boundary.person_label or _("The other person")

    @property
    def number(self) -> int:
        return len(self.row.answers) + 1

    @property
    def total(self) -> int:
        return len(self.row.pushback)

    @property
    def kind(self) -> str:
        return str(_line(self.row.pushback[self.number - 1])[0])

    @property
    def strokes(self) -> list[str]:
        return ["done" if n < self.number else "now" if n == self.number else ""
                for n in range(1, self.total + 1)]  # fmt: skip

    def turns(self) -> Iterator[Turn]:
        """The turns taken so far and, unless it is over, the line that waits for a reply."""
        rows = zip(self.row.pushback, self.row.answers, self.row.replies, strict=False)
        for slug, answer, reply in rows:
            yield Turn(_line(slug)[1], str(Rehearsal.Answer(answer).label), reply)
        if not self.row.is_over:
            yield Turn(_line(self.row.pushback[self.number - 1])[1])

    @property
    def said_text(self) -> str:
        return _("%(k)s of %(n)s said") % {"k": self.row.said, "n": self.total}


def _line(slug: str) -> tuple[Text, Text]:
    """The kind's name and the line. One that an imported file names wrongly is a silence."""
    kind, line = LINES.get(slug) or LINES["silence-1"]
    return kind.name, line


def earlier(boundary: Boundary) -> QuerySet[Any]:
    return boundary.rehearsals.live().order_by("-rehearsed_on", "-id")[:SHOWN]
