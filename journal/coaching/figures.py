"""Figures and weeks for a coach: worked out as the client and stored, so that no row is opened.

Measures come from above (insights registers them in its AppConfig.ready). They are worked out anew
when a share is made and when a brief is sent, by the client's own doing; in between they stay as
they were, with their day beside them.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.functional import Promise as Lazy
from django.utils.html import strip_tags

from journal.coaching.grants import SharedFigure, ShareGrant
from journal.coaching.kinds import Practice
from journal.coaching.links import CoachLink
from journal.people import clock
from journal.people.models import User
from journal.reflections.models import WeeklyReflection
from journal.reflections.week import calendar, reading
from journal.reflections.week.showing import Shown, span

WEEKS = timedelta(weeks=4)


@dataclass(frozen=True)
class Figure:
    """A name and sentences about it. `own` are words of the client's; figures have none."""

    name: str
    said: list[str]
    own: list[tuple[str, str]] = field(default_factory=list)  # what it answers, and the words

    @property
    def text(self) -> str:
        return json.dumps({"name": self.name, "said": self.said, "own": self.own})


# Slug and name of each measure that can be shared; what they are worked out by, all at once.
MEASURES: list[tuple[str, str | Lazy]] = []
_of: list[Callable[[User], dict[str, Figure]]] = []

# What the counts of a whole practice are.
OF_PRACTICE: dict[str, tuple[str, ...]] = {
    Practice.PROMISES: ("kept", "returns"),
    Practice.BOUNDARIES: ("follow-through",),
    Practice.SELF_COMPASSION: ("easing",),
    Practice.DECISIONS: ("calibration", "process"),
    Practice.MISTAKES: ("lessons",),
}


def register(names: list[tuple[str, str | Lazy]], of: Callable[[User], dict[str, Figure]]) -> None:
    MEASURES[:] = names
    _of[:] = [of]


@transaction.atomic
def refresh(link: CoachLink) -> None:
    """Works out, as the client, what the standing shares of figures and weeks say today."""
    person, today = link.owner, clock.today(link.owner)
    standing = list(link.grants.standing())
    measured = [grant for grant in standing if measures_of(grant)]
    found = _of[0](person) if measured and _of else {}
    for grant in measured:
        _store(grant, {slug: found[slug] for slug in measures_of(grant) if slug in found}, today)
    for grant in standing:
        if grant.scope == ShareGrant.Scope.WEEK:
            _store(grant, dict(weeks(person, grant)), today)


def measures_of(grant: ShareGrant) -> tuple[str, ...]:
    if grant.scope == ShareGrant.Scope.MEASURE:
        return (grant.about,)
    if grant.scope == ShareGrant.Scope.PRACTICE and grant.detail == ShareGrant.Detail.COUNTS:
        return OF_PRACTICE[grant.about]
    return ()


def _store(grant: ShareGrant, figures: dict[str, Figure], today: Any) -> None:
    for slug, figure in figures.items():
        rows = SharedFigure.objects.filter(owner_id=grant.owner_id, grant=grant, slug=slug)
        row = rows.first() or SharedFigure(owner_id=grant.owner_id, grant=grant, slug=slug)
        row.as_of, row.text = today, figure.text
        row.save()
    SharedFigure.objects.filter(grant=grant).exclude(slug__in=figures).delete()


def weeks(person: User, grant: ShareGrant) -> list[tuple[str, Figure]]:
    """Whole weeks, the latest first: four of them, or those that ended since it was granted."""
    last = calendar.open_week(person, clock.today(person))
    starts = [last - n * timedelta(weeks=1) for n in range(WEEKS.days // calendar.DAYS)]
    if grant.from_at:
        since = clock.day_of(person, grant.from_at)
        starts = [start for start in starts if calendar.end_of(start) >= since]
    told = {
        row.week_start: row
        for row in person.weeklyreflections.finished().filter(week_start__in=starts)
    }
    full = grant.detail == ShareGrant.Detail.FULL
    return [
        (f"week-{start.isoformat()}", _week(person, start, told.get(start) if full else None))
        for start in starts
    ]


def _week(person: User, start: Any, told: WeeklyReflection | None) -> Figure:
    shown = Shown(reading.of_week(person, start))
    said = [strip_tags(shown.tally_text)] if shown.record.promises else []
    if shown.record.tally.missed:
        said.append(shown.misses_text)
    own = [(str(label), words) for label, words in answers(told) if words] if told else []
    return Figure(span(start, calendar.end_of(start)), said, own)


def answers(row: WeeklyReflection) -> list[tuple[str | Lazy, str]]:
    names = ("sentence_of_week", "kept_days", "easier", "protected", "kinder_words", "process")
    return [
        (row._meta.get_field(name).verbose_name, getattr(row, name))  # type: ignore[union-attr]
        for name in (*names, "lesson_helped", "rely_on")
    ]
