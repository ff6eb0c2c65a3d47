"""The look around: each area of life, how it feels, what crossed a line in it and what is in
place."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.boundaries.models import AreaFeeling, Crossing
from journal.boundaries.queries import BoundaryRow, last_crossed_on
from journal.people.areas import Area
from journal.people.models import User

Feeling = AreaFeeling.Feeling
LATELY = timedelta(weeks=12)
SHOWN = 5  # crossings, below the areas
WAITS = timedelta(days=14)  # as long as a crossed line of the check-in waits on Today
TIGHT = (Feeling.TIGHT, Feeling.WORN)
CHOICES = [one for one in Feeling.choices if one[0] != Feeling.LEFT_OUT]
# Two strokes, with more or less room between them. "": nothing said yet.
ROOM: dict[str, tuple[int, int]] = {
    **{Feeling.ROOM: (6, 44), Feeling.FINE: (12, 38)},
    **{Feeling.TIGHT: (18, 32), Feeling.WORN: (22, 28)},
}
THING: dict[str, str] = {Feeling.ROOM: "4.5", Feeling.FINE: "4.5", Feeling.TIGHT: "3.5"}


def draw_room(feeling: str) -> SafeString:
    left, right = ROOM.get(feeling, (6, 44))
    dashes = "none" if feeling in ROOM else "1 7"
    thing = THING.get(feeling, "0")
    return format_html(
        '<svg class="room" viewBox="0 0 50 28" aria-hidden="true">'
        '<path d="M{} 4v20M{} 4v20" stroke-dasharray="{}"/>'
        '<circle class="thing" cx="25" cy="14" r="{}"/></svg>',
        *(left, right, dashes, thing),
    )


DRAWN_CHOICES = [(value, label, draw_room(value)) for value, label in CHOICES]


@dataclass(frozen=True)
class AreaCard:
    area: Area
    feeling: str
    crossed: int
    limits: Sequence[str]

    @property
    def is_tight(self) -> bool:
        return self.feeling in TIGHT

    @property
    def said(self) -> str:
        return str(Feeling(self.feeling).label) if self.feeling else _("Not said yet")

    @property
    def room(self) -> SafeString:
        return draw_room(self.feeling)

    @property
    def choices(self) -> list[tuple[str, Any, SafeString]]:
        return DRAWN_CHOICES

    @property
    def crossed_text(self) -> str:
        text = ngettext(
            "%(n)s crossing in the last 12 weeks",
            "%(n)s crossings in the last 12 weeks",
            self.crossed,
        )
        return text % {"n": self.crossed}


@dataclass(frozen=True)
class LookAround:
    cards: list[AreaCard]
    left_out: list[AreaCard]
    crossings: list[Crossing]
    noted: Any  # the latest check-in with "A line was crossed", if it still waits

    @property
    def is_first(self) -> bool:
        return not self.left_out and not any(card.feeling for card in self.cards)


def look_around(person: User, rows: Sequence[BoundaryRow], today: date) -> LookAround:
    """Three statements, and a fourth while a crossed line of the check-in waits."""
    said = dict(person.area_feelings.live().values_list("area", "feeling"))
    crossings = list(recent_crossings(person, today))
    counted = Counter(one.boundary.area for one in crossings)
    in_force = [row.boundary for row in rows if row.boundary.is_in_force]
    cards = []
    for area in Area:
        limits = [one.limit for one in in_force if one.area == area]
        card = AreaCard(area, said.get(area, ""), counted[area], limits)
        if area != Area.OTHER or card.feeling or card.crossed or limits:
            cards.append(card)
    return LookAround(
        cards=[card for card in cards if card.feeling != Feeling.LEFT_OUT],
        left_out=[card for card in cards if card.feeling == Feeling.LEFT_OUT],
        crossings=crossings[:SHOWN],
        noted=noted_line(person, today),
    )


def recent_crossings(person: User, today: date) -> QuerySet[Crossing]:
    """Newest first, without those that were not safe to act on, which appear nowhere here."""
    rows = person.crossings.live().filter(occurred_on__gt=today - LATELY)
    rows = rows.exclude(result=Crossing.Result.UNSAFE_TO_ACT).select_related("boundary")
    return rows.order_by("-occurred_on", "-id")


def noted_line(person: User, today: date) -> Any:
    """A crossing recorded on that day or later replaces the line of the check-in."""
    check = person.daily_checks.since(today - WAITS).line_waits().first()
    if check is None:
        return None
    written = last_crossed_on(person)
    return None if written and written >= check.date else check
