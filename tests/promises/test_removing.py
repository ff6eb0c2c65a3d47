"""A promise can be taken out of the list altogether, and brought back for thirty days."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.privacy.rls import acting_as
from tests.promises.factories import answer, make_draft, make_promise

pytestmark = pytest.mark.django_db


def page_of(client, address: str) -> str:
    return client.get(address).content.decode()


def test_ada_removes_a_promise_and_undoes_it(ada, ada_client):
    walk = make_promise(ada)
    answer(walk, {walk.starts_on: "kept"})

    response = ada_client.post(f"/promises/{walk.pk}/delete/")

    assert response.url == "/promises/"
    listed = page_of(ada_client, "/promises/")
    assert "Walk after lunch" not in listed
    assert f'action="/promises/{walk.pk}/restore/"' in listed
    assert ada_client.get(f"/promises/{walk.pk}/").status_code == 404
    assert "Walk after lunch" in page_of(ada_client, "/promises/trash/")

    assert ada_client.post(f"/promises/{walk.pk}/restore/").url == f"/promises/{walk.pk}/"
    assert "<b>1 of 1 kept</b>" in page_of(ada_client, "/promises/")
    assert "Walk after lunch" not in page_of(ada_client, "/promises/trash/")


def test_a_draft_that_was_let_go_waits_in_the_trash_too(ada, ada_client):
    draft = make_draft(ada, "Call Gran")
    ada_client.post(f"/promises/{draft.pk}/draft/", {"do": "let-go"})

    assert "Call Gran" in page_of(ada_client, "/promises/trash/")
    assert ada_client.post(f"/promises/{draft.pk}/restore/").url == "/promises/"
    assert "Call Gran" in page_of(ada_client, "/promises/")


def test_a_removed_promise_is_not_asked_for(ada, ada_client):
    walk = make_promise(ada)
    walk_address = f"/promises/{walk.pk}/check-in/"
    ada_client.post(f"/promises/{walk.pk}/delete/")

    recorded = ada_client.post(walk_address, {"due_on": str(walk.starts_on), "status": "kept"})

    assert recorded.status_code == 404
    with acting_as(ada):
        assert walk.checkins.count() == 0


@pytest.mark.parametrize("verb", ["delete", "restore"])
def test_eve_removes_nothing(ada, eve_client, verb):
    walk = make_promise(ada)
    assert eve_client.post(f"/promises/{walk.pk}/{verb}/").status_code == 404
    assert "Walk" not in page_of(eve_client, "/promises/trash/")
    with acting_as(ada):
        assert ada.promises.live().count() == 1


def test_two_months_away_cost_no_more_statements_than_two_days(ada, ada_client):
    make_promise(ada)
    today = make_promise(ada, "Stretch").starts_on

    def statements(days: int) -> int:
        until = today + timedelta(days=days)
        fields = {"from_on": today, "until_on": until, "excuse": "travel", "note": "By train"}
        with CaptureQueriesContext(connection) as sent:
            assert ada_client.post("/promises/excuse/", fields).status_code == 302
        with acting_as(ada):
            assert ada.checkins.filter(status="excused").count() == 2 * (days + 1)
            assert {row.note for row in ada.checkins.all()} == {"By train"}
            ada.checkins.all().delete()
        return len(sent)

    assert statements(1) == statements(60)
