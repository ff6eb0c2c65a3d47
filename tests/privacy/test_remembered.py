"""A statement that was put together once asks what it would have asked each time."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from journal.privacy.ownership import uuid7
from journal.privacy.remembered import Remembered
from journal.privacy.rls import acting_as
from journal.reflections.entries.models import Entry
from tests.factories import make_entry

DAY = date(2026, 3, 1)


def entries_since(owner, day):
    return Entry.objects.filter(owner=owner, written_on__gte=day).order_by("written_on")


def test_it_asks_for_what_is_given_each_time(ada, eve, django_assert_num_queries):
    since = Remembered(entries_since)
    for person in (ada, eve):
        for days in range(3):
            on = DAY + timedelta(days=days)
            make_entry(person, f"{person.email} on {on}", written_on=on)

    for person, day, found in [(ada, DAY, 3), (eve, DAY + timedelta(days=1), 2), (ada, DAY, 3)]:
        with acting_as(person):
            with django_assert_num_queries(1):
                rows = since(owner=person.pk, day=day)
            assert [(row.pk, row.body) for row in rows] == [
                (row.pk, row.body) for row in entries_since(person.pk, day)
            ]
            assert len(rows) == found


def test_lists_of_days_and_ids_find_their_places(ada):
    first, second = make_entry(ada, written_on=DAY), make_entry(ada, written_on=DAY)
    on_days = Remembered(lambda owner, days: Entry.objects.filter(owner=owner).on_days(days))
    but = Remembered(lambda owner, entry: Entry.objects.filter(owner=owner).exclude(pk=entry))

    with acting_as(ada):
        assert len(on_days(owner=ada.pk, days=[DAY, DAY - timedelta(days=1)])) == 2
        assert on_days(owner=ada.pk, days=[DAY - timedelta(days=1)]) == []
        assert [row.pk for row in but(owner=ada.pk, entry=first.pk)] == [second.pk]
        assert len(but(owner=ada.pk, entry=uuid7())) == 2


@pytest.mark.parametrize(
    "build",
    [
        lambda owner, day: Entry.objects.filter(owner=owner, written_on=day - timedelta(days=7)),
        lambda owner, day: entries_since(owner, day).filter(created_at__lte=timezone.now()),
        lambda owner, day: Entry.objects.filter(owner=owner),
    ],
    ids=["a day that follows from it", "the moment of the first time", "a day that is not asked"],
)
def test_what_would_be_remembered_wrongly_is_refused(ada, build):
    with acting_as(ada), pytest.raises(TypeError, match="as it was given"):
        Remembered(build)(owner=ada.pk, day=DAY)


def test_eve_gets_none_of_adas_by_her_id(ada, eve):
    make_entry(ada, written_on=DAY)
    with acting_as(eve):
        assert Remembered(entries_since)(owner=ada.pk, day=DAY) == []
