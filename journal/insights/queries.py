"""What the figures rest on, as plain values: one statement for each room."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from journal.boundaries.models import Boundary, Crossing
from journal.boundaries.queries import standing
from journal.insights import measures
from journal.insights.windows import Span, Window
from journal.people.models import User
from journal.promises import looking_back
from journal.promises.lines import Told
from journal.promises.models import Promise

Result, Communication = Crossing.Result, Boundary.Communication


def promises(person: User, window: Window) -> list[tuple[Promise, Told]]:
    """Two statements, over the window and the one before it."""
    return looking_back.told(person, window.earlier.first, window.today)


def follow_through(
    person: User, window: Window
) -> tuple[measures.FollowThrough, measures.FollowThrough]:
    """In the window, and in the one before."""
    first, earlier = window.first, window.earlier.first
    rows = (
        person.crossings.live()
        .filter(occurred_on__range=(earlier, window.last))
        .order_by()
        .values_list("result")
        .annotate(now=Count("pk", filter=Q(occurred_on__gte=first)), n=Count("pk"))
    )
    counts = {result: (now, n - now) for result, now, n in rows}
    now, before = (_results({result: n[k] for result, n in counts.items()}) for k in (0, 1))
    return now, before


def _results(times: dict[str, int]) -> measures.FollowThrough:
    return measures.FollowThrough(
        held=times.get(Result.HELD, 0),
        held_later=times.get(Result.HELD_LATER, 0),
        partly=times.get(Result.PARTLY, 0),
        not_held=times.get(Result.NOT_HELD, 0),
        outside=times.get(Result.UNSAFE_TO_ACT, 0) + times.get(Result.UNDECIDED, 0),
    )


def boundaries(person: User) -> dict[str, int]:
    """How many stand, how many of them are to be said, and how many have been."""
    told = Q(communication=Communication.TOLD)
    planned = Q(communication=Communication.PLANNED)
    return standing(person).aggregate(
        standing=Count("pk"),
        to_say=Count("pk", filter=told | planned),
        said=Count("pk", filter=told),
    )


def easing(person: User, window: Window) -> measures.Easing:
    rows = (
        person.selfcompassions.finished()
        .filter(occurred_on__range=(window.first, window.last), intensity_after__isnull=False)
        .order_by()
        .values_list("intensity_before", "intensity_after")
        .annotate(n=Count("pk"))
    )
    return measures.Easing({(before, after): n for before, after, n in rows})


@dataclass(frozen=True)
class Reviews:
    process: measures.Process
    predictions: list[measures.Prediction]
    unclear: int


def reviews(person: User, window: Window) -> Reviews:
    """What was looked back on in the window."""
    rows = (
        person.decisionreviews.finished()
        .filter(decision__deleted_at=None, reviewed_on__range=(window.first, window.last))
        .order_by()
        .values_list(
            "process_sound_now", "outcome_quality", "prediction_result", "decision__confidence"
        )
        .annotate(n=Count("pk"))
    )
    cells: Counter[tuple[bool, str]] = Counter()
    predictions: list[measures.Prediction] = []
    unclear = 0
    for sound, outcome, result, sure, n in rows:
        cells[sound, outcome] += n
        if sure is not None and result in ("yes", "no"):
            predictions += [(sure, result == "yes")] * n
        elif result == "unclear":
            unclear += n
    return Reviews(measures.Process(cells), sorted(predictions), unclear)


def trust(person: User, window: Window) -> list[tuple[date, int]]:
    days = person.daily_checks.filter(date__range=(window.first, window.last), trust__isnull=False)
    return list(days.order_by("date").values_list("date", "trust"))


def by_span(days: Iterable[tuple[date, int]], spans: list[Span]) -> list[list[int]]:
    """The values of each span, which follow each other without a gap."""
    found: list[list[int]] = [[] for _ in spans]
    length = (spans[0].last - spans[0].first).days + 1
    for day, value in days:
        found[(day - spans[0].first).days // length].append(value)
    return found
