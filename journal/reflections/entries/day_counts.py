"""What the days of a period hold, for the calendar: entries, check-ins, promises kept."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Value

from journal.people.models import User
from journal.promises.models import CheckIn
from journal.reflections.entries.timeline import Narrowing

ENTRIES, CHECKED, KEPT, BEFORE, AFTER = range(5)
COUNTED_AS_KEPT = (CheckIn.Status.KEPT, CheckIn.Status.KEPT_SMALL)


@dataclass(frozen=True)
class DayCounts:
    entries: Counter[date]
    checked: Counter[date]
    kept: Counter[date]
    before: date | None  # the day of the last entry before the period
    after: date | None  # the day of the first entry after it

    def of(self, year: int, month: int) -> "DayCounts":
        """One month of them."""
        found = (
            Counter({d: n for d, n in days.items() if (d.year, d.month) == (year, month)})
            for days in (self.entries, self.checked, self.kept)
        )
        return DayCounts(*found, before=None, after=None)

    @property
    def days(self) -> set[date]:
        return {*self.entries, *self.checked, *self.kept}

    @property
    def number(self) -> int:
        return self.entries.total()


def count_days(person: User, since: date, until: date, narrowing: Narrowing) -> DayCounts:
    """One statement that decrypts nothing. Filters are those of entries, so with one there are only
    entries."""
    entries = narrowing.with_labels(person.entries.live())
    parts = [
        _by_day(entries.filter(written_on__range=(since, until)), "written_on", ENTRIES),
        _one(entries.filter(written_on__lt=since).order_by("-written_on"), BEFORE),
        _one(entries.filter(written_on__gt=until).order_by("written_on"), AFTER),
    ]
    if not narrowing.labels:
        checks = person.daily_checks.live().filter(trust__isnull=False, date__range=(since, until))
        kept = person.checkins.live().filter(promise__deleted_at=None, status__in=COUNTED_AS_KEPT)
        parts.append(_by_day(checks, "date", CHECKED))
        parts.append(_by_day(kept.filter(due_on__range=(since, until)), "due_on", KEPT))
    found: dict[int, Counter[date]] = {kind: Counter() for kind in range(5)}
    for kind, day, number in parts[0].union(*parts[1:], all=True):
        found[kind][day] = number
    before, after = next(iter(found[BEFORE]), None), next(iter(found[AFTER]), None)
    return DayCounts(found[ENTRIES], found[CHECKED], found[KEPT], before, after)


def _by_day(rows: QuerySet[Any], name: str, kind: int) -> QuerySet[Any]:
    counted = rows.order_by().annotate(kind=Value(kind)).values("kind", name)
    return counted.annotate(number=Count("pk")).values_list("kind", name, "number")


def _one(rows: QuerySet[Any], kind: int) -> QuerySet[Any]:
    marked = rows.annotate(kind=Value(kind), number=Value(1))
    return marked.values_list("kind", "written_on", "number")[:1]
