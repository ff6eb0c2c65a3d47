"""Stopping half way: the draft waits, is asked about once, and can be let go."""

from datetime import timedelta

import pytest
import time_machine

from tests.flow_client import post
from tests.guide.toy_flow import NEW, drafts, reread, step_of, walk


def test_save_and_close_keeps_the_place_and_resuming_opens_it(ada, ada_client):
    draft = walk(ada, ada_client, until="last")

    answer = post(ada_client, step_of(draft, "last"), repair="rain", do="stop")

    assert answer.url == "/toys/"
    carry_on = f'href="{step_of(draft, "last")}"'
    assert carry_on in ada_client.get("/toys/").content.decode()
    assert "rain" in ada_client.get(step_of(draft, "last")).content.decode()


def test_too_much_right_now_saves_and_offers_a_way_out(ada, ada_client):
    draft = walk(ada, ada_client, until="last")

    answer = post(ada_client, step_of(draft, "last"), repair="my mother", do="enough")

    assert answer.url == f"{step_of(draft, 'enough')}?at=last"
    page = ada_client.get(answer.url).content.decode()
    assert "both feet on the floor" in page
    assert f'href="{step_of(draft, "last")}"' in page
    assert reread(draft).repair == "my mother"


def test_too_much_before_a_word_was_written_leaves_no_row(ada, ada_client):
    answer = post(ada_client, NEW, title="", do="enough")

    assert answer.url == "/toys/new/?step=enough"
    assert "both feet" in ada_client.get(answer.url).content.decode()
    assert drafts(ada) == []


@pytest.mark.parametrize("place", ["last", "check"])
def test_support_saves_first_and_opens_the_numbers_to_call(ada, ada_client, place):
    draft = walk(ada, ada_client, until=place)
    address = step_of(draft, "last")
    post(ada_client, address, repair="my mother", do="support")

    answer = post(ada_client, step_of(draft, place), repair="my mother and I", do="support")

    assert answer.url.startswith("/support/")
    assert reread(draft).repair == ("my mother and I" if place == "last" else "my mother")


def test_support_before_a_word_was_written_leaves_no_row(ada, ada_client):
    assert post(ada_client, NEW, title="", do="support").url.startswith("/support/")
    assert drafts(ada) == []


def test_with_htmx_leaving_the_flow_is_a_full_navigation(ada, ada_client):
    draft = walk(ada, ada_client, until="facts")
    htmx = {"HX-Request": "true", "HX-Target": "main"}

    answer = ada_client.post(
        step_of(draft, "facts"), {"version": draft.version, "do": "stop"}, headers=htmx
    )

    assert answer["HX-Redirect"] == "/toys/"


def test_an_idle_draft_is_asked_about_once(ada, ada_client):
    draft = walk(ada, ada_client, until="places")
    with time_machine.travel(draft.updated_at + timedelta(days=31)):
        ada_client.force_login(ada)
        assert "Do you still want it?" in ada_client.get("/toys/").content.decode()
        answer = ada_client.post(f"/toys/{draft.pk}/draft/", {"do": "keep"})
        assert answer.url == step_of(draft, "places")
    with time_machine.travel(draft.updated_at + timedelta(days=90)):
        ada_client.force_login(ada)
        assert "Do you still want it?" not in ada_client.get("/toys/").content.decode()


def test_letting_a_draft_go_can_be_undone(ada, ada_client):
    draft = walk(ada, ada_client, until="places")

    answer = ada_client.post(f"/toys/{draft.pk}/draft/", {"do": "let-go"}, follow=True)

    assert f'action="/toys/{draft.pk}/restore/"' in answer.content.decode()
    assert drafts(ada) == []
    ada_client.post(f"/toys/{draft.pk}/restore/")
    assert [one.pk for one in drafts(ada)] == [draft.pk]
