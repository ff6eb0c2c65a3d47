"""The data of the measures as plain values, in one statement."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any

from django.db.models import Count, Q, QuerySet

from journal.boundaries import queries as boundaries
from journal.boundaries.models import Boundary, Crossing
from journal.insights import value_queries
from journal.insights.measures import arithmetic, calibration
from journal.insights.periods import Length, Period, Span
from journal.lessons.models import HELPED, LessonUse
from journal.lessons.queries import LOOKING_BACK
from journal.people.models import User
from journal.privacy.batched_queries import QueryFactory, fetch_batched
from journal.promises.day_codes import RecordedDays
from journal.promises.history_query import read_histories, with_answers_between
from journal.promises.models import Promise
from journal.reflections.rating.history import History, from_rows
from journal.reflections.week import plans

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class InsightsData:
    promises: list[tuple[Promise, RecordedDays]]  # oldest first
    sure: dict[tuple[str, date], int]  # of a promise's terms, by its id and their first day
    held: arithmetic.FollowThrough
    held_before: arithmetic.FollowThrough  # in the period before
    in_force: dict[str, int]  # boundaries, by whether they were said
    easing: arithmetic.Easing
    process: arithmetic.Process
    predictions: list[calibration.Prediction]
    unclear: int
    uses: dict[str, int]  # of lessons
    trust: list[tuple[date, int]]
    pictures: History
    plans: arithmetic.Plans
    values: value_queries.Values


def ask(person: User, period: Period) -> InsightsData:
    answers = fetch_batched(person, period.today, *query_factories(period.length))
    return read_insights(person, answers, period)


def read_insights(person: User, answers: list[list[Any]], period: Period) -> InsightsData:
    promises, sure, crossings, in_force, moments, *others = answers
    forecasts, reviews, uses, checks, ratings, weeks, *of_values = others
    histories = read_histories(promises, period.first_read, period.today)
    predictions, unclear = _predictions(reviews, forecasts)
    return InsightsData(
        promises=histories,
        sure={(str(row["promise"]), as_day(row["effective_on"])): row["sure"] for row in sure},
        held=_results(crossings, lambda row: row["now"]),
        held_before=_results(crossings, lambda row: row["n"] - row["now"]),
        in_force={row["communication"]: row["n"] for row in in_force},
        easing=arithmetic.Easing(
            {(row["intensity_before"], row["intensity_after"]): row["n"] for row in moments}
        ),
        process=_process(reviews),
        predictions=predictions,
        unclear=unclear,
        uses={row["result"]: row["n"] for row in uses},
        trust=[(as_day(row["date"]), row["trust"]) for row in checks],
        pictures=from_rows(ratings),
        plans=_plans(weeks, period.today),
        values=value_queries.read_values(person, of_values, histories, period),
    )


@cache
def query_factories(length: Length, of: type[Period] = Period) -> tuple[QueryFactory, ...]:
    """Returns the same factories for each length, so their statement compiles once."""
    return tuple(partial(_of_period, build, length, of) for build in BUILDERS)


def _of_period(
    build: Callable[[User, Period], QuerySet],
    length: Length,
    of: type[Period],
    person: User,
    day: date,
) -> QuerySet:
    return build(person, of(length, day))


def _promises(person: User, period: Period) -> QuerySet:
    return with_answers_between(person, period.first_read, period.last_read)


def _sure(person: User, period: Period) -> QuerySet:
    """How sure the person was of each promise's terms, where they said so."""
    rows = person.promiserevisions.filter(sure__isnull=False, effective_on__lte=period.last)
    return rows.order_by().values("promise", "effective_on", "sure")


def _crossings(person: User, period: Period) -> QuerySet:
    """By result: the number in the period, and the number including the period before."""
    rows = person.crossings.live().filter(
        occurred_on__gte=period.earlier.first, occurred_on__lte=period.last
    )
    now = Count("pk", filter=Q(occurred_on__gte=period.first))
    return rows.order_by().values("result").annotate(now=now, n=Count("pk"))


def _in_force(person: User, period: Period) -> QuerySet:
    rows = boundaries.active_boundaries(person).order_by()
    return rows.values("communication").annotate(n=Count("pk"))


def _moments(person: User, period: Period) -> QuerySet:
    rows = person.selfcompassions.finished().filter(
        occurred_on__gte=period.first, occurred_on__lte=period.last, intensity_after__isnull=False
    )
    pairs = rows.order_by().values("intensity_before", "intensity_after")
    return pairs.annotate(n=Count("pk"))


def _reviews(person: User, period: Period) -> QuerySet:
    """The reviews in the period."""
    rows = person.decisionreviews.finished().filter(
        decision__deleted_at=None, reviewed_on__gte=period.first, reviewed_on__lte=period.last
    )
    names = ("process_sound_now", "outcome_quality", "prediction_result", "decision__confidence")
    return rows.order_by().values(*names).annotate(n=Count("pk"))


