"""What the database shows a coach: what was shared with them, while it is, and nothing else."""

import pytest

from journal.coaching.models import ShareGrant
from journal.privacy.models import DataKey
from journal.privacy.wall import COACH, acting_as
from journal.reflections.models import Entry
from tests.coaching.making import link, share
from tests.makers import make_entry

pytestmark = pytest.mark.django_db


def test_without_a_link_a_coach_sees_nothing(ada, mira):
    make_entry(ada, "Only mine.")

    with acting_as(mira, role=COACH):
        assert list(Entry.objects.all()) == []
        assert list(DataKey.objects.all()) == []


def test_a_link_alone_opens_nothing_not_even_the_key(ada, mira):
    make_entry(ada, "Only mine.")
    link(ada, mira)

    with acting_as(mira, role=COACH):
        assert list(Entry.objects.all()) == []
        assert list(DataKey.objects.all()) == []
        assert list(ShareGrant.objects.all()) == []


def test_one_shared_entry_is_read_in_full_and_its_sibling_is_not(ada, mira):
    shared, _sibling = make_entry(ada, "For Mira."), make_entry(ada, "Only mine.")
    share(link(ada, mira), shared)

    with acting_as(mira, role=COACH):
        assert [entry.body for entry in Entry.objects.all()] == ["For Mira."]


def test_nothing_is_read_by_a_link_that_is_not_held(ada, mira, monkeypatch):
    share(link(ada, mira), make_entry(ada, "For Mira."))
    monkeypatch.setattr("journal.privacy.wall.FIRST", {})

    with acting_as(mira, role=COACH):
        assert list(Entry.objects.all()) == []
