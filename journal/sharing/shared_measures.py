"""Measures and weeks for a coach: computed as the client and stored, so that no row is opened.

Insights registers the measures in its AppConfig.ready. A client's own action, sharing or sending a
brief, computes them again; in between they stay unchanged, with their date.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise as Lazy
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext_lazy as _

from journal.people import clock
from journal.people.models import User
from journal.privacy.batched_queries import QueryFactory, fetch_batched
from journal.reflections.models import WeeklyReflection
from journal.reflections.week import calendar, snapshot_builder
from journal.reflections.week.presenters import span
from journal.reflections.week.snapshot import WeekSnapshot
from journal.sharing import third_person
from journal.sharing.models.grants import SharedMeasure, ShareGrant
from journal.sharing.models.links import CoachLink
from journal.sharing.shareable import Practice

WEEKS = 4
WEEK_SLUG = "week-"


@dataclass(frozen=True)
class MeasureText:
    """A name and sentences about it. `own` are the client's words; measures have none.
    `drawn` is the measure since the link began, with its charts."""

    name: str
    said: list[str]
    own: list[tuple[str, str]] = field(default_factory=list)  # the question, and the words
    drawn: dict[str, Any] | None = None

    @property
    def text(self) -> str:
        return json.dumps(asdict(self))


@dataclass(frozen=True)
class ShownMeasure:
    """A stored measure as the coach reads it, and the client's preview."""

    name: str
    said: list[str]
    own: list[tuple[str, str]]
    drawing: Any
    as_of: date
    is_week: bool


def shown(row: SharedMeasure, client: str) -> ShownMeasure:
    """With the client's name in its sentences."""
    content = row.content
    content = content.get("languages", {}).get(get_language(), content)
    drawn = content.get("drawn")
    if drawn:
        drawn = {**drawn, "said": [third_person.named(one, client) for one in drawn["said"]]}
    return ShownMeasure(
        content["name"],
        [third_person.named(one, client) for one in content["said"]],
        content["own"],
        _draw[0](drawn) if drawn else None,
        row.as_of,
        row.slug.startswith(WEEK_SLUG),
    )


Answers = list[list[Any]]

# Slug and name of each measure that can be shared; its queries; and the function that computes it.
MEASURES: list[tuple[str, str | Lazy]] = []
_factories: list[QueryFactory] = []
InWords = Callable[[], dict[str, MeasureText]]
_compute: list[Callable[[User, Answers, date], InWords]] = []
_draw: list[Callable[[dict[str, Any]], Any]] = []

# The measures behind "counts only" of a whole practice.
OF_PRACTICE: dict[str, tuple[str, ...]] = {
    Practice.PROMISES: ("kept", "returns"),
    Practice.BOUNDARIES: ("follow-through",),
    Practice.SELF_COMPASSION: ("easing",),
    Practice.DECISIONS: ("calibration", "process"),
    Practice.MISTAKES: ("lessons",),
}


def register(
    names: list[tuple[str, str | Lazy]],
    factories: tuple[QueryFactory, ...],
    compute: Callable[[User, Answers, date], InWords],
    draw: Callable[[dict[str, Any]], Any],
) -> None:
    """`compute` also gets the day on which the link began; `draw` reads what it put in `drawn`."""
    MEASURES[:], _factories[:] = names, factories
    _compute[:], _draw[:] = [compute], [draw]


def query_factories() -> tuple[QueryFactory, ...]:
    """The queries for `build_rows`, for a batch."""
    return (*_factories, _reflections, snapshot_builder.recent_promises)


def _reflections(person: User, day: date) -> QuerySet:
    return person.weeklyreflections.finished().filter(week_start__gte=day - snapshot_builder.RECENT)


@transaction.atomic
def refresh(link: CoachLink) -> None:
    """Computes, as the client, the current measures and weeks of the link's open grants. Runs a few
    statements, however many grants there are."""
    in_force = [grant for grant in link.grants.in_force() if has_measures(grant)]
    SharedMeasure.objects.filter(owner=link.owner, grant__in=in_force).delete()
    if in_force:
        answers = fetch_batched(link.owner, clock.today(link.owner), *query_factories())
        rows = build_rows(link, in_force, answers, languages=_languages())
        SharedMeasure.objects.bulk_create(rows)


