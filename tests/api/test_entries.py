from datetime import date
from uuid import uuid4

import pytest

from journal.privacy.rls import acting_as
from tests.api.factories import Program, make_token, program_of
from tests.factories import make_entry
from tests.reflections.test_autosave import together

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(ada):
    return program_of(ada)


def test_an_entry_is_written_read_changed_and_moved_to_the_bin(ada, program):
    pk = str(uuid4())
    given = {
        **{"id": pk, "body": "Rain all day.\nI went anyway.", "title": "Walk"},
        **{"written_on": "2026-11-02", "practice": "promises", "intensity": 0, "mood": "calm"},
        **{"quiet": True, "tags": ["running", "rain"]},
    }
    made = program.ask("post", "entries", given)
    assert (made.status_code, made.json()["id"], made.json()["version"]) == (201, pk, 1)

    read = program.ask("get", f"entries/{pk}").json()
    assert {name: read[name] for name in given} == given

    changed = program.ask("put", f"entries/{pk}", {"version": 1, "body": "Sun.", "quiet": False})
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    now = program.ask("get", f"entries/{pk}").json()
    assert {name: now[name] for name in given} == given | {"body": "Sun.", "quiet": False}

    assert program.ask("delete", f"entries/{pk}").status_code == 204
    assert program.ask("delete", f"entries/{pk}").status_code == 204
    assert program.ask("get", f"entries/{pk}").status_code == 404
    assert program.ask("put", f"entries/{pk}", {"version": 3, "body": "Moon."}).status_code == 404
    with acting_as(ada):
        assert ada.entries.trashed().get().body == "Sun."


def test_a_stale_version_gets_both_texts_and_changes_nothing(ada, program):
    pk = make_entry(ada, body="The first").pk
    program.ask("put", f"entries/{pk}", {"version": 1, "body": "The second", "title": "Two"})
    same = {"body": "The second"}
    for late in ({"body": "The third"}, same | {"title": ""}, same | {"tags": ["new"]}):
        answer = program.ask("put", f"entries/{pk}", {"version": 1, **late})
        assert answer.status_code == 409
        assert answer.json()["sent"]["body"] == late["body"]
        assert answer.json()["stored"]["body"] == "The second"
        assert answer.json()["stored"]["title"] == "Two"
    again = program.ask(
        "put", f"entries/{pk}", {"version": 1, "body": "The second", "title": "Two"}
    )
    assert (again.status_code, again.json()["version"]) == (200, 2)


def test_the_same_id_makes_one_entry(ada, program):
    given = {"id": str(uuid4()), "body": "Once"}
    first, second = (program.ask("post", "entries", given) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    other = program.ask("post", "entries", given | {"body": "Something else"})
    assert (other.status_code, other.json()["stored"]["body"]) == (409, "Once")
    with acting_as(ada):
        assert ada.entries.count() == 1


@pytest.mark.django_db(transaction=True)
def test_four_requests_at_once_make_one_entry(ada):
    token, given, answers = make_token(ada), {"id": str(uuid4()), "body": "Once"}, []

    def write(_client, _number) -> None:
        answers.append(Program(token).ask("post", "entries", given))

    together(ada, 4, write)
    assert {one.status_code for one in answers} <= {200, 201}
    assert [one.json()["version"] for one in answers] == [1] * 4
    with acting_as(ada):
        assert [entry.body for entry in ada.entries.all()] == ["Once"]


def test_an_id_of_somebody_else_says_nothing_about_it(ada, eve):
    pk = make_entry(ada, body="Hers").pk
    answer = program_of(eve).ask("post", "entries", {"id": str(pk), "body": "Mine"})
    assert answer.status_code == 409
    assert (answer.json()["stored"], answer.json()["sent"]["body"]) == (None, "Mine")
    assert "Hers" not in answer.content.decode()


def test_pages_reach_every_entry_once(ada, program):
    for number in range(7):
        make_entry(ada, body=str(number), written_on=date(2026, 11, 1 + number // 3))
    found, after = [], ""
    while after is not None:
        page = program.ask("get", f"entries?limit=2{after and f'&after={after}'}").json()
        found += [one["body"] for one in page["entries"]]
        after = page["next"]
    assert sorted(found) == list("0123456")
    assert found[0] == "6"
    some = program.ask("get", "entries?since=2026-11-02&until=2026-11-02").json()
    assert {one["body"] for one in some["entries"]} == set("345")
