"""Builds a week's record from the live rows of every practice, in three statements.

It leaves out what was not safe to act on: no page asks more about that.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from journal.boundaries.models import Crossing
from journal.decisions.models import Decision
from journal.people import clock
from journal.people.models import User
from journal.privacy.batched_queries import fetch_batched
from journal.promises import history
from journal.promises.models import CheckIn
from journal.promises.occurrences import due_days, ending_weeks
from journal.promises.tallies import KEPT, MISSED, SMALL, Tally, tally_span
from journal.reflections.compassion.models import SelfCompassion
from journal.reflections.week import snapshot as facts
from journal.reflections.week.calendar import DAYS, LAST_DAY, days_of, end_of
from journal.reflections.week.promise_changes import MOVE, SMALLER

RECENT = timedelta(weeks=5)
BEFORE = timedelta(days=DAYS)  # a run of misses from the week before can end in this one
State = Decision.State


def build_snapshot(person: User, start: date) -> facts.WeekSnapshot:
    notes, *others, before = fetch_batched(person, start, *FACTORIES)
    records = _promises(person, start)
    notes_by_day = {(one.promise_id, one.due_on): one.note for one in notes}
    promises = tuple(one for record in records if (one := _promise(record, start)))
    return replace(
        _of_other_practices(person, start, others),
        promises=promises,
        misses=tuple(_misses(records, start, notes_by_day)),
        came_back=sum(_came_back(record, start) for record in records),
        plan=_last_plan(person, before, {one.id for one in promises}),
    )


def build_answers(person: User, start: date) -> facts.WeekSnapshot:
    """What `added_in` counts: the answers to promises, without their arithmetic, and the rows of
    the other practices."""
    _notes, *others, _before = fetch_batched(person, start, *FACTORIES)
    marks: dict[UUID, dict[date, str]] = {}
    rows = person.checkins.filter(
        _in_week("due_on", start), promise__in=history.in_force(person, start, end_of(start))
    )
    for pk, day, status in rows.values_list("promise_id", "due_on", "status"):
        marks.setdefault(pk, {})[day] = status
    days = days_of(start)
    answers = (
        facts.Promise(str(pk), "", tuple(given.get(day, "") for day in days), Tally(), False, False)
        for pk, given in marks.items()
    )
    return replace(_of_other_practices(person, start, others), promises=tuple(answers))


def _of_other_practices(person: User, start: date, rows: list[list[Any]]) -> facts.WeekSnapshot:
    crossings, crossed, follow_ups, moments = rows[:4]
    decided, options, reviews, reviewed, uses, used, checks = rows[4:]
    limits = {one.pk: one.limit for one in crossed}
    chosen = {one.pk: one.name for one in options}
    sentences = {one.pk: one.sentence for one in used}
    questions = {one.pk: one.question for one in reviewed}
    return facts.WeekSnapshot(
        days=tuple(days_of(start)),
        crossings=tuple(_crossing(one, limits) for one in crossings),
        follow_ups=tuple(_follow_up(one) for one in follow_ups),
        moments=tuple(_moment(one) for one in moments),
        decisions=(
            *(_decision(one, chosen) for one in decided),
            *(_review(one, questions) for one in reviews),
        ),
        lessons=(*(_use(one, sentences) for one in uses), *_new_lessons(person, start)),
        credits=tuple(facts.Credit("", one.date, one.credit) for one in checks if one.credit),
    )


# --- promises


def _promises(person: User, start: date) -> list[history.PromiseHistory]:
    """Promises in force on at least one day of the week."""
    return _records(person, start, history.in_force(person, start, end_of(start)).order_by("id"))


def recent_promises(person: User, day: date) -> QuerySet:
    """The promises in force in the weeks before a day, for `tallies_of_week`."""
    first = day - RECENT
    rows = history.in_force(person, first, day).order_by("id")
    return history.with_history(rows, first - BEFORE - LAST_DAY)


def tallies_of_week(person: User, start: date, rows: list[Any]) -> facts.WeekSnapshot:
    """The promises of a week's record, and nothing else, from the rows of `recent_promises`."""
    records = [
        history.PromiseHistory(one, clock.today(person), start)
        for one in rows
        if one.starts_on <= end_of(start)
        and all(day is None or day >= start for day in (one.ended_on, one.ends_on))
    ]
    return facts.WeekSnapshot(
        days=tuple(days_of(start)),
        promises=tuple(one for record in records if (one := _promise(record, start))),
        came_back=sum(_came_back(record, start) for record in records),
    )