def build_rows(
    link: CoachLink, grants: list[ShareGrant], answers: Answers, *, languages: Sequence[str] = ()
) -> list[SharedMeasure]:
    """Builds the unsaved rows for these grants of the link, in the language that is active and in
    others."""
    today, found = clock.today(link.owner), _read(link, grants, answers)
    texts = _texts(link, grants, answers, found())
    others: dict[str, Texts] = {}
    for code in languages:
        with override(code):
            others[code] = _texts(link, grants, answers, found())
    rows = []
    for (grant, slug), one in texts.items():
        content = asdict(one)
        if others:
            content["languages"] = {
                code: asdict(said[grant, slug]) for code, said in others.items()
            }
        text = json.dumps(content)
        rows.append(SharedMeasure(owner=link.owner, grant=grant, slug=slug, as_of=today, text=text))
    return rows


Texts = dict[tuple[ShareGrant, str], MeasureText]


def _languages() -> list[str]:
    """In which a coach may read it, where that is more than English. The client, as whom this is
    computed, can't read which one theirs does."""
    codes = [code for code, _name in settings.LANGUAGES]
    return [] if all(code.startswith("en") for code in codes) else codes


def _read(link: CoachLink, grants: list[ShareGrant], answers: Answers) -> InWords:
    *measured, _weekly, _promises = answers
    if not any(map(measures_of, grants)):
        return dict
    return _compute[0](link.owner, measured, clock.day_of(link.owner, link.consented_at))


def _texts(
    link: CoachLink, grants: list[ShareGrant], answers: Answers, found: dict[str, MeasureText]
) -> Texts:
    """By grant and slug, in the language that is active."""
    *_measured, weekly, promises = answers
    person = link.owner
    texts: Texts = {}
    for grant in grants:
        said = {slug: found[slug] for slug in measures_of(grant) if slug in found}
        if grant.scope == ShareGrant.Scope.WEEK:
            said = dict(weeks(person, grant, weekly, promises))
        texts |= {(grant, slug): one for slug, one in said.items()}
    return texts


def has_measures(grant: ShareGrant) -> bool:
    return bool(measures_of(grant)) or grant.scope == ShareGrant.Scope.WEEK


def measures_of(grant: ShareGrant) -> tuple[str, ...]:
    if grant.scope == ShareGrant.Scope.MEASURE:
        return (grant.about,)
    if grant.scope == ShareGrant.Scope.PRACTICE and grant.detail == ShareGrant.Detail.COUNTS:
        return OF_PRACTICE[grant.about]
    return ()


def weeks(
    person: User, grant: ShareGrant, weekly: list[WeeklyReflection], promises: list[Any]
) -> Iterator[tuple[str, MeasureText]]:
    """Whole weeks, latest first: four of them, or those that ended since the grant."""
    last = calendar.open_week(person, clock.today(person))
    full = grant.detail == ShareGrant.Detail.FULL
    written = {row.week_start: row for row in weekly} if full else {}
    since = clock.day_of(person, grant.from_at) if grant.from_at else date.min
    for n in range(WEEKS):
        start = last - n * timedelta(weeks=1)
        if calendar.end_of(start) >= since:
            record = snapshot_builder.tallies_of_week(person, start, promises)
            yield f"{WEEK_SLUG}{start.isoformat()}", _week(record, written.get(start))


def _week(record: WeekSnapshot, written: WeeklyReflection | None) -> MeasureText:
    said = third_person.tally(record.tally) if record.promises else []
    said += _misses(record)
    own = [(str(label), words) for label, words in answers(written) if words] if written else []
    return MeasureText(span(record.days[0], record.days[-1]), said, own)


def _misses(record: WeekSnapshot) -> Iterator[str]:
    n, back = record.tally.missed, record.came_back
    if n:
        text = ngettext("{client} missed once.", "{client} missed %(n)s times.", n)
        yield text % {"n": n}
    if n and back:
        text = ngettext(
            "{client} kept the very next chance after it.",
            "{client} kept the very next chance after %(back)s of them.",
            n,
        )
        yield text % {"back": back}


ANSWERS: dict[str, str | Lazy] = {
    "sentence_of_week": _("The week in a sentence"),
    "kept_days": _("What helped"),
    "easier": _("What would make it easier"),
    "protected": _("What they protected"),
    "kinder_words": _("The kinder words"),
    "process": _("A decision made the way they wanted to"),
    "lesson_helped": _("Where a lesson helped, or could have"),
    "rely_on": _("What they can rely on in themselves"),
}


def answers(row: WeeklyReflection) -> list[tuple[str | Lazy, str]]:
    return [(label, getattr(row, name)) for name, label in ANSWERS.items()]
