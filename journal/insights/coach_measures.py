"""The measures that a client may share with a coach, in sentences of its own."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from journal.insights import page, queries
from journal.insights.coach_sentences import SENTENCES
from journal.insights.drawings import as_data
from journal.insights.periods import LENGTHS, Period, Since
from journal.insights.presentation import Measure
from journal.people import clock
from journal.people.models import User
from journal.privacy.batched_queries import fetch_batched
from journal.reflections.rating.history import from_rows
from journal.sharing.shared_measures import InWords, MeasureText

MONTH = LENGTHS[0]
FACTORIES = queries.query_factories(MONTH)

NAMES: list[tuple[str, str | Lazy]] = [
    ("kept", _("Promises kept")),
    ("returns", _("Back after a miss")),
    ("sureness", _("How sure, and how often kept")),
    ("follow-through", _("Boundaries followed through")),
    ("easing", _("Before and after a hard moment")),
    ("calibration", _("Confidence and what happened")),
    ("process", _("Decisions, however they turned out")),
    ("lessons", _("Lessons applied")),
    ("trust", _("Self-trust, beside promises kept")),
    ("plans", _("Weekly plans")),
    ("values", _("Values in action")),
    ("rating", _("Check-up")),
]


ALWAYS = {"lessons", "plans", "values"}  # the same days whatever the period: drawn as they are

COLUMNS = {"trust": (0, 1, 2), "rating": (0, -1)}  # of their tables, for a coach


def shared_measures(person: User, answers: list[list[Any]], since: date) -> InWords:
    """The measures of the last 28 days, by slug, with their charts since a day: read now, and put
    into words in the language that is active then. They do not count what was not safe to act on,
    and do not reveal which boundaries were said."""
    today = clock.today(person)
    month, period = Period(MONTH, today), Since.day(since, today)
    found = queries.read_insights(person, answers, month)
    later = _read_since(person, period) if period else None
    return lambda: _in_words(_measures(person, month, found), person, period, later)


def _read_since(person: User, period: Since) -> queries.InsightsData:
    factories = queries.query_factories(period.length, Since)
    found = queries.read_insights(person, fetch_batched(person, period.today, *factories), period)
    later = [one.row for one in found.pictures.pictures if one.taken_on >= period.first]
    return replace(found, pictures=from_rows(later))


def _in_words(
    shown: dict[str, tuple[Measure, list[str]]],
    person: User,
    period: Since | None,
    later: queries.InsightsData | None,
) -> dict[str, MeasureText]:
    drawn = {slug: as_data(*one, "") for slug, one in shown.items() if slug in ALWAYS}
    if period and later:
        drawn |= {
            slug: as_data(*one, period.text)
            for slug, one in _measures(person, period, later).items()
            if slug not in ALWAYS
        }
    return {
        slug: MeasureText(str(one.name), said, drawn=drawn.get(slug))
        for slug, (one, said) in shown.items()
    }


def _measures(
    person: User, period: Period, found: queries.InsightsData
) -> dict[str, tuple[Measure, list[str]]]:
    """Each with what a coach reads of it."""
    held, values = replace(found.held, outside=0), found.values.without_boundaries
    found = replace(found, held=held, in_force={}, values=values)
    shown = page.build_page(person, period, found).measures
    return {
        one.slug: (_of_its_own(one), list(SENTENCES[one.slug](found, period)))
        for one in shown
        if not one.is_empty
    }


def _of_its_own(one: Measure) -> Measure:
    """Without what another measure opens: beside self-trust, the promises kept; and without the
    answers behind the average of a check-up."""
    if one.slug not in COLUMNS:
        return one
    table = one.tables[0]
    rows = [[row[place] for place in COLUMNS[one.slug]] for row in (table.columns, *table.lines)]
    table = replace(table, columns=rows[0], lines=rows[1:])
    return replace(one, plots=one.plots[:1], drawn="", tables=[table])