def _forecasts(person: User, period: Period) -> QuerySet:
    """The plain forecasts answered in the period."""
    rows = person.forecasts.answered().filter(
        answered_on__gte=period.first, answered_on__lte=period.last
    )
    return rows.order_by().values("chance", "result").annotate(n=Count("pk"))


def _uses(person: User, period: Period) -> QuerySet:
    """The uses of ninety days, whatever the period."""
    rows = person.lessonuses.of_live_lessons().filter(
        used_on__gte=period.last - LOOKING_BACK, used_on__lte=period.last
    )
    return rows.order_by().values("result").annotate(n=Count("pk"))


def _trust(person: User, period: Period) -> QuerySet:
    rows = person.daily_checks.filter(
        date__gte=period.first, date__lte=period.last, trust__isnull=False
    )
    return rows.order_by("date").values("date", "trust")


def _ratings(person: User, period: Period) -> QuerySet:
    return person.ratings.newest_first()


def _weeks(person: User, period: Period) -> QuerySet:
    """The weekly reflections of the last twelve weeks, whatever the period."""
    return plans.reflections(person, period.today)


BUILDERS = (
    *(_promises, _sure, _crossings, _in_force, _moments, _forecasts),
    *(_reviews, _uses, _trust, _ratings, _weeks),
    *value_queries.BUILDERS,
)


def ask_of_quarter(person: User, quarter: Period) -> InsightsData:
    """A statement for each measure: quarters differ in length, so that no batch would serve twice.
    Without what is of now and not of a quarter."""
    of_now = (_in_force, _ratings, _weeks)
    answers = [[] if one in of_now else list(one(person, quarter)) for one in BUILDERS]
    return read_insights(person, answers, quarter)


def as_day(value: date | str) -> date:
    """A day of `.values()`, which a batch has as text."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def _results(rows: Rows, n: Callable[[dict[str, Any]], int]) -> arithmetic.FollowThrough:
    times, Result = {row["result"]: n(row) for row in rows}, Crossing.Result
    return arithmetic.FollowThrough(
        held=times.get(Result.HELD, 0),
        held_later=times.get(Result.HELD_LATER, 0),
        partly=times.get(Result.PARTLY, 0),
        not_held=times.get(Result.NOT_HELD, 0),
        outside=times.get(Result.UNSAFE_TO_ACT, 0) + times.get(Result.UNDECIDED, 0),
    )


def _plans(rows: list[Any], today: date) -> arithmetic.Plans:
    found = plans.outcomes(rows, today)
    not_said, still_open = found.pop(plans.NOT_SAID, 0), found.pop(plans.OPEN, 0)
    return arithmetic.Plans(found, not_said, still_open)


def _process(rows: Rows) -> arithmetic.Process:
    cells: Counter[tuple[bool, str]] = Counter()
    for row in rows:
        cells[row["process_sound_now"], row["outcome_quality"]] += row["n"]
    return arithmetic.Process(cells)


def _predictions(reviews: Rows, forecasts: Rows) -> tuple[list[calibration.Prediction], int]:
    """Confidence and outcome of each prediction, of a decision or plain, and the number of
    unclear ones."""
    said = [(row["decision__confidence"], row["prediction_result"], row["n"]) for row in reviews]
    said += [(row["chance"], row["result"], row["n"]) for row in forecasts]
    predictions: list[calibration.Prediction] = []
    unclear = 0
    for sure, result, n in said:
        if sure is not None and result in ("yes", "no"):
            predictions += [(sure, result == "yes")] * n
        elif result == "unclear":
            unclear += n
    return sorted(predictions), unclear


def said(in_force: dict[str, int]) -> tuple[int, int, int]:
    """The number of boundaries in force, of those to be said, and of those already said."""
    communicated = in_force.get(Boundary.Communication.TOLD, 0)
    planned = in_force.get(Boundary.Communication.PLANNED, 0)
    return sum(in_force.values()), communicated + planned, communicated


def helped(uses: dict[str, int]) -> tuple[int, int]:
    """How often a lesson helped, fully or in part, and how often one came to mind too late."""
    return sum(uses.get(one, 0) for one in HELPED), uses.get(LessonUse.Result.FORGOT, 0)


def by_span(days: Iterable[tuple[date, int]], spans: list[Span]) -> list[list[int]]:
    """The values of each span; spans follow each other without a gap."""
    found: list[list[int]] = [[] for _ in spans]
    length = (spans[0].last - spans[0].first).days + 1
    for day, value in days:
        found[(day - spans[0].first).days // length].append(value)
    return found
