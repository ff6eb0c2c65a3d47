"""The CSV files of an export: each practice as a table, for a spreadsheet.

With words, or with figures only: then an id identifies a row, and no column contains words. Choices
are the stored names, as in selftrust.json. Each file begins with a byte order mark, without which
Excel takes UTF-8 for something else.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db.models import Prefetch, Q

from journal.boundaries.models import Boundary, Crossing
from journal.decisions.models import Decision, DecisionReview, Forecast
from journal.exchange.days import day_of
from journal.exchange.export_filters import Rows
from journal.lessons.models import Lesson
from journal.people import clock
from journal.people.csv_export import csv_text
from journal.privacy.ownership import OwnedModel
from journal.promises.history import plan_of, with_history
from journal.promises.models import CheckIn, Promise
from journal.promises.occurrences import week_of
from journal.promises.tallies import MISSED, tally_week
from journal.reflections.compassion.models import SelfCompassion
from journal.reflections.entries.models import Entry
from journal.reflections.entries.models.tag import stored_tags
from journal.reflections.entries.tag_names import join_names
from journal.reflections.mistakes.models import Mistake
from journal.reflections.models import DailyCheck, SelfRating

BOM = "\ufeff"


class CsvFile(Protocol):
    def __call__(self, kept: Rows, *, words: bool) -> Iterator[str]: ...


def check_ins(kept: Rows, *, words: bool) -> Iterator[str]:
    """One row for each answer. A confirmed week of a promise by the week that fell short has one
    more, on its last day: missed, and how many times."""
    yield one("due_on", "promise", "status", "times", "excuse", *(["note"] if words else []))
    rows = kept.rows(CheckIn).filter(deleted_at=None, promise__deleted_at=None)
    rows = rows.select_related("promise").order_by("due_on", "pk")
    answers = (
        (row.due_on, row.promise, row.status, 1, row.reason, row)
        for row in rows.iterator(chunk_size=500)
    )
    short = ((day, promise, MISSED, n, "", None) for day, promise, n in _shortfalls(kept))
    for day, promise, status, times, reason, row in heapq.merge(
        answers, short, key=lambda found: found[0]
    ):
        named = promise.statement if words else promise.pk
        note = [row.note if row else ""] if words else []
        yield one(day, named, status, times, reason, *note)


def _shortfalls(kept: Rows) -> list[tuple[date, Promise, int]]:
    """By the last day of each week. The answers of all promises are read one promise at a time."""
    found = []
    rows = kept.rows(Promise).filter(deleted_at=None, finished_at__isnull=False)
    for promise in with_history(rows.order_by("pk"), date.min).iterator(chunk_size=10):
        plan = plan_of(promise)
        answers = {date.fromisoformat(row["day"]): row["status"] for row in promise.answer_rows}
        for start in promise.confirmed_rows:
            week = week_of(plan, start)
            if week is None:
                continue
            missed = tally_week(week, answers, clock.today(kept.person), confirmed=True).missed
            if missed and kept.portion.holds(week.ends_on):
                found.append((week.ends_on, promise, missed))
    return sorted(found, key=lambda row: row[0])


def daily_checks(kept: Rows, *, words: bool) -> Iterator[str]:
    yield one("date", "trust", *(["credit"] * words), "visit", *(["visit_words"] * words))
    rows = kept.rows(DailyCheck).filter(deleted_at=None).order_by("date", "pk")
    for row in rows.iterator(chunk_size=500):
        said = [row.credit] * words, [row.visit_words] * words
        yield one(row.date, row.trust, *said[0], row.visit, *said[1])


def entries(kept: Rows, *, words: bool) -> Iterator[str]:
    said = ("title", "tags", "mood") if words else ()
    yield one("written_on", *said, "practice", "intensity", "words")
    rows = kept.rows(Entry).filter(deleted_at=None).prefetch_related(stored_tags())
    for row in rows.order_by("written_on", "created_at", "pk").iterator(chunk_size=500):
        says = (row.title, join_names(row.tag_names), row.mood) if words else ()
        yield one(row.written_on, *says, row.practice, row.intensity, len(row.body.split()))


@dataclass(frozen=True)
class Table:
    """The rows of one model by their day, in columns of its fields. `live` leaves out what hangs on
    something in the bin."""

    model: type[OwnedModel]
    name: str  # of the column with the id, or with the title
    title: str
    figures: tuple[str, ...]
    words: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    live: Q | None = None
    pk: str = "pk"  # the id that identifies what a row is about

    def __call__(self, kept: Rows, *, words: bool) -> Iterator[str]:
        columns = (*self.figures, *(self.words if words else ()))
        yield one("day", self.name, *(column.replace(".", "_") for column in columns))
        rows = kept.rows(self.model).filter(self.live or Q(), deleted_at=None)
        rows = rows.annotate(at=day_of(kept.person, self.model)).order_by("at", "pk")
        if self.model is Decision:
            finished = kept.rows(DecisionReview).filter(deleted_at=None, finished_at__isnull=False)
            rows = rows.prefetch_related(Prefetch("reviews", finished, to_attr="finished_reviews"))
        for row in rows.select_related(*self.joins).iterator(chunk_size=200):
            named = _value(row, self.title if words else self.pk)
            yield one(row.at, named, *(_value(row, column) for column in columns))


def _value(row: Any, column: str) -> Any:
    """Along the dots; empty if there is nothing on the way."""
    for name in column.split("."):
        if name == "review":
            row = next(iter(row.finished_reviews), None)
        else:
            row = getattr(row, name, None)
    if isinstance(row, bool):
        return "yes" if row else "no"
    return " ".join(str(part) for part in row) if isinstance(row, list) else row


def one(*cells: Any) -> str:
    return csv_text([cells])


PLAN = ("why", "cue", "action", "smallest_version", "obstacle", "coping_response", "pause_reason")
SCRIPT = ("facts", "impact", "ask", "benefit", "repeat_line", "flex", "person_label")
WEIGHED = ("info_have", "info_missing", "good_enough", "distance_note", "premortem")
PARTS = ("what_happened", "expected", "conditions", "my_part", "not_mine", "forgiveness_note")
MOMENT = (
    *("critical_thought", "evidence_for", "evidence_against", "friend_words"),
    *("common_humanity", "kinder_thought", "kind_action", "letter_body"),
)
CSV_FILES: dict[str, CsvFile] = {
    "check-ins": check_ins,
    "daily-checks": daily_checks,
    "entries": entries,
    "promises": Table(
        Promise,
        "promise",
        "statement",
        ("state", "cadence", "weekdays", "times_per_week", "due_on", "ends_on", "ended_on", "sure"),
        ("value.name", *PLAN),
        ("value",),
    ),
    "boundaries": Table(
        Boundary,
        "boundary",
        "limit",
        ("area", "state", "communication", "review_on", "retired_on"),
        ("value.name", "my_action", "why", *SCRIPT, "retire_reason"),
        ("value",),
    ),
    "crossings": Table(
        Crossing,
        "boundary",
        "boundary.limit",
        ("result", "was_clear", "follow_up_on"),
        ("what_happened", "response", "follow_up"),
        ("boundary",),
        Q(boundary__deleted_at=None),
        "boundary_id",
    ),
    "decisions": Table(
        Decision,
        "decision",
        "question",
        (
            *("area", "state", "feeling_intensity", "feeling_now", "honest_yes"),
            *("process_sound_then", "confidence", "prediction_on"),
            *("review_on", "review.reviewed_on", "review.process_sound_now"),
            *("review.prediction_result", "review.outcome_quality"),
        ),
        (
            *("chosen_option.name", "reasons", "prediction", "feelings", *WEIGHED),
            *("review.outcome", "review.luck", "review.learned"),
        ),
        ("chosen_option",),
    ),
    "forecasts": Table(
        Forecast, "forecast", "question", ("chance", "due_on", "result", "answered_on")
    ),
    "lessons": Table(
        Lesson, "lesson", "sentence", ("areas", "state", "source", "since_on", "box", "next_due")
    ),
    "mistakes": Table(
        Mistake,
        "mistake",
        "title",
        ("state", "areas", "intensity_before", "intensity_after", "repair_on", "rested_on"),
        (*PARTS, "repair", "if_situation", "then_action"),
    ),
    "hard-moments": Table(
        SelfCompassion,
        "moment",
        "trigger",
        ("mode", "feeling", "intensity_before", "intensity_after", "felt_worse"),
        ("feeling_other", *MOMENT),
    ),
    "check-ups": Table(SelfRating, "check_up", "pk", ("q1", "q2", "q3", "q4", "q5", "score")),
}