def _records(person: User, start: date, rows: Any) -> list[history.PromiseHistory]:
    """Includes the week before, since a week by the week may begin on another day."""
    found = history.with_history(rows, start - BEFORE - LAST_DAY)
    return [history.PromiseHistory(one, clock.today(person), start) for one in found]


def weeks_of_promise(person: User, start: date, promise: Any) -> list[date]:
    """The weeks of one promise that can be confirmed in this week; see `unconfirmed_weeks`."""
    (record,) = _records(person, start, person.promises.finished().filter(pk=promise.pk))
    return unconfirmed_weeks(record, start)


def _promise(record: history.PromiseHistory, start: date) -> facts.Promise | None:
    last = end_of(start)
    marks = tuple(record.mark_on(day) for day in days_of(start))
    tally = tally_span(record.plan, record.answers, record.confirmed, record.today, start, last)
    if not any(marks) and not tally.due:
        return None
    return facts.Promise(
        str(record.promise.pk),
        record.promise.statement,
        marks,
        tally,
        by_week=bool(ending_weeks(record.plan, start, last)),
        to_confirm=bool(unconfirmed_weeks(record, start)),
    )


def unconfirmed_weeks(record: history.PromiseHistory, start: date) -> list[date]:
    """First days of the promise's weeks that end in this week, from their last day on, and lack
    answers for some of their units: the person may confirm them."""
    found = []
    for week in ending_weeks(record.plan, start, end_of(start)):
        amount = record.week_tally(week)
        if week.ends_on <= record.today and week.starts_on not in record.confirmed:
            found += [week.starts_on] * bool(amount.open or amount.unrecorded)
    return found


def _misses(
    records: list[history.PromiseHistory], start: date, notes_by_day: dict[Any, str]
) -> list[facts.Miss]:
    found = [
        facts.Miss(
            str(record.promise.pk),
            day,
            record.promise.statement,
            notes_by_day.get((record.promise.pk, day), ""),
        )
        for record in records
        for day in days_of(start)
        if record.answers.get(day) == MISSED
    ]
    return sorted(found, key=lambda miss: miss.day)


def _came_back(record: history.PromiseHistory, start: date) -> int:
    due = due_days(record.plan, start - BEFORE, end_of(start))
    marks = [(day, record.answers.get(day, "")) for day in due]
    recorded = [(day, mark) for day, mark in marks if mark in (KEPT, SMALL, MISSED)]
    return facts.came_back(recorded, start)


# --- the other practices; one batch reads them, and its `day` is the week's first day


def _in_week(name: str, day: date, **more: Any) -> Q:
    return Q(**{f"{name}__range": (day, day + LAST_DAY)}, **more)


def _notes(person: User, day: date) -> QuerySet:
    rows = person.checkins.with_note().filter(_in_week("due_on", day, status=CheckIn.Status.MISSED))
    return rows.order_by("due_on")


def _crossings(person: User, day: date) -> QuerySet:
    rows = person.crossings.live().filter(_in_week("occurred_on", day))
    return rows.exclude(result=Crossing.Result.UNSAFE_TO_ACT).order_by("occurred_on", "id")


def _crossed(person: User, day: date) -> QuerySet:
    crossings = _crossings(person, day).order_by().filter(boundary=OuterRef("pk"))
    return person.boundaries.live().filter(Exists(crossings))


def _follow_ups(person: User, day: date) -> QuerySet:
    rows = person.crossings.live().filter(_in_week("follow_up_on", day))
    return rows.order_by("follow_up_on", "id")


def _moments(person: User, day: date) -> QuerySet:
    rows = person.selfcompassions.finished().filter(_in_week("occurred_on", day))
    return rows.order_by("occurred_on", "id")


def _decided(person: User, day: date) -> QuerySet:
    """Really made in the week: no draft, and none that waits, was dropped or is due for review."""
    rows = person.decisions.finished().filter(state__in=(State.DECIDED, State.REVIEWED))
    return rows.filter(_in_week("decided_on", day)).order_by("decided_on", "id")


def _chosen(person: User, day: date) -> QuerySet:
    rows = _decided(person, day).order_by().filter(chosen_option=OuterRef("pk"))
    return person.options.filter(Exists(rows))


