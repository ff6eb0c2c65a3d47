"""Several tables in one statement give what each would have given by itself."""

from datetime import date, timedelta

import pytest
from django.db.models import Count, Exists, OuterRef, Value
from django.utils import timezone

from journal.boundaries.models import Crossing
from journal.people import clock
from journal.privacy.rls import acting_as
from journal.privacy.together import THIS, together
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
            found, (entry,), counted = together(ada, DAY, boundaries, entries, states)
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


def test_one_row_can_be_asked_about_by_its_id(ada):
    rows = [make_entry(ada, "One."), make_entry(ada, "Two.")]
    with acting_as(ada):
        for row in rows:
            assert together(ada, DAY, this_entry, this=row.pk) == [[row]]


def this_entry(person, _day):
    return person.entries.filter(pk=THIS)


def test_what_is_remembered_is_nobodys_and_of_no_day(ada, eve):
    for person, day in [(ada, DAY), (eve, DAY), (ada, DAY - timedelta(days=7)), (ada, date.min)]:
        make_entry(person, f"{person.email} on {day}", written_on=max(day, date(1900, 1, 1)))
    for person, day in [(ada, DAY), (eve, DAY), (ada, DAY + timedelta(days=1))]:
        with acting_as(person):
            (found,) = together(person, day, of_the_week)
            assert [(one.pk, one.body) for one in found] == [
                (one.pk, one.body) for one in of_the_week(person, day)
            ]


def test_a_person_and_a_day_inside_a_text_are_put_in_place_too(ada, eve):
    def named(person, day):
        return person.entries.annotate(said=Value(f"{person.pk} on {day}")).values("said")

    for person in (ada, eve):
        make_entry(person)
        with acting_as(person):
            assert together(person, DAY, named) == [[{"said": f"{person.pk} on 2026-03-01"}]]


@pytest.mark.parametrize(
    ("field", "when"), [("created_at", timezone.now()), ("written_on", date(1900, 1, 1))]
)
def test_a_question_about_a_fixed_time_is_refused(ada, field, when):
    """It would be remembered, and asked about for ever."""
    with acting_as(ada), pytest.raises(TypeError, match="only the day can change"):
        together(ada, DAY, lambda person, _day: person.entries.filter(**{f"{field}__gte": when}))


def test_what_is_not_asked_for_stays_away(ada):
    make_entry(ada, "Once", title="Mine")
    with acting_as(ada):
        ((entry,),) = together(ada, DAY, lambda person, _day: person.entries.only("title"))
        assert entry.get_deferred_fields() >= {"body", "written_on"}
        assert entry.title == "Mine"


def test_nothing_is_an_empty_list(ada):
    with acting_as(ada):
        assert together(ada, DAY) == []
        assert together(ada, DAY, entries, boundaries) == [[], []]


def test_eve_reads_nothing_of_adas_even_without_a_filter(ada, eve):
    make_entry(ada)
    everyones = type(ada).entries.rel.related_model.objects.all()
    with acting_as(eve):
        assert together(eve, DAY, lambda _person, _day: everyones) == [[]]


@pytest.mark.parametrize("pages", [1, 30])
def test_as_many_as_there_are(ada, pages):
    for number in range(pages):
        make_entry(ada, f"Entry {number}")
    with acting_as(ada):
        (found,) = together(ada, DAY, entries)
        # Ids of one millisecond are in no order.
        assert {entry.body for entry in found} == {f"Entry {number}" for number in range(pages)}
