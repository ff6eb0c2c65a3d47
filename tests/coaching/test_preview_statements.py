"""The preview asks the database eleven times at the most, however much there is to look at."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from journal.people import clock
from journal.people.models import User
from journal.privacy.rls import OWNER, acting_as
from journal.sharing import consent
from journal.sharing.models import CoachLink, ShareGrant
from tests.boundaries.factories import make_boundary, make_crossing
from tests.coaching.factories import share, share_practice, sure
from tests.coaching.sharing_client import key
from tests.decisions.factories import make_addendum, make_decision, make_review
from tests.factories import make_entry
from tests.lessons.factories import make_lesson
from tests.promises.factories import answer, make_promise
from tests.query_counts import statements_of
from tests.reflections.compassion.factories import make_moment
from tests.reflections.mistakes_factories import make_mistake

pytestmark = pytest.mark.django_db

MEASURES = {
    "practice-promises": "counts.include",
    "practice-boundaries": "counts.include",
    "measure": ["kept", "returns", "trust"],
    "week": "full.include",
}


def one_of_each(ada: User) -> list[str]:
    boundary, promise, decision = make_boundary(ada), make_promise(ada), make_decision(ada)
    answer(promise, {clock.today(ada): "kept"})
    make_addendum(decision)
    make_review(decision)
    rows = [promise, boundary, make_crossing(boundary), make_moment(ada), decision]
    return [key(row) for row in [*rows, make_mistake(ada), make_lesson(ada), make_entry(ada)]]


def counted(made: CoachLink, **chosen) -> int:
    """With everything that stands on the page that was looked at."""
    with acting_as(made.owner_id):
        seen = [str(pk) for pk in made.grants.in_force().values_list("pk", flat=True)]
    query = urlencode({**chosen, "seen": seen}, doseq=True)
    return len(statements_of(sure(made.owner), f"/sharing/grants/{made.pk}/preview/?{query}"))


def test_the_first_share_with_one_thing_and_with_many(ada, linked):
    few = one_of_each(ada)
    assert counted(linked, item=few[-1:]) == 8
    many = [key for _n in range(5) for key in one_of_each(ada)]
    assert counted(linked, item=[*few, *many]) == 8


def test_figures_and_weeks_with_one_and_with_many(ada, linked):
    one_of_each(ada)
    assert counted(linked, measure="kept") == 9
    assert counted(linked, week="full.include") == 9
    for _n in range(5):
        one_of_each(ada)
    assert counted(linked, **MEASURES) == 9
    with acting_as(None, role=OWNER):
        long_ago = timezone.now() - timedelta(weeks=30)
        CoachLink.objects.filter(pk=linked.pk).update(consented_at=long_ago)
    assert counted(linked, **MEASURES) == 10  # and what the charts are drawn of


def test_everything_at_once_beside_much_that_stands_is_taken_back_and_prolonged(ada, linked):
    """What is not ticked is taken back, what is ticked is begun anew, and there is more of it."""
    few = one_of_each(ada)
    gone = share(linked, make_entry(ada))
    share_practice(linked, "decisions")
    with acting_as(ada):
        consent.share(linked, [consent.ShareRequest("measure", "kept", detail="counts")], 7)
    everything = {**MEASURES, "item": few, "renew": "on", "days": 90}
    assert counted(linked, **everything) == 9

    for n in range(12):
        share(linked, make_entry(ada, f"Kept, {n}"))
        share(linked, make_entry(ada, f"Gone, {n}"))
    with acting_as(ada):
        kept = ShareGrant.objects.in_force().filter(scope="item").exclude(pk=gone.pk)
        items = [f"entry.{one.item_id}" for one in kept][::2]
    assert counted(linked, **{**everything, "item": [*few, *one_of_each(ada), *items]}) == 9
