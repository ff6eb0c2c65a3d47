"""A reply or an answer is written while the other takes it back: one waits, and no word is lost."""

import pytest
from django.db import transaction

from journal.privacy.rls import COACH, acting_as
from journal.sharing import consent, talk
from journal.sharing.models import CoachLink, Comment, Reply
from tests.coaching.coach_client import browser_of
from tests.coaching.factories import comment, link, share
from tests.coaching.interleaving import Other
from tests.conftest import signed_in
from tests.factories import make_entry

pytestmark = pytest.mark.django_db(transaction=True)


def taken_back(own: CoachLink) -> None:
    consent.take_back(own, list(own.grants.all()))


def muted(own: CoachLink) -> None:
    own.lock()
    own.mute(muted=True)


def ended(own: CoachLink) -> None:
    own.end()


@pytest.mark.parametrize("way", [taken_back, muted, ended])
def test_what_is_taken_back_while_either_writes(ada, mira, way):
    own, entry = link(ada, mira), make_entry(ada, "For Mira")
    share(own, entry)
    comment(own, entry)
    adas, miras = signed_in(ada), browser_of(mira)
    client, coach = (
        f"/sharing/items/entry/{entry.pk}/comments/{own.pk}/",
        f"/coach/shared/entry/{entry.pk}/",
    )
    with transaction.atomic(), acting_as(ada):
        way(CoachLink.objects.get())
        late = [
            Other(lambda: adas.post(client, {"body": "Ada's word"})).until_it_waits(),
            Other(lambda: miras.post(coach, {"body": "Mira's word"})).until_it_waits(),
        ]
    for other, word in zip(late, ("Ada's word", "Mira's word"), strict=True):
        answer = other.done()
        assert answer.status_code == 409
        assert word in answer.text.replace("&#x27;", "'")
    with acting_as(ada):
        assert (Comment.objects.count(), Reply.objects.count()) == (1, 0)


def test_who_replies_first_has_sent_it_before_it_is_taken_back(ada, mira):
    own, entry = link(ada, mira), make_entry(ada, "For Mira")
    share(own, entry)
    row = Reply(owner=ada, link=own, kind="entry", item_id=entry.pk, body="First")

    def take_back() -> None:
        with acting_as(ada):
            taken_back(CoachLink.objects.get())

    with transaction.atomic(), acting_as(ada):
        assert talk.answer(row) is row
        other = Other(take_back).until_it_waits()
    other.done()
    with acting_as(mira, role=COACH):
        assert not Reply.objects.exists()
    with acting_as(ada):
        assert Reply.objects.get().body == "First"
