"""Two pages of one flow are open at once: nothing is overwritten, nothing is made twice."""

from tests.conftest import signed_in
from tests.promises.flow_client import NEW, drafts, hidden, post, reread, step_of, walk


def test_a_double_click_makes_one_draft(ada, ada_client):
    fields = hidden(ada_client.get(NEW).content.decode()) | {"statement": "Walk"}

    first = ada_client.post(NEW, fields)
    second = ada_client.post(NEW, fields)

    (draft,) = drafts(ada)
    assert first.url == second.url == step_of(draft, "why")


def test_other_words_under_an_id_that_is_taken_are_shown_and_not_dropped(ada, ada_client):
    fields = hidden(ada_client.get(NEW).content.decode())
    ada_client.post(NEW, fields | {"statement": "Walk"})

    answer = ada_client.post(NEW, fields | {"statement": "Swim"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Walk" in page
    assert "Swim" in page
    assert [draft.statement for draft in drafts(ada)] == ["Walk"]


def test_an_id_that_is_somebody_elses_gets_a_fresh_one_and_keeps_the_words(ada, eve, eve_client):
    theirs = post(eve_client, NEW, statement="Eve's own")
    taken = drafts(eve)[0].pk

    answer = signed_in(ada).post(NEW, {"id": str(taken), "statement": "Walk"})

    page = answer.content.decode()
    assert theirs.status_code == 302
    assert answer.status_code == 409
    assert "Walk" in page
    assert str(taken) not in page
    assert "Eve" not in page
    assert drafts(ada) == []


def test_two_devices_never_overwrite_an_answer_silently(ada, ada_client):
    draft = walk(ada, ada_client, until="why")
    address = step_of(draft, "promise")
    here = hidden(ada_client.get(address).content.decode())
    post(ada_client, address, statement="Walk at noon")

    answer = ada_client.post(address, here | {"statement": "Swim at noon"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Swim at noon" in page
    assert "Walk at noon" in page
    assert reread(draft).statement == "Walk at noon"
    version = {"version": str(reread(draft).version)}
    assert f'name="version" value="{version["version"]}"' in page
    ada_client.post(address, version | {"statement": "Swim at noon"})
    assert reread(draft).statement == "Swim at noon"


def test_the_same_step_sent_twice_is_no_conflict(ada, ada_client):
    draft = walk(ada, ada_client, until="smallest")
    address = step_of(draft, "smallest")
    fields = hidden(ada_client.get(address).content.decode()) | {"smallest_version": "One lap"}

    assert ada_client.post(address, fields).url == step_of(draft, "if-then")
    assert ada_client.post(address, fields).url == step_of(draft, "if-then")


def test_two_devices_on_different_steps_are_no_conflict(ada, ada_client):
    draft = walk(ada, ada_client, until="obstacle")
    obstacle = hidden(ada_client.get(step_of(draft, "obstacle")).content.decode())
    post(ada_client, step_of(draft, "promise"), statement="Walk at noon")

    answer = ada_client.post(step_of(draft, "obstacle"), obstacle | {"obstacle": "rain"})

    assert answer.status_code == 302
    assert (reread(draft).statement, reread(draft).obstacle) == ("Walk at noon", "rain")


def test_a_conflict_replaces_the_whole_page(ada, ada_client):
    draft = walk(ada, ada_client, until="smallest")
    post(ada_client, step_of(draft, "smallest"), smallest_version="One lap")
    htmx = {"HX-Request": "true", "HX-Target": "main"}

    answer = ada_client.post(
        step_of(draft, "smallest"),
        {"version": draft.version, "smallest_version": "Two laps"},
        headers=htmx,
    )

    assert (answer.status_code, answer["HX-Retarget"]) == (409, "body")
