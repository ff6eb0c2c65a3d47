"""The last page of a flow: everything read back, changed, and confirmed as it was read."""

import re

from journal.privacy.rls import acting_as
from tests.flow_client import hidden, post
from tests.guide.toy_flow import reread, step_of, walk


def test_change_on_the_check_page_returns_to_it(ada, ada_client):
    draft = walk(ada, ada_client, until="check")
    page = ada_client.get(step_of(draft, "check")).content.decode()
    address = f"{step_of(draft, 'facts')}?from=check"

    assert address in page
    answer = post(ada_client, address, what_happened="To the gate")
    assert answer.url == step_of(draft, "check")
    assert "To the gate" in ada_client.get(answer.url).content.decode()


def test_check_page_begins_with_what_is_needed_and_says_so_when_finished(ada, ada_client):
    draft = walk(ada, ada_client, until="check")
    post(ada_client, f"{step_of(draft, 'facts')}?from=check", what_happened="", do="back")

    page = ada_client.get(step_of(draft, "check")).content.decode()
    labels = re.findall(r"<dt>(.*?)</dt>", page.split("Still needed")[1])
    assert (labels[0], labels.count("What is there?")) == ("What is there?", 1)
    answer = post(ada_client, step_of(draft, "check"), do="finish")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Still needed: What is there?" in page
    assert reread(draft).state == "draft"


def test_what_is_confirmed_is_what_was_read(ada, ada_client):
    draft = walk(ada, ada_client, until="check")
    page = hidden(ada_client.get(step_of(draft, "check")).content.decode())
    post(ada_client, step_of(draft, "facts"), what_happened="To the gate")

    answer = ada_client.post(step_of(draft, "check"), page | {"do": "finish"})

    assert answer.status_code == 409
    assert "To the gate" in answer.content.decode()
    assert reread(draft).state == "draft"


def test_finishing_twice_finishes_once(ada, ada_client):
    draft = walk(ada, ada_client, until="check")
    fields = hidden(ada_client.get(step_of(draft, "check")).content.decode()) | {"do": "finish"}

    first = ada_client.post(step_of(draft, "check"), fields)
    finished_at = reread(draft).finished_at
    second = ada_client.post(step_of(draft, "check"), fields)

    assert first.url == second.url == draft.get_absolute_url()
    assert reread(draft).finished_at == finished_at is not None
    with acting_as(ada):
        assert ada.lessons.count() == 1


def test_finishing_ahead_of_its_turn_changes_nothing(ada, ada_client):
    draft = walk(ada, ada_client, until="places")

    answer = ada_client.post(step_of(draft, "check"), {"version": draft.version, "do": "finish"})

    assert answer.url == step_of(draft, "places")
    assert reread(draft).state == "draft"


def test_steps_of_a_finished_row_lead_to_its_page(ada, ada_client):
    toy = walk(ada, ada_client)

    answer = ada_client.post(step_of(toy, "name"), {"version": 1, "title": "Other"})

    assert answer.status_code == 409
    assert toy.get_absolute_url() in answer.content.decode()
    assert reread(toy).title == "A wooden horse"
