"""A boundary is reviewed, let go, taken up again and removed."""

from datetime import timedelta

import time_machine

from journal.boundaries.steps import FLOW
from journal.people import clock
from tests.boundaries.factories import (
    crossing_of,
    make_boundary,
    make_draft,
    make_full_boundary,
    reread,
)
from tests.boundaries.test_tellings_and_crossings import (
    send,
    waiting,
)
from tests.flow_client import place_in


def test_a_review_comes_after_ninety_days_and_keeps_changes_or_lets_go(ada, ada_client):
    boundary = make_full_boundary(ada)
    day = clock.today(ada) + timedelta(days=90)
    page = boundary.get_absolute_url()
    asked = (boundary.limit, "Does it still fit?", f"{page}review/")
    assert asked not in waiting(ada, day - timedelta(days=1))
    assert asked in waiting(ada, day)

    with time_machine.travel(f"{day}T09:00:00+00:00", tick=False):
        ada_client.force_login(ada)
        assert send(ada_client, f"{page}review/", do="change").url == f"{page}#change"
        assert reread(boundary).state == "under_review"
        assert send(ada_client, f"{page}review/", review_on="2020-01-01").status_code == 200
        assert send(ada_client, f"{page}review/", review_on="").url == page
        row = reread(boundary)
        assert (row.state, row.review_on) == ("active", day + timedelta(days=90))
        assert send(ada_client, f"{page}retire/", retire_reason="We moved").url == "/boundaries/"
    row = reread(boundary)
    assert (row.state, row.retired_on, row.retire_reason) == ("retired", day, "We moved")


def test_what_was_let_go_can_stand_again(ada, ada_client):
    boundary = make_full_boundary(ada)
    page = boundary.get_absolute_url()
    send(ada_client, f"{page}retire/", retire_reason="We moved")

    for end in ("tell/", "crossings/new/", "review/", "retire/"):
        assert ada_client.get(page + end).status_code == 404
    assert f'action="{page}take-up/"' in ada_client.get("/boundaries/").content.decode()
    ada_client.post(f"{page}take-up/")
    row = reread(boundary)
    assert (row.state, row.retired_on, row.retire_reason) == ("active", None, "")


def test_the_trash_takes_everything_along_and_gives_it_back(ada, ada_client):
    boundary = make_full_boundary(ada)
    page, later = boundary.get_absolute_url(), clock.today(ada) + timedelta(days=100)

    ada_client.post(f"{page}delete/")
    assert ada_client.get(page).status_code == 404
    assert ada_client.get(f"{page}crossings/{crossing_of(boundary)}/").status_code == 404
    assert waiting(ada, later) == []
    ada_client.post(f"{page}restore/")
    assert ada_client.get(page).status_code == 200
    assert len(waiting(ada, later)) == 2  # what was to come next, and the review


def test_today_hears_of_drafts_and_of_what_was_to_be_said(ada):
    today = clock.today(ada)
    draft = make_draft(ada, "No lending")
    boundary = make_boundary(ada, "No calls", tell_on=today)

    assert waiting(ada, today) == [
        ("No calls", "You planned to say this.", f"/boundaries/{boundary.pk}/tell/"),
        (FLOW.name, place_in(FLOW, draft), f"/boundaries/{draft.pk}/step/why/"),
    ]
