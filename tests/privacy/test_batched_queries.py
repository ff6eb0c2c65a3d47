"""Several querysets in one statement give what each would have given by itself."""

from datetime import date, timedelta

import pytest
from django.db.models import Count, Exists, OuterRef, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from journal.boundaries.models import Crossing
from journal.people import clock
from journal.privacy.batched_queries import fetch_batched, in_given
from journal.privacy.ownership import uuid7
from journal.privacy.rls import acting_as
from tests.boundaries.factories import make_boundary, make_crossing, make_draft
from tests.factories import make_entry

DAY = date(2026, 3, 1)


def entries(person, _day):
    return person.entries.order_by("id")


def boundaries(person, _day):
    crossed = Exists(Crossing.objects.filter(boundary=OuterRef("pk")))
    return person.boundaries.annotate(crossed=crossed).order_by("-id")


def states(person, _day):
    return person.boundaries.values("state").annotate(n=Count("pk")).order_by("state")


def of_the_week(person, day):
    return person.entries.filter(written_on__range=(day - timedelta(days=7), day)).order_by("id")


def test_rows_come_as_their_models_would_have_read_them(ada, django_assert_num_queries):
    boundary = make_boundary(ada, tell_on=clock.today(ada) + timedelta(days=2), why="To rest")
    make_crossing(boundary)
    make_draft(ada)
    make_entry(ada, "Zoë said “no” \\ and went")
    with acting_as(ada):
        with django_assert_num_queries(1):
            found, (entry,), counted = fetch_batched(ada, DAY, boundaries, entries, states)
        names = [field.name for field in boundary._meta.concrete_fields if field.name != "owner"]
        for mine, theirs in zip(found, boundaries(ada, DAY), strict=True):
            assert {name: getattr(mine, name) for name in names} == {
                name: getattr(theirs, name) for name in names
            }
        assert [one.crossed for one in found] == [False, True]
        assert entry.body == "Zoë said “no” \\ and went"
        with django_assert_num_queries(0):
            assert found[0].owner == ada
        assert counted == [{"state": "draft", "n": 1}, {"state": "ready", "n": 1}]


def given_entries(person, _day):
    return person.entries.filter(in_given()).order_by("id")


def on_given_days(person, _day):
    return person.entries.filter(in_given("written_on")).order_by("written_on")


def test_rows_are_found_by_the_ids_or_days_that_are_given(ada):
    days = [DAY - timedelta(days=number) for number in range(3)]
    newest, _middle, oldest = (make_entry(ada, str(day), written_on=day) for day in days)
    with acting_as(ada):
        assert fetch_batched(ada, DAY, given_entries, given=[newest.pk]) == [[newest]]
        assert fetch_batched(ada, DAY, given_entries, given=[oldest.pk]) == [[oldest]]
        assert fetch_batched(ada, DAY, given_entries, given=[]) == [[]]
        found = fetch_batched(ada, DAY, on_given_days, given=[days[0], days[2]])
        assert found == [[oldest, newest]]
        with pytest.raises(TypeError, match="nothing is given"):
            fetch_batched(ada, DAY, given_entries)


def test_a_compiled_statement_holds_no_person_and_no_day(ada, eve):
    for person, day in [(ada, DAY), (eve, DAY), (ada, DAY - timedelta(days=7)), (ada, date.min)]:
        make_entry(person, f"{person.email} on {day}", written_on=max(day, date(1900, 1, 1)))
    for person, day in [(ada, DAY), (eve, DAY), (ada, DAY + timedelta(days=1))]:
        with acting_as(person):
            (found,) = fetch_batched(person, day, of_the_week)
            assert [(one.pk, one.body) for one in found] == [
                (one.pk, one.body) for one in of_the_week(person, day)
            ]


def test_no_day_and_no_id_is_mistaken_for_a_placeholder(ada):
    """Whatever is asked about, the first and the last day there is among it."""
    for day in (date.min, date(5000, 6, 1), date.max - timedelta(days=7)):
        with acting_as(ada):
            assert fetch_batched(
                ada,
                day,
                lambda person, day: person.entries.filter(written_on=day + timedelta(days=7)),
            ) == [[]]


