"""What the days of a period hold, for the calendar: entries, photos, check-ins, promises."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import Count, F

from journal.people.models import User
from journal.privacy.batched_queries import QueryFactory, fetch_batched, in_given
from journal.promises.models import CheckIn
from journal.reflections.entries.models import EntryQuerySet
from journal.reflections.entries.timeline import Narrowing, with_photos

COUNTED_AS_KEPT = (CheckIn.Status.KEPT, CheckIn.Status.KEPT_SMALL)
SPANS = (timedelta(days=31), timedelta(days=366))  # of the longest month and of the longest year


@dataclass(frozen=True)
class DayCounts:
    entries: Counter[date]
    photos: Counter[date]  # by the day of their entry
    checked: Counter[date]
    kept: Counter[date]
    before: date | None = None  # the day of the last entry before the period
    after: date | None = None  # the day of the first entry after it

    def between(self, since: date, until: date) -> "DayCounts":
        def cut(days: Counter[date]) -> Counter[date]:
            return Counter({day: number for day, number in days.items() if since <= day <= until})

        return DayCounts(cut(self.entries), cut(self.photos), cut(self.checked), cut(self.kept))

    @property
    def days(self) -> set[date]:
        return {*self.entries, *self.checked, *self.kept}

    @property
    def number(self) -> int:
        return self.entries.total()


def count_days(person: User, since: date, until: date, narrowing: Narrowing) -> DayCounts:
    """One statement that decrypts nothing. Filters are those of entries, so with one there are only
    entries and their photos."""
    span = next(one for one in SPANS if until - since < one)
    tag = narrowing.tag
    factories = _factories(
        span,
        tuple(narrowing.fields.items()),
        narrowing.has_photos,
        tag is not None,
    )
    given = [tag.pk] if tag else None
    written, photographed, before, after, *others = fetch_batched(
        person, until, *factories, given=given
    )
    checked, kept = others or ([], [])
    found = DayCounts(_days(written), _days(photographed), _days(checked), _days(kept))
    # The span may begin some days before the period.
    earlier = [day for day in found.entries if day < since] or list(_days(before))
    inside = found.between(since, until)
    return replace(inside, before=max(earlier, default=None), after=min(_days(after), default=None))


def _days(rows: Iterable[dict[str, Any]]) -> Counter[date]:
    return Counter({date.fromisoformat(row["day"]): row.get("number", 1) for row in rows})


@lru_cache
def _factories(
    span: timedelta, fields: tuple[tuple[str, Any], ...], has_photos: bool, has_tag: bool
) -> tuple[QueryFactory, ...]:
    """The querysets of a span and its filters, compiled once; the tag is given with each call."""

    def entries(person: Any) -> EntryQuerySet:
        rows = person.entries.live().narrowed(None, None, **dict(fields))
        rows = with_photos(rows) if has_photos else rows
        return rows.filter(in_given("entry_tags__tag_id")) if has_tag else rows

    def written(person: Any, until: date) -> Any:
        rows = entries(person).filter(written_on__lte=until, written_on__gt=until - span)
        return rows.order_by().values(day=F("written_on")).annotate(number=Count("pk"))

    def photographed(person: Any, until: date) -> Any:
        of_span = entries(person).filter(written_on__lte=until, written_on__gt=until - span)
        rows = person.photos.live().filter(entry__in=of_span).order_by()
        return rows.values(day=F("entry__written_on")).annotate(number=Count("pk"))

    def before(person: Any, until: date) -> Any:
        rows = entries(person).filter(written_on__lte=until - span)
        return rows.order_by("-written_on").values(day=F("written_on"))[:1]

    def after(person: Any, until: date) -> Any:
        return (
            entries(person)
            .filter(written_on__gt=until)
            .order_by("written_on")
            .values(day=F("written_on"))[:1]
        )

    def checked(person: Any, until: date) -> Any:
        rows = person.daily_checks.live().filter(trust__isnull=False)
        return rows.filter(date__lte=until, date__gt=until - span).values(day=F("date"))

    def kept(person: Any, until: date) -> Any:
        rows = person.checkins.live().filter(promise__deleted_at=None)
        rows = rows.filter(due_on__lte=until, due_on__gt=until - span, status__in=COUNTED_AS_KEPT)
        return rows.order_by().values(day=F("due_on")).annotate(number=Count("pk"))

    of_entries: tuple[QueryFactory, ...] = (written, photographed, before, after)
    has_filter = any(value for _name, value in fields) or has_photos or has_tag
    return of_entries if has_filter else (*of_entries, checked, kept)
