"""What became of weekly plans: the answers to "Did that make it easier?", one week later."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from journal.people.models import User
from journal.reflections.week.calendar import CLOSED_AFTER, DAYS
from journal.reflections.week.models import WeeklyReflection, WeeklyReflectionQuerySet
from journal.reflections.week.snapshot_builder import plan_in

LOOKING_BACK = timedelta(weeks=12)
WEEK = timedelta(days=DAYS)
NOT_SAID, OPEN = "", "open"
EASED, SHOWN = (WeeklyReflection.Helped.YES, WeeklyReflection.Helped.A_BIT), 3
COLUMNS = ("owner", "week_start", "finished_at", "plan_helped")
PLAN = ("easier", "changes", "next_promise")


def reflections(person: User, day: date) -> WeeklyReflectionQuerySet:
    """Those that made a plan for a week that began in the twelve weeks before a day, and those that
    answer one."""
    rows = person.weeklyreflections.live().filter(week_start__gte=day - LOOKING_BACK - WEEK)
    return rows.only(*COLUMNS, *PLAN).order_by("week_start")


def outcomes(rows: Sequence[WeeklyReflection], today: date) -> Counter[str]:
    """How many plans have each answer; NOT_SAID for those that nobody looked back on, and OPEN for
    those that can still be. `rows` come from `reflections`."""
    made = [number for number, row in enumerate(rows) if row.finished_at and plan_in(row).is_there]
    return Counter(_outcome(rows[number], rows[number + 1 :], today) for number in made)


def _outcome(plan: WeeklyReflection, later: Sequence[WeeklyReflection], today: date) -> str:
    """The answer stands in the next finished reflection, up to two weeks later, whose record has
    this plan (snapshot_builder), or in one before that was begun."""
    for row in later:
        if row.week_start - plan.week_start >= 2 * WEEK:
            break
        if row.plan_helped or row.finished_at:
            return row.plan_helped
    return NOT_SAID if today >= plan.week_start + WEEK + CLOSED_AFTER else OPEN


def that_eased(person: User, before: date) -> list[tuple[str, WeeklyReflection]]:
    """The latest own words under "What would make it easier?" that did, at least a bit, each with
    the week for which they were written; no words twice."""
    rows = person.weeklyreflections.live().filter(plan_helped__in=EASED, week_start__lt=before)
    rows = rows.only("owner", "week_start", "plan_helped", "snapshot").order_by("-week_start")
    found: dict[str, WeeklyReflection] = {}
    for row in rows[:SHOWN]:
        found.setdefault(row.record.plan.easier, row)
    found.pop("", None)
    return list(found.items())
