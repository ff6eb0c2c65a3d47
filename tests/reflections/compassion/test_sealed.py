"""No word of a hard moment lies open: not in a table, a session or a log; and it is only hers."""

import pytest
from django.db import IntegrityError

from journal.privacy.rls import acting_as
from journal.reflections.compassion.models import SelfCompassion, StarterMark
from tests.flow_client import post
from tests.privacy.stored import run
from tests.reflections.compassion.factories import make_full_moment, make_mark
from tests.reflections.compassion.flow_client import ANSWERS, step_of, walk

CANARY = "zanzibarquokka"
TABLES = "select tablename from pg_tables where schemaname = 'public'"
CHOSEN = {"feeling": "sad", "feeling_other": f"{CANARY} blue"}
STRENGTHS = {"intensity_before": "7", "intensity_after": "5"}
SAID = {name: f"{CANARY} {name}" for name in ANSWERS} | CHOSEN | STRENGTHS


@pytest.mark.django_db
def test_every_word_is_sealed_where_it_is_stored(ada, ada_client, caplog):
    caplog.set_level("DEBUG", "journal")
    moment, _asked = walk(ada, ada_client, answers=SAID)
    letter, _asked = walk(ada, ada_client, "letter", answers=SAID)
    stale = {"version": "1", "critical_thought": f"{CANARY} stale"}
    assert ada_client.post(step_of(moment, "critic"), stale).status_code == 409
    tapped = post(
        ada_client, step_of(moment, "kinder"), do="no-3", kinder_thought=f"{CANARY} typed"
    )
    assert tapped.status_code == 200
    ada_client.post(f"{moment.get_absolute_url()}kind-action/")
    assert ada_client.get(moment.get_absolute_url()).content.decode().count(CANARY) >= 9
    assert CANARY in ada_client.get(letter.get_absolute_url()).content.decode()

    for (table,) in run(TABLES):
        rows = "\n".join(row[0] for row in run(f'select t::text from "{table}" t'))
        assert CANARY not in rows, table
        assert CANARY.encode().hex() not in rows, table
    assert CANARY not in caplog.text


def test_eve_sees_changes_and_removes_nothing_of_adas(ada, eve):
    make_full_moment(ada)
    make_mark(ada, 3, "no")

    with acting_as(eve):
        for model in (SelfCompassion, StarterMark):
            assert list(model.objects.all()) == []
            assert model.objects.update(version=9) == 0
            assert model.objects.all().delete()[0] == 0
    assert run("select count(*) from compassion_selfcompassion") == [(1,)]
    assert run("select count(*) from compassion_startermark") == [(1,)]


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("mode = 'zebra'", "selfcompassion_in_a_known_mode"),
        ("critical_thought = null", "selfcompassion_full_has_the_thought"),
        ("trigger = null", "selfcompassion_is_whole"),
        ("feeling = 'zebra'", "selfcompassion_names_a_known_feeling"),
        ("feeling = 'other', feeling_other = null", "selfcompassion_other_in_own_word"),
        ("intensity_after = 11", "selfcompassion_strength_up_to_ten"),
        ("intensity_before = -1", "intensity_before"),
        ("kind_action = null, kind_action_done_at = now()", "selfcompassion_done_is_an_act"),
    ],
)
def test_the_database_keeps_a_moment_whole(ada, change, constraint):
    make_full_moment(ada)

    with pytest.raises(IntegrityError, match=constraint), acting_as(ada):
        run(f"update compassion_selfcompassion set {change}")
