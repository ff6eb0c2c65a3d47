"""Two pages of one flow are open at once: nothing is overwritten, nothing is made twice."""

from tests.conftest import signed_in
from tests.flow_client import hidden, post
from tests.guide.toy_flow import NEW, drafts, reread, step_of, walk


def test_a_double_click_makes_one_draft(ada, ada_client):
    fields = hidden(ada_client.get(NEW, follow=True).content.decode()) | {"title": "Walk"}

    first = ada_client.post(NEW, fields)
    second = ada_client.post(NEW, fields)

    (draft,) = drafts(ada)
    assert first.url == second.url == step_of(draft, "reason")


def test_other_words_under_an_id_that_is_taken_are_shown_and_not_dropped(ada, ada_client):
    fields = hidden(ada_client.get(NEW, follow=True).content.decode())
    ada_client.post(NEW, fields | {"title": "Walk"})

    answer = ada_client.post(NEW, fields | {"title": "Swim"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Walk" in page
    assert "Swim" in page
    assert [draft.title for draft in drafts(ada)] == ["Walk"]


def test_an_id_that_is_somebody_elses_gets_a_fresh_one_and_keeps_the_words(ada, eve, eve_client):
    theirs = post(eve_client, NEW, title="Learn to juggle")
    taken = drafts(eve)[0].pk

    answer = signed_in(ada).post(NEW, {"id": str(taken), "title": "Walk"})

    page = answer.content.decode()
    assert theirs.status_code == 302
    assert answer.status_code == 409
    assert "Walk" in page
    assert str(taken) not in page
    assert "juggle" not in page  # "Eve" stands in one token against forgery out of a thousand
    assert drafts(ada) == []


def test_two_devices_never_overwrite_an_answer_silently(ada, ada_client):
    draft = walk(ada, ada_client, until="reason")
    address = step_of(draft, "name")
    here = hidden(ada_client.get(address).content.decode())
    post(ada_client, address, title="Walk at noon")

    answer = ada_client.post(address, here | {"title": "Swim at noon"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Swim at noon" in page
    assert "Walk at noon" in page
    assert reread(draft).title == "Walk at noon"
    version = {"version": str(reread(draft).version)}
    assert f'name="version" value="{version["version"]}"' in page
    ada_client.post(address, version | {"title": "Swim at noon"})
    assert reread(draft).title == "Swim at noon"


def test_the_same_step_sent_twice_is_no_conflict(ada, ada_client):
    draft = walk(ada, ada_client, until="facts")
    address = step_of(draft, "facts")
    fields = hidden(ada_client.get(address).content.decode()) | {"what_happened": "One lap"}

    assert ada_client.post(address, fields).url == step_of(draft, "pair")
    assert ada_client.post(address, fields).url == step_of(draft, "pair")


def test_two_devices_on_different_steps_are_no_conflict(ada, ada_client):
    draft = walk(ada, ada_client, until="last")
    last = hidden(ada_client.get(step_of(draft, "last")).content.decode())
    post(ada_client, step_of(draft, "name"), title="Walk at noon")

    answer = ada_client.post(step_of(draft, "last"), last | {"repair": "rain"})

    assert answer.url == step_of(draft, "check")
    assert (reread(draft).title, reread(draft).repair) == ("Walk at noon", "rain")


def test_a_conflict_replaces_the_whole_page(ada, ada_client):
    draft = walk(ada, ada_client, until="facts")
    post(ada_client, step_of(draft, "facts"), what_happened="One lap")
    htmx = {"HX-Request": "true", "HX-Target": "main"}

    answer = ada_client.post(
        step_of(draft, "facts"),
        {"version": draft.version, "what_happened": "Two laps"},
        headers=htmx,
    )

    assert (answer.status_code, answer["HX-Retarget"]) == (409, "body")
