"""Accounts that go: what is the client's stays theirs, what is the coach's is gone with them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from journal.account_deletion import deletion
from journal.operation.purge import purge
from journal.privacy.rls import COACH, acting_as
from journal.sharing.models import Client, CoachLink, CoachNote, Comment, ShareGrant
from tests.coaching.factories import link, share
from tests.decisions.factories import make_decision

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data_folder(tmp_path, settings):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def own(ada, mira) -> CoachLink:
    decision = make_decision(ada)
    own = link(ada, mira)
    share(own, decision)
    with acting_as(mira, role=COACH):
        Comment.objects.create(
            owner_id=ada.pk, link=own, kind="decision", item_id=decision.pk, body="Well asked."
        )
        CoachNote.objects.create(owner=mira, client=Client.objects.get(), body="The pause.")
    return own


def test_a_coach_who_goes_leaves_the_comments_and_takes_the_notes(ada, mira, own):
    deletion.delete(mira)

    assert not Client.objects.exists()
    assert not CoachNote.objects.exists()
    with acting_as(ada):
        left = ada.coachlinks.get()
        assert (left.coach_id, left.ended_by, left.coach_name) == (None, "coach", "Mira")
        assert ShareGrant.objects.get().revoked_at is not None
        assert [comment.body for comment in ada.comments.all()] == ["Well asked."]


def test_a_client_who_goes_leaves_the_coach_their_notes_for_a_year(ada, mira, own, settings):
    deletion.delete(ada)

    assert not CoachLink.objects.exists()
    with acting_as(mira):
        client = Client.objects.get()
        assert client.ended_at is not None
        assert [note.body for note in client.notes.all()] == ["The pause."]

    ago = timedelta(days=settings.COACH_NOTES_DAYS)
    Client.objects.update(ended_at=timezone.now() - ago + timedelta(hours=1))
    purge()
    assert CoachNote.objects.count() == 1
    Client.objects.update(ended_at=timezone.now() - ago - timedelta(hours=1))
    purge()
    assert not CoachNote.objects.exists()
    assert not Client.objects.exists()


def test_notes_of_a_link_that_stands_are_kept_however_old(ada, mira, own):
    Client.objects.update(created_at=timezone.now() - timedelta(days=4000))
    purge()
    assert CoachNote.objects.count() == 1
