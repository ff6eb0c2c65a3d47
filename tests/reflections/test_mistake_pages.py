"""The list of mistakes and a mistake's page, how many statements they take, and the seal."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.lessons.models import Lesson
from journal.people import clock
from journal.privacy.keys import data_key
from journal.privacy.rls import acting_as
from journal.reflections.mistakes import queries
from journal.reflections.mistakes.models import Mistake
from tests.flow_client import post
from tests.lessons.factories import make_due, make_use
from tests.page import compact
from tests.privacy.stored import run
from tests.query_counts import statements_of
from tests.reflections.mistakes_factories import (
    make_draft,
    make_full_mistake,
    make_mistake,
    put_at_rest,
)
from tests.reflections.mistakes_flow_client import NEW, step_of, walk

CANARY = "zanzibarquokka"
TABLES = "select tablename from pg_tables where schemaname = 'public'"


def fill(person, count: int) -> None:
    today = clock.today(person)
    for number in range(count):
        make_mistake(person, f"Number {number}", repair="Tell Ida", repair_on=today)
        make_use(make_due(person))
    make_draft(person)


def test_the_list_takes_as_many_statements_for_30_mistakes_as_for_one(
    ada, eve, ada_client, eve_client
):
    fill(ada, 30)
    fill(eve, 1)

    many, one = statements_of(ada_client, "/mistakes/"), statements_of(eve_client, "/mistakes/")

    assert (len(one), len(many)) == (4, 4)


def test_a_page_takes_few_statements(ada, ada_client):
    assert len(statements_of(ada_client, make_full_mistake(ada).get_absolute_url())) == 5


def test_today_asks_in_one_statement(ada):
    fill(ada, 30)
    with acting_as(ada):
        data_key(ada.pk)  # once a request, whoever needs it first
        with CaptureQueriesContext(connection) as captured:
            found = queries.waiting(ada, clock.today(ada))

    assert (len(captured), len(found)) == (1, 31)


def test_the_list_goes_on_a_page_at_a_time(ada, ada_client):
    for number in range(45):
        make_mistake(ada, f"Number {number:02}")
    shown, address = [], "/mistakes/"
    while address:
        page = compact(ada_client.get(address))
        shown.append([n for n in range(45) if f">Number {n:02}<" in page])
        found = page.split('href="?before=')
        address = f"/mistakes/?before={found[1].split(chr(34))[0]}" if len(found) > 1 else ""

    assert [len(rows) for rows in shown] == [20, 20, 5]
    assert sorted(n for rows in shown for n in rows) == list(range(45))
    assert ada_client.get("/mistakes/?before=nonsense").status_code == 200


@pytest.mark.parametrize(
    ("fields", "pill"),
    [({}, "Looked at"), ({"repair": "Tell Ida"}, "To put right")],
)
def test_the_list_says_where_each_stands(ada, ada_client, fields, pill):
    mistake = make_mistake(ada, intensity_before=8, **fields)

    page = compact(ada_client.get("/mistakes/"))
    assert f'<span class="pill">{pill}</span>' in page
    assert "How heavy: 8 of 10." in page
    put_at_rest(mistake, intensity_after=0)
    page = compact(ada_client.get("/mistakes/"))
    assert '<span class="pill">Closed</span>' in page
    assert "8 before, 0 after." in page


def test_without_any_there_is_a_place_to_start(ada_client):
    page = compact(ada_client.get("/mistakes/"))

    assert "Nothing here yet" in page
    assert 'href="/mistakes/new/"' in page


def word(where: str) -> str:
    return f"{CANARY} {where}"


def test_every_word_is_sealed_where_it_is_stored(ada, ada_client, caplog):
    caplog.set_level("DEBUG", "journal")
    mistake = walk(
        ada,
        ada_client,
        event={"expected": word("expected"), "what_happened": word("event")},
        conditions={"conditions": word("conditions")},
        my_part={"my_part": word("mine")},
        not_mine={"not_mine": word("theirs")},
        repair={"repair": word("repair")},
        forgive={"forgiveness_note": word("note")},
        lesson={"if_situation": word("if"), "then_action": word("then")},
        check={"title": word("title"), "do": "finish"},
    )
    address = mistake.get_absolute_url()
    stale = {"version": "1", "what_happened": word("stale")}
    assert ada_client.post(step_of(mistake, "event"), stale).status_code == 409
    assert compact(ada_client.get(address)).count(CANARY) >= 9
    ada_client.post(f"{address}repair/")
    ada_client.post(f"{address}delete/")

    for (table,) in run(TABLES):
        rows = "\n".join(row[0] for row in run(f'select t::text from "{table}" t'))
        assert CANARY not in rows, table
        assert CANARY.encode().hex() not in rows, table
    assert CANARY not in caplog.text


def test_eve_sees_changes_and_removes_nothing_of_adas(ada, eve, eve_client):
    mistake = make_full_mistake(ada)

    with acting_as(eve):
        for model in (Mistake, Lesson):
            assert list(model.objects.all()) == []
            assert model.objects.update(version=9) == 0
            assert model.objects.all().delete()[0] == 0
    assert run("select count(*) from mistakes_mistake") == [(1,)]
    for slug in ("event", "lesson", "check"):
        assert eve_client.get(step_of(mistake, slug)).status_code == 404
    with acting_as(ada):
        version = Mistake.objects.get(pk=mistake.pk).version
    for end in ("rest/", "rest/undo/", "repair/", "repair/undo/", "delete/", "restore/"):
        sent = {"version": version}
        assert eve_client.post(f"{mistake.get_absolute_url()}{end}", sent).status_code == 404
    forged = {"id": str(mistake.pk), "what_happened": "Mine now"}
    assert eve_client.post(NEW, forged).status_code == 409
    assert run("select version from mistakes_mistake") == [(version,)]


def test_ada_answers_her_own_steps_only(ada, eve, ada_client):
    theirs, own = make_full_mistake(eve), make_full_mistake(ada)

    assert ada_client.get(step_of(theirs, "event")).status_code == 404
    assert post(ada_client, step_of(own, "my-part"), my_part="Mine").status_code == 302
