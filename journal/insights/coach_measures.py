"""The measures that a client may share with a coach, in the sentences of the page."""

from dataclasses import replace
from typing import Any

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from journal.insights import page, queries
from journal.insights.periods import LENGTHS, Period
from journal.people import clock
from journal.people.models import User
from journal.sharing.shared_measures import MeasureText

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


def shared_measures(person: User, answers: list[list[Any]]) -> dict[str, MeasureText]:
    """The measures of the last 28 days, by slug. They do not count what was not safe to act on, and
    do not reveal which boundaries were said."""
    period = Period(MONTH, clock.today(person))
    found = queries.read_insights(person, answers, period)
    held, values = replace(found.held, outside=0), found.values.without_boundaries
    found = replace(found, held=held, in_force={}, values=values)
    shown = [one for one in page.build_page(person, period, found).measures if not one.is_empty]
    return {
        one.slug: MeasureText(
            str(one.name),
            [text for text in (one.third_person or one.heading, *one.said) if text],
        )
        for one in shown
    }
