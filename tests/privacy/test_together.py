"""Several tables in one statement give what each would have given by itself."""

from datetime import timedelta

import pytest
from django.db.models import Count, Exists, OuterRef

from journal.boundaries.models import Boundary, Crossing
from journal.people import clock
from journal.privacy.together import together
from journal.privacy.wall import acting_as
from tests.boundaries.making import make_boundary, make_crossing, make_draft
from tests.makers import make_entry


def test_rows_come_as_their_models_would_have_read_them(ada, django_assert_num_queries):
    boundary = make_boundary(ada, tell_on=clock.today(ada) + timedelta(days=2), why="To rest")
    make_crossing(boundary)
    make_draft(ada)
    make_entry(ada, "Zoë said “no” \\\\ and went")
    crossed = Exists(Crossing.objects.filter(boundary=OuterRef("pk")))
    with acting_as(ada):
        boundaries = ada.boundaries.annotate(crossed=crossed).order_by("-id")
        states = Boundary.objects.values("state").annotate(n=Count("pk")).order_by("state")
        with django_assert_num_queries(1):
            found, (entry,), counted = together(boundaries, ada.entries.all(), states)
        names = [field.name for field in Boundary._meta.concrete_fields if field.name != "owner"]
        for mine, theirs in zip(found, boundaries, strict=True):
            assert {name: getattr(mine, name) for name in names} == {
                name: getattr(theirs, name) for name in names
            }
        assert [one.crossed for one in found] == [False, True]
        assert entry.body == "Zoë said “no” \\\\ and went"
        with django_assert_num_queries(0):
            assert found[0].owner == ada
        assert counted == [{"state": "draft", "n": 1}, {"state": "ready", "n": 1}]


def test_what_is_not_asked_for_stays_away(ada):
    make_entry(ada, "Once", title="Mine")
    with acting_as(ada):
        ((entry,),) = together(ada.entries.only("title"))
        assert entry.get_deferred_fields() >= {"body", "written_on"}
        assert entry.title == "Mine"


def test_nothing_is_an_empty_list(ada):
    with acting_as(ada):
        assert together() == []
        assert together(ada.entries.all(), ada.boundaries.all()) == [[], []]


def test_eve_reads_nothing_of_adas_even_without_a_filter(ada, eve):
    make_entry(ada)
    with acting_as(eve):
        assert together(type(ada).entries.rel.related_model.objects.all()) == [[]]


@pytest.mark.parametrize("pages", [1, 30])
def test_as_many_as_there_are(ada, pages):
    for number in range(pages):
        make_entry(ada, f"Entry {number}")
    with acting_as(ada):
        (found,) = together(ada.entries.order_by("id"))
        assert [entry.body for entry in found] == [f"Entry {number}" for number in range(pages)]