def _reviewed(person: User, day: date) -> QuerySet:
    rows = person.decisionreviews.finished().filter(_in_week("reviewed_on", day))
    return rows.filter(decision__deleted_at=None).order_by("reviewed_on", "id")


def _looked_at(person: User, day: date) -> QuerySet:
    return person.decisions.filter(
        Exists(_reviewed(person, day).order_by().filter(decision=OuterRef("pk")))
    )


def _uses(person: User, day: date) -> QuerySet:
    rows = person.lessonuses.of_live_lessons().filter(_in_week("used_on", day))
    return rows.order_by("used_on", "id")


def _used(person: User, day: date) -> QuerySet:
    return person.lessons.live().filter(
        Exists(_uses(person, day).order_by().filter(lesson=OuterRef("pk")))
    )


def _checks(person: User, day: date) -> QuerySet:
    return person.daily_checks.filter(_in_week("date", day)).order_by("date")


def _before(person: User, day: date) -> QuerySet:
    """The latest finished reflection on a week that ends right before this one. Where the person
    chose another first day of the week since, it began 6 to 13 days earlier."""
    first = day - 2 * timedelta(days=DAYS)
    rows = person.weeklyreflections.finished().filter(week_start__gt=first, week_start__lt=day)
    plain = rows.only("owner", "week_start", "easier", "changes", "next_promise")
    return plain.order_by("-week_start")[:1]


FACTORIES = (
    *(_notes, _crossings, _crossed, _follow_ups, _moments),
    *(_decided, _chosen, _reviewed, _looked_at, _uses, _used, _checks, _before),
)


def _new_lessons(person: User, start: date) -> list[facts.Lesson]:
    """Created in the week, between the instants at which its first and last day begin and end."""
    begins = clock.begins(person, start)
    ends = clock.begins(person, start + timedelta(days=DAYS))
    rows = person.lessons.live().filter(created_at__gte=begins, created_at__lt=ends)
    return [
        facts.Lesson(str(one.pk), clock.day_of(person, one.created_at), one.sentence, "new")
        for one in rows.order_by("id")
    ]


# --- rows as plain values


def _crossing(row: Crossing, limits: dict[Any, str]) -> facts.Crossing:
    limit = limits[row.boundary_id]
    return facts.Crossing(str(row.pk), row.occurred_on, limit, row.what_happened, row.result)


def _follow_up(row: Any) -> facts.FollowUp:
    done = row.follow_up_done_at is not None
    return facts.FollowUp(str(row.pk), row.follow_up_on, row.follow_up, done)


def _moment(row: SelfCompassion) -> facts.Moment:
    strength = row.intensity_before, row.intensity_after
    return facts.Moment(str(row.pk), row.occurred_on, row.trigger, row.kinder_thought, *strength)


def _decision(row: Any, chosen: dict[Any, str]) -> facts.Decision:
    name = chosen.get(row.chosen_option_id, "")
    return facts.Decision(str(row.pk), row.decided_on, row.question, "made", name)


def _review(row: Any, questions: dict[Any, str]) -> facts.Decision:
    question = questions[row.decision_id]
    return facts.Decision(str(row.decision_id), row.reviewed_on, question, "reviewed", "")


def _use(row: Any, sentences: dict[Any, str]) -> facts.Lesson:
    return facts.Lesson(str(row.pk), row.used_on, sentences[row.lesson_id], row.result)


def _last_plan(person: User, before: list[Any], due: set[str]) -> facts.LastPlan:
    """One statement more, only where a promise of the plan had nothing due."""
    plan = plan_in(before[0]) if before else facts.LastPlan()
    missing = [pk for pk in plan.promises if pk not in due]
    rows = person.promises.finished().filter(pk__in=missing) if missing else ()
    there = {str(one.pk): facts.NotDue(str(one.pk), one.statement, one.state) for one in rows}
    return replace(plan, not_due=tuple(there[pk] for pk in missing if pk in there))


def plan_in(reflection: Any) -> facts.LastPlan:
    """What a finished reflection planned for the week after."""
    changed = [one.promise for one in reflection.decided.whole(SMALLER, MOVE)]
    if reflection.next_promise_id:
        changed.append(str(reflection.next_promise_id))
    return facts.LastPlan(reflection.easier, tuple(dict.fromkeys(changed)))
