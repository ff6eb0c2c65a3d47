"""The step engine, walked through as a browser without JavaScript would."""

import pytest

from journal.privacy.ownership import uuid7
from tests.flow_client import post
from tests.guide.toy_flow import NEW, TOY, drafts, reread, step_of, walk


def test_no_row_exists_before_the_first_continue(ada, ada_client):
    ada_client.get("/toys/new/", follow=True)
    answer = post(ada_client, "/toys/new/", conditions="")

    assert answer.url == NEW
    ada_client.get(answer.url)
    assert drafts(ada) == []


def test_the_first_continue_makes_a_draft_and_leads_to_the_next_step(ada, ada_client):
    answer = post(ada_client, NEW, title="Walk after lunch")

    (draft,) = drafts(ada)
    assert answer.url == step_of(draft, "reason")
    assert (draft.title, draft.step, draft.state) == ("Walk after lunch", "reason", "draft")


def test_a_step_left_empty_goes_on(ada, ada_client):
    post(ada_client, NEW, title="Walk")
    (draft,) = drafts(ada)

    answer = post(ada_client, step_of(draft, "reason"), expected="")

    assert answer.url == step_of(draft, "places")
    assert (reread(draft).expected, reread(draft).step) == ("", "places")


def test_a_required_step_asks_for_its_answer(ada, ada_client):
    draft = walk(ada, ada_client, until="places")

    answer = post(ada_client, step_of(draft, "places"))

    assert answer.status_code == 200
    assert "Choose a place." in answer.content.decode()
    assert reread(draft).step == "places"


def test_an_invalid_step_comes_back_with_everything_typed(ada, ada_client):
    draft = walk(ada, ada_client, until="pair")
    answer = post(
        ada_client, step_of(draft, "pair"), if_situation="x" * 141, then_action="put shoes on"
    )

    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="errors"' in page
    assert 'aria-invalid="true"' in page
    assert "x" * 141 in page
    assert "put shoes on" in page


def test_back_saves_what_was_typed_and_forgives_what_is_missing(ada, ada_client):
    draft = walk(ada, ada_client, until="pair")

    answer = post(
        ada_client, step_of(draft, "pair"), if_situation="I finish lunch", then_action="", do="back"
    )

    assert answer.url == step_of(draft, "facts")
    assert (reread(draft).if_situation, reread(draft).step) == ("I finish lunch", "pair")


def test_resuming_opens_the_step_reached_and_not_the_first_empty_field(ada, ada_client):
    draft = walk(ada, ada_client, until="facts", reason={"expected": ""})

    assert TOY.resume_address(draft) == step_of(draft, "facts")
    card = TOY.draft(draft)
    assert (card.title, card.number, card.total, card.is_idle) == ("A wooden horse", 5, 7, False)


def test_going_back_and_continuing_does_not_forget_how_far_one_was(ada, ada_client):
    draft = walk(ada, ada_client, until="last")

    answer = post(ada_client, step_of(draft, "name"), title="Walk at noon")

    assert answer.url == step_of(draft, "reason")
    assert (reread(draft).title, reread(draft).step) == ("Walk at noon", "last")


def test_a_step_further_on_than_reached_leads_back_to_the_one_reached(ada, ada_client):
    draft = walk(ada, ada_client, until="places")

    assert ada_client.get(step_of(draft, "last")).url == step_of(draft, "places")
    assert ada_client.get(step_of(draft, "check")).url == step_of(draft, "places")


def test_a_step_sent_ahead_of_its_turn_is_stored_but_skips_nothing(ada, ada_client):
    draft = walk(ada, ada_client, until="places")

    answer = ada_client.post(
        step_of(draft, "facts"), {"version": draft.version, "what_happened": "One lap"}
    )

    assert answer.url == step_of(draft, "places")
    assert (reread(draft).what_happened, reread(draft).step) == ("One lap", "places")


def test_the_sentence_stays_in_view_on_later_steps_only(ada, ada_client):
    draft = walk(ada, ada_client, until="pair")

    assert 'class="pinned card-tint"' in ada_client.get(step_of(draft, "pair")).content.decode()
    assert 'class="pinned' not in ada_client.get(step_of(draft, "facts")).content.decode()


def test_with_htmx_only_main_is_swapped_and_the_address_follows(ada, ada_client):
    draft = walk(ada, ada_client, until="facts")
    htmx = {"HX-Request": "true", "HX-Target": "main"}

    page = ada_client.get(step_of(draft, "facts"), headers=htmx)

    text = page.content.decode()
    assert "<html" not in text
    assert "<title>New toy: the facts – Selftrust</title>" in text
    assert text.count("<h1") == 1
    assert page["HX-Push-Url"] == step_of(draft, "facts")
    wrong = ada_client.post(step_of(draft, "facts"), {"version": draft.version}, headers=htmx)
    assert (wrong.status_code, wrong["HX-Push-Url"]) == (200, "false")


@pytest.mark.parametrize("slug", ["reason", "check", "enough", "nowhere"])
def test_eve_sees_no_step_of_adas(slug, ada, ada_client, eve_client):
    draft = walk(ada, ada_client, until="check")

    assert eve_client.get(step_of(draft, slug)).status_code == 404
    answer = eve_client.post(
        step_of(draft, slug), {"version": draft.version, "expected": "mine now"}
    )
    assert answer.status_code == 404
    assert eve_client.post(f"/toys/{draft.pk}/draft/", {"do": "let-go"}).status_code == 404
    assert reread(draft).version == draft.version


def test_an_unknown_step_is_not_there(ada, ada_client):
    draft = walk(ada, ada_client, until="check")

    assert ada_client.get(step_of(draft, "nowhere")).status_code == 404
    assert ada_client.get("/toys/new/?step=nowhere", follow=True).status_code == 404


def test_a_forged_id_in_the_address_is_not_there(ada_client):
    assert ada_client.get(f"/toys/{uuid7()}/step/reason/").status_code == 404
