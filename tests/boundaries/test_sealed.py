"""No word of a boundary lies open: not in a table, a session or a log; and it is only hers."""

import pytest

from journal.boundaries.models import Boundary, Crossing, Telling
from journal.people import clock
from journal.privacy.rls import acting_as
from tests.boundaries.factories import crossing_of, make_full_boundary, rehearsal_of
from tests.boundaries.flow_client import step_of, walk
from tests.flow_client import post
from tests.privacy.stored import run

CANARY = "zanzibarquokka"
TABLES = "select tablename from pg_tables where schemaname = 'public'"


def word(where: str) -> str:
    return f"{CANARY} {where}"


@pytest.mark.django_db
def test_every_word_is_sealed_where_it_is_stored(ada, ada_client, caplog):
    caplog.set_level("DEBUG", "journal")
    boundary = walk(
        ada,
        ada_client,
        limit={"limit": word("limit")},
        why={"why": word("why")},
        my_action={"my_action": word("action")},
        facts={"facts": word("facts")},
        impact={"impact": word("impact")},
        ask={"ask": word("ask")},
        benefit={"benefit": word("benefit")},
        if_pushed={"repeat_line": word("line"), "flex": word("flex")},
        tell={"communication": "planned", "person_label": word("p")},
    )
    page, today = boundary.get_absolute_url(), clock.today(ada).isoformat()
    preview = {"version": boundary.version, "ask": word("preview"), "do": "preview"}
    assert ada_client.post(step_of(boundary, "ask"), preview).status_code == 200
    stale = {"version": "1", "ask": word("stale")}
    assert ada_client.post(step_of(boundary, "ask"), stale).status_code == 409
    telling = {"told_on": today, "told_to": word("to"), "reaction": word("reaction")}
    assert ada_client.post(f"{page}tell/", telling).status_code == 302
    assert ada_client.post(f"{page}rehearse/", {"id": ""}).status_code == 302
    rehearsal = f"{page}rehearsals/{rehearsal_of(boundary)}/"
    turn = {"do": "said", "turn": 0, "reply": word("reply")}
    assert ada_client.post(rehearsal, turn).status_code == 302
    assert ada_client.post(rehearsal, {"do": "stop", "turn": 1}).status_code == 302
    with acting_as(ada):
        went = {"version": boundary.rehearsals.get().version, "went": word("went")}
    assert ada_client.post(rehearsal, went).status_code == 302
    crossing = {"what_happened": word("event"), "response": word("response"), "result": "held"}
    crossing |= {"occurred_on": today, "follow_up": word("next"), "follow_up_on": today}
    assert ada_client.post(f"{page}crossings/new/", crossing).status_code == 302
    refused = {**crossing, "what_happened": word("refused"), "occurred_on": "soon"}
    assert ada_client.post(f"{page}crossings/new/", refused).status_code == 200
    ada_client.post(f"{page}crossings/{crossing_of(boundary)}/follow-up/")
    assert ada_client.get(page).content.decode().count(CANARY) >= 15
    with acting_as(ada):
        version = Boundary.objects.get(pk=boundary.pk).version
    gone = {"version": version, "retire_reason": word("reason")}
    assert ada_client.post(f"{page}retire/", gone).status_code == 302

    for (table,) in run(TABLES):
        rows = "\n".join(row[0] for row in run(f'select t::text from "{table}" t'))
        assert CANARY not in rows, table
        assert CANARY.encode().hex() not in rows, table
    assert CANARY not in caplog.text


def test_eve_sees_changes_and_removes_nothing_of_adas(ada, eve):
    make_full_boundary(ada)

    with acting_as(eve):
        for model in (Boundary, Telling, Crossing):
            assert list(model.objects.all()) == []
            assert model.objects.update(version=9) == 0
            assert model.objects.all().delete()[0] == 0
    assert run("select count(*) from boundaries_crossing") == [(1,)]


def test_eve_sees_no_step_of_adas(ada, eve_client):
    boundary = make_full_boundary(ada)

    for slug in ("area", "safety", "facts", "tell", "check"):
        assert eve_client.get(step_of(boundary, slug)).status_code == 404
        assert eve_client.post(step_of(boundary, slug), {"risk": "yes"}).status_code == 404
    assert run("select communication from boundaries_boundary") == [("told",)]


def test_ada_answers_her_own_steps_only(ada, eve, ada_client):
    theirs = make_full_boundary(eve)

    assert ada_client.get(step_of(theirs, "limit")).status_code == 404
    own = make_full_boundary(ada)
    assert post(ada_client, step_of(own, "limit"), limit="Mine").status_code == 302