def test_the_database_reads_the_person_and_the_day_as_values_too(ada, eve):
    def named(person, day):
        of_whom = Cast(Value(person.pk), TextField()), Cast(Value(day), TextField())
        return person.entries.annotate(pk_text=of_whom[0], day=of_whom[1]).values("pk_text", "day")

    for person in (ada, eve):
        make_entry(person)
        with acting_as(person):
            found = fetch_batched(person, DAY, named)
        assert found == [[{"pk_text": str(person.pk), "day": "2026-03-01"}]]


@pytest.mark.parametrize(
    "factory",
    [
        lambda person, _day: person.entries.filter(created_at__gte=timezone.now()),
        lambda person, _day: person.entries.filter(written_on__gte=date(1900, 1, 1)),
        lambda person, _day: person.entries.filter(written_on__in=[date(1900, 1, 1)]),
        lambda person, _day: person.entries.exclude(pk=uuid7()),
        lambda person, _day: person.entries.exclude(pk__in=[uuid7()]),
    ],
    ids=["moment", "day", "days", "id", "ids"],
)
def test_a_fixed_value_is_refused(ada, factory):
    """It would be compiled in, and asked about for ever."""
    with acting_as(ada), pytest.raises(TypeError, match="compiled in"):
        fetch_batched(ada, DAY, factory)


@pytest.mark.parametrize(
    "factory",
    [
        lambda person, day: person.entries.annotate(said=Value(f"{person.pk}")),
        lambda person, day: person.entries.annotate(said=Value(str(day))),
        lambda person, day: person.entries.filter(title=day.isoformat()),
        lambda person, day: person.entries.filter(written_on__year=day.year),
        lambda person, day: person.entries.filter(pk=person.pk.hex),
        lambda person, day: person.entries.filter(written_on=day.replace(day=1)),
        lambda person, day: person.entries.all() if day > DAY else person.entries.none(),
        lambda person, day: person.entries.all() if day == DAY else person.entries.none(),
        lambda person, day: person.entries.filter(written_on=DAY - day),
    ],
    ids=["id text", "day text", "isoformat", "year", "hex", "replace", "greater", "equal", "minus"],
)
def test_a_factory_cannot_read_a_placeholder(ada, factory):
    """There is no value yet; what it would read is nobody's, and would be kept for everyone."""
    with acting_as(ada), pytest.raises(TypeError, match="cannot be read"):
        fetch_batched(ada, DAY, factory)


def test_of_the_person_a_factory_reads_the_id_alone(ada):
    def of_their_zone(person, _day):
        return person.entries.filter(written_zone=person.zone)

    with acting_as(ada), pytest.raises(TypeError, match="cannot be read"):
        fetch_batched(ada, DAY, of_their_zone)


def test_what_is_not_asked_for_stays_away(ada):
    make_entry(ada, "Once", title="Mine")
    with acting_as(ada):
        ((entry,),) = fetch_batched(ada, DAY, lambda person, _day: person.entries.only("title"))
        assert entry.get_deferred_fields() >= {"body", "written_on"}
        assert entry.title == "Mine"


def test_nothing_is_an_empty_list(ada):
    with acting_as(ada):
        assert fetch_batched(ada, DAY) == []
        assert fetch_batched(ada, DAY, entries, boundaries) == [[], []]


def test_eve_reads_nothing_of_adas_even_without_a_filter(ada, eve):
    make_entry(ada)
    everyones = type(ada).entries.rel.related_model.objects.all()
    with acting_as(eve):
        assert fetch_batched(eve, DAY, lambda _person, _day: everyones) == [[]]


@pytest.mark.parametrize("pages", [1, 30])
def test_as_many_as_there_are(ada, pages):
    for number in range(pages):
        make_entry(ada, f"Entry {number}")
    with acting_as(ada):
        (found,) = fetch_batched(ada, DAY, entries)
        # Ids of one millisecond are in no order.
        assert {entry.body for entry in found} == {f"Entry {number}" for number in range(pages)}
