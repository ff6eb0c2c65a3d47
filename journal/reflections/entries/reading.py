"""What the page of one entry shows around it."""

from datetime import date
from typing import Any

from journal.people.models import User
from journal.reflections.entries.models import Entry
from journal.reflections.entries.timeline import MOST_LOOKED_BACK, YEARS_AGO, days_years_ago


def around(person: User, entry: Entry) -> dict[str, Any]:
    """The entries before and after it, and those of its day in earlier years."""
    entries = person.entries.live()
    place = (entry.written_on, entry.pk)
    return {
        "earlier": entries.before(*place).newest_first().first(),
        "later": entries.after(*place).oldest_first().first(),
        "on_this_day": list(
            entries.without_quiet()
            .filter(written_on__in=_same_days(entry.written_on))
            .newest_first()[:MOST_LOOKED_BACK]
        ),
    }


def _same_days(day: date) -> list[date]:
    return [then for years in range(1, YEARS_AGO + 1) for then in days_years_ago(day, years)]
