"""The step engine, walked through the promise flow as a browser without JavaScript would."""

import pytest

from journal.privacy.ownership import uuid7
from journal.promises.steps import FLOW
from tests.promises.flow_client import NEW, drafts, post, reread, step_of, walk


def test_no_row_exists_before_the_first_continue(ada, ada_client):
    ada_client.get("/promises/new/")
    answer = post(ada_client, "/promises/new/", lines="", do="skip")

    assert answer.url == "/promises/new/?step=promise"
    ada_client.get(answer.url)
    assert drafts(ada) == []


def test_the_first_continue_makes_a_draft_and_leads_to_the_next_step(ada, ada_client):
    answer = post(ada_client, NEW, statement="Walk after lunch")

    (draft,) = drafts(ada)
    assert answer.url == step_of(draft, "why")
    assert (draft.statement, draft.step, draft.state) == ("Walk after lunch", "why", "draft")


def test_skip_stores_nothing_and_moves_on(ada, ada_client):
    post(ada_client, NEW, statement="Walk")
    (draft,) = drafts(ada)

    answer = post(ada_client, step_of(draft, "why"), why="typed and thought better of", do="skip")

    assert answer.url == step_of(draft, "rhythm")
    assert (reread(draft).why, reread(draft).step) == ("", "rhythm")


def test_skip_is_no_way_around_a_required_step(ada, ada_client):
    draft = walk(ada, ada_client, until="rhythm")

    answer = post(ada_client, step_of(draft, "rhythm"), do="skip")

    assert answer.status_code == 200
    assert "Choose how often." in answer.content.decode()
    assert reread(draft).step == "rhythm"


def test_an_invalid_step_comes_back_with_everything_typed(ada, ada_client):
    draft = walk(ada, ada_client, until="if-then")
    answer = post(ada_client, step_of(draft, "if-then"), cue="x" * 141, action="put shoes on")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="errors"' in page
    assert 'aria-invalid="true"' in page
    assert "x" * 141 in page
    assert "put shoes on" in page


def test_back_saves_what_was_typed_and_forgives_what_is_missing(ada, ada_client):
    draft = walk(ada, ada_client, until="if-then")

    answer = post(ada_client, step_of(draft, "if-then"), cue="I finish lunch", action="", do="back")

    assert answer.url == step_of(draft, "smallest")
    assert (reread(draft).cue, reread(draft).step) == ("I finish lunch", "if-then")


def test_resuming_opens_the_step_reached_and_not_the_first_empty_field(ada, ada_client):
    draft = walk(ada, ada_client, until="smallest", why={"do": "skip"})

    assert FLOW.resume_address(draft) == step_of(draft, "smallest")
    card = FLOW.draft(draft)
    assert (card.title, card.number, card.is_idle) == ("Walk after lunch", 5, False)
    assert card.total == len(FLOW.steps)


def test_going_back_and_continuing_does_not_forget_how_far_one_was(ada, ada_client):
    draft = walk(ada, ada_client, until="obstacle")

    answer = post(ada_client, step_of(draft, "promise"), statement="Walk at noon")

    assert answer.url == step_of(draft, "why")
    assert (reread(draft).statement, reread(draft).step) == ("Walk at noon", "obstacle")


def test_a_step_further_on_than_reached_leads_back_to_the_one_reached(ada, ada_client):
    draft = walk(ada, ada_client, until="rhythm")

    assert ada_client.get(step_of(draft, "obstacle")).url == step_of(draft, "rhythm")
    assert ada_client.get(step_of(draft, "check")).url == step_of(draft, "rhythm")


def test_a_step_sent_ahead_of_its_turn_is_stored_but_skips_nothing(ada, ada_client):
    draft = walk(ada, ada_client, until="rhythm")

    answer = ada_client.post(
        step_of(draft, "smallest"), {"version": draft.version, "smallest_version": "One lap"}
    )

    assert answer.url == step_of(draft, "rhythm")
    assert (reread(draft).smallest_version, reread(draft).step) == ("One lap", "rhythm")


def test_the_sentence_stays_in_view_on_later_steps_only(ada, ada_client):
    draft = walk(ada, ada_client, until="smallest")

    assert 'class="pinned card-tint"' in ada_client.get(step_of(draft, "smallest")).content.decode()
    assert 'class="pinned' not in ada_client.get(step_of(draft, "promise")).content.decode()


def test_with_htmx_only_main_is_swapped_and_the_address_follows(ada, ada_client):
    draft = walk(ada, ada_client, until="smallest")
    htmx = {"HX-Request": "true", "HX-Target": "main"}

    page = ada_client.get(step_of(draft, "smallest"), headers=htmx)

    text = page.content.decode()
    assert "<html" not in text
    assert "<title>What counts on your worst day? – Selftrust</title>" in text
    assert text.count("<h1") == 1
    assert page["HX-Push-Url"] == step_of(draft, "smallest")
    wrong = ada_client.post(step_of(draft, "smallest"), {"version": draft.version}, headers=htmx)
    assert (wrong.status_code, wrong["HX-Push-Url"]) == (200, "false")


@pytest.mark.parametrize("slug", ["why", "check", "enough", "nowhere"])
def test_eve_sees_no_step_of_adas(slug, ada, ada_client, eve_client):
    draft = walk(ada, ada_client, until="check")

    assert eve_client.get(step_of(draft, slug)).status_code == 404
    answer = eve_client.post(step_of(draft, slug), {"version": draft.version, "why": "mine now"})
    assert answer.status_code == 404
    assert eve_client.post(f"/promises/{draft.pk}/draft/", {"do": "let-go"}).status_code == 404
    assert reread(draft).version == draft.version


def test_an_unknown_step_is_not_there(ada, ada_client):
    draft = walk(ada, ada_client, until="check")

    assert ada_client.get(step_of(draft, "nowhere")).status_code == 404
    assert ada_client.get("/promises/new/?step=nowhere").status_code == 404


def test_a_forged_id_in_the_address_is_not_there(ada_client):
    assert ada_client.get(f"/promises/{uuid7()}/step/why/").status_code == 404
