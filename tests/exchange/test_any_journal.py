"""Journals that nobody would think of: out, in, and out again, the same."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from journal.boundaries.models import Boundary, Crossing
from journal.exchange import deleting
from journal.lessons.models import Lesson
from journal.people.areas import Area
from journal.people.models import User
from journal.people.values import Value
from journal.privacy.wall import acting_as
from journal.promises.models import CheckIn, Promise
from journal.reflections.models import DailyCheck, Entry, Topic
from tests.exchange.making import brought_in, exported
from tests.exchange.test_round_trip import same_but_for_its_date
from tests.makers import make_person

pytestmark = pytest.mark.django_db

DAYS = some.dates(date(1900, 1, 1), date(2031, 1, 1))
MOMENTS = some.datetimes(datetime(1970, 1, 2), datetime(2031, 1, 1), timezones=some.just(UTC))
CHARACTERS = some.characters(exclude_categories=["Cs"], exclude_characters="\0")


def words(most: int, *, least: int = 0) -> Any:
    return some.text(CHARACTERS, min_size=least, max_size=min(most, 60))


def row(**fields: Any) -> Any:
    """Of any table: with its moments, its count of saves, in the trash or not."""
    return some.fixed_dictionaries(
        {
            "created_at": MOMENTS,
            "deleted_at": some.none() | MOMENTS,
            "version": some.integers(1, 10**9),
            **fields,
        }
    )


ENTRIES = some.lists(
    row(
        title=words(120),
        body=words(20_000, least=1),
        written_on=DAYS,
        written_zone=some.sampled_from(["UTC", "Asia/Kathmandu", "America/St_Johns"]),
        written_at=MOMENTS,
        intensity=some.none() | some.integers(0, 10),
        practice=some.sampled_from(["", "promises", "mistakes"]),
    ),
    max_size=6,
)
TOPICS = some.lists(row(name=words(40, least=1)), max_size=3)
VALUES = some.lists(words(40, least=1), max_size=10, unique=True)
CHECKS = some.lists(
    row(
        date=DAYS,
        written_zone=some.just("UTC"),
        trust=some.none() | some.integers(1, 5),
        credit=words(200),
        visit=some.sampled_from(["", "none", "boundary", "critic"]),
        visit_let_go_at=some.none() | MOMENTS,
    ),
    max_size=4,
    unique_by=lambda one: one["date"],
)
PROMISES = some.lists(
    row(
        statement=words(140),
        why=words(500),
        cadence=some.sampled_from(["", "daily"]),
        weekdays=some.lists(some.integers(0, 6), max_size=7, unique=True),
        starts_on=some.none() | DAYS,
        reserve_per_month=some.integers(0, 6),
        idle_answered_at=some.none() | MOMENTS,
    ),
    max_size=3,
)
ANSWERS = some.lists(
    row(due_on=DAYS, status=some.sampled_from(["kept", "missed"]), note=words(500)),
    max_size=3,
    unique_by=lambda one: one["due_on"],
)
LESSONS = some.lists(
    row(
        if_situation=words(140, least=1),
        then_action=words(140, least=1),
        areas=some.lists(some.sampled_from(Area.values), min_size=1, unique=True),
        since_on=DAYS,
        next_due=DAYS,
        box=some.integers(0, 4),
    ),
    max_size=3,
)
CROSSINGS = some.lists(
    row(occurred_on=DAYS, what_happened=words(1000, least=1), result=some.just("held")),
    max_size=2,
)


def keep(model: Any, person: User, fields: dict[str, Any], **more: Any) -> Any:
    return model.objects.create(owner=person, **fields, **more)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=some.data())
def test_any_journal_comes_out_as_it_went_in(data):
    with transaction.atomic():
        first, second = out_and_in_and_out(data.draw)
        transaction.set_rollback(True)
    assert second == first


def out_and_in_and_out(draw: Any) -> tuple[dict[str, bytes], dict[str, bytes]]:
    ada = make_person("ada@example.org", zone="Asia/Kathmandu")
    with acting_as(ada):
        topics = [keep(Topic, ada, one) for one in draw(TOPICS)]
        for one in draw(ENTRIES):
            keep(Entry, ada, one, topic=draw(some.sampled_from([None, *topics])))
        for rank, name in enumerate(draw(VALUES), start=1):
            keep(Value, ada, {"name": name, "rank": rank})
        for one in draw(CHECKS):
            keep(DailyCheck, ada, one)
        lessons = [keep(Lesson, ada, one) for one in draw(LESSONS)]
        for one in draw(PROMISES):
            lesson = draw(some.sampled_from([None, *lessons]))
            promise = keep(Promise, ada, one, lesson=lesson)
            for answer in draw(ANSWERS):
                keep(CheckIn, ada, answer, promise=promise)
        for one in draw(CROSSINGS):
            keep(Crossing, ada, one, boundary=keep(Boundary, ada, {"limit": "No calls"}))
        keep(Entry, ada, {"body": "One at least", "written_on": date(2026, 1, 1)})
    first = exported(ada)
    deleting.delete(ada)
    again = make_person("again@example.org")
    brought_in(again, first)
    return same_but_for_its_date(first), same_but_for_its_date(exported(again))
