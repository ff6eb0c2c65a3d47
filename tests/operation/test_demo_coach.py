"""The example person's coach."""

from uuid import UUID

import pytest

from journal.operation.demo import coaching, make_example_person
from journal.people import clock
from journal.people.models import User
from journal.privacy.batched_queries import fetch_batched
from journal.privacy.rls import COACH, acting_as
from journal.sharing import coach_queries
from journal.sharing.models import Brief, Client, CoachLink, SharedFigure
from tests.factories import PASSWORD


@pytest.fixture(scope="module")
def example(beforehand) -> UUID:
    return make_example_person(PASSWORD).person.pk


@pytest.fixture
def nora(example, db) -> User:
    return User.objects.get(pk=example)


def test_the_coach_sees_what_was_chosen_and_not_what_was_kept_out(nora):
    coach = User.objects.get(email=coaching.EMAIL)

    with acting_as(coach, role=COACH):
        (client,) = Client.objects.all()
        items = coach_queries.items(
            fetch_batched(nora, clock.today(nora), *coach_queries.NEWEST_OF_EACH)
        )
        brief = Brief.objects.get()
        figures = {figure.slug for figure in SharedFigure.objects.all()}
        assert [item.kind.name for item in items] == ["boundary", "self_compassion", "decision"]
        assert all(item.title for item in items)
        assert client.name == "Nora"
        assert brief.wanted.startswith("I want to practise saying I need time")
        assert "kept" in figures
        assert len(figures) == 5  # and four weeks


def test_made_again_there_is_one_coach_and_one_link(nora):
    make_example_person(PASSWORD)

    assert User.objects.filter(email=coaching.EMAIL).count() == 1
    assert CoachLink.objects.count() == Client.objects.count() == 1
