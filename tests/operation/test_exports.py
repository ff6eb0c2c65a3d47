"""What doctor says of scheduled exports: how old they are, and whether their files are there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from journal.scheduled_exports import places
from tests.operation.doctor_runs import complaints, doctor
from tests.scheduled_exports.page_states import make_schedule, make_scheduled_export

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("well")]


def test_it_says_how_old_they_are(ada, eve, monkeypatch):
    made_at = timezone.now() - timedelta(days=3)
    make_schedule(eve, rhythm="monthly")
    make_schedule(ada)
    row = make_scheduled_export(ada, ready_at=made_at)
    monkeypatch.setattr(places, "names_stored", lambda: [row.stored_name])
    assert "nobody’s last one is older than 4 days." in doctor()[0]

    row.ready_at = made_at - timedelta(days=7)
    row.save()
    assert complaints() == (
        [
            "look  The scheduled exports of 1 person are late; the last is 10 days old. "
            "Is manage.py worker running, and is there room?"
        ],
        1,
    )


def test_it_says_what_is_missing(ada, monkeypatch):
    make_schedule(ada)
    make_scheduled_export(ada)
    monkeypatch.setattr(places, "names_stored", list)
    assert complaints() == (["look  1 scheduled export is missing from its place."], 1)

    monkeypatch.setattr(places, "names_stored", lambda: 1 / 0)
    assert complaints()[1] == 2
