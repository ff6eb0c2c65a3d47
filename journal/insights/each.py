"""The page that compares how sure somebody was with what happened, and names each record."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _

from journal.decisions import queries as decision_queries
from journal.decisions.models import Forecast
from journal.insights import queries
from journal.insights.measures import decisions
from journal.insights.measures.sureness import Version, sureness, versions
from journal.insights.page import InsightsPage
from journal.insights.periods import Period
from journal.insights.presentation import day
from journal.people.models import User
from journal.people.pagination import PAGE, first_page
from journal.people.percent import percent

RESULTS = dict(Forecast.Result.choices)


@dataclass(frozen=True)
class HowSureRow:
    """A promise, a decision or a forecast with how sure the person was of it."""

    what: str
    address: str
    kind: str
    sure: str
    happened: str | Lazy


@dataclass(frozen=True)
class HowSurePage(InsightsPage):
    records: list[HowSureRow]
    is_shortened: bool


def build_page(person: User, period: Period) -> HowSurePage:
    """The two measures, and the newest twenty of each kind."""
    found = queries.ask(person, period)
    stated = list(versions(found.promises, found.sure, period))
    stated.sort(key=lambda one: one.since, reverse=True)
    decided = first_page(decision_queries.predicted(person))
    forecasts = first_page(person.forecasts.live().order_by("-id"))
    measures = [sureness(found.promises, found.sure, period), decisions.confidence(found)]
    return HowSurePage(
        period,
        measures,
        records=[
            *(_of_promise(one) for one in stated[:PAGE]),
            *(_of_decision(one) for one in decided.rows),
            *(_of_forecast(one) for one in forecasts.rows),
        ],
        is_shortened=bool(stated[PAGE:] or decided.last or forecasts.last),
    )


def _of_promise(one: Version) -> HowSureRow:
    amount, sure = one.amount, _("%(n)s of 10") % {"n": one.sure}
    if not amount.n:
        happened = _("Nothing recorded yet")
    else:
        happened = _("%(kept)s of %(n)s kept") % {"kept": amount.kept, "n": amount.n}
        if not one.counts:
            happened += ". " + _("Too few days recorded to count")
    address = one.promise.get_absolute_url()
    kind = _("Promise, from %(day)s") % {"day": day(one.since)}
    return HowSureRow(one.promise.statement, address, kind, sure, happened)


def _of_decision(one: Any) -> HowSureRow:
    """Of a decision that `decision_queries.predicted` read."""
    happened = RESULTS.get(one.came_true or "", "")
    if not happened and one.review_on:
        happened = _("Review on %(day)s") % {"day": day(one.review_on)}
    sure = percent(one.confidence)
    return HowSureRow(one.prediction, one.get_absolute_url(), _("Decision"), sure, happened)


def _of_forecast(one: Forecast) -> HowSureRow:
    happened = RESULTS.get(one.result) or _("Due %(day)s") % {"day": day(one.due_on)}
    address = one.get_absolute_url()
    return HowSureRow(one.question, address, _("Forecast"), one.chance_text, happened)
