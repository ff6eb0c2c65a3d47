"""A boundary is set step by step."""

from datetime import date, timedelta

import pytest

from journal.boundaries.models import Boundary
from journal.boundaries.starters import SITUATIONS
from journal.boundaries.steps import FLOW
from journal.people import clock
from journal.privacy.rls import acting_as
from tests.boundaries.factories import make_draft, reread
from tests.boundaries.flow_client import step_of, walk
from tests.flow_client import hidden, place_in, post
from tests.people.factories import make_value

SCRIPT = ("facts", "impact", "ask", "benefit", "repeat_line", "flex")


def script_of(boundary: Boundary) -> dict[str, str]:
    row = reread(boundary)
    return {name: getattr(row, name) for name in SCRIPT if getattr(row, name)}


def all_of(person) -> list[Boundary]:
    with acting_as(person):
        return list(person.boundaries.live())


def test_the_whole_flow_without_javascript(ada, ada_client):
    boundary = walk(ada, ada_client)

    assert (boundary.area, boundary.limit) == ("work", "No calls after 19:00")
    assert (boundary.why, boundary.my_action) == (
        "Dinner with my son",
        "Let it ring; answer at 9:00",
    )
    assert script_of(boundary) == {
        "facts": "Three calls after nine",
        "impact": "I can't switch off",
        "ask": "Please message instead",
        "benefit": "Clearer answers",
        "repeat_line": "I will answer at nine",
        "flex": "A text is fine",
    }
    assert (boundary.state, boundary.communication) == ("ready", "planned")
    assert (boundary.person_label, boundary.tell_channel) == ("Sam", "call")
    assert boundary.review_on == clock.today(ada) + timedelta(days=90)


def test_what_may_be_left_empty_is_left_out(ada, ada_client):
    optional = ("why", "facts", "impact", "ask", "benefit", "if_pushed", "tell")

    boundary = walk(ada, ada_client, **{name: {} for name in optional})

    assert script_of(boundary) == {}
    assert (boundary.state, boundary.communication) == ("ready", "planned")


def test_a_limit_with_oneself_needs_no_saying_and_stands_at_once(ada, ada_client):
    boundary = walk(ada, ada_client, area={"area": "self"}, tell={})

    assert (boundary.state, boundary.communication) == ("active", "not_needed")


def test_opening_the_flow_and_leaving_it_stores_nothing(ada, ada_client):
    ada_client.get("/boundaries/new/", follow=True)
    assert post(ada_client, "/boundaries/new/", do="stop").url == "/boundaries/"
    assert post(ada_client, "/boundaries/new/").status_code == 200  # the area is asked for

    assert all_of(ada) == []


def test_left_half_way_it_waits_as_a_draft_and_can_be_let_go(ada, ada_client):
    draft = walk(ada, ada_client, until="my-action")

    page = ada_client.get("/boundaries/").content.decode()
    assert "Delete draft" in page
    assert place_in(FLOW, draft) in page
    assert ada_client.get(f"/boundaries/{draft.pk}/").url == step_of(draft, "my-action")
    ada_client.post(f"/boundaries/{draft.pk}/draft/", {"do": "let-go"})
    assert all_of(ada) == []
    ada_client.post(f"/boundaries/{draft.pk}/restore/")
    assert [row.pk for row in all_of(ada)] == [draft.pk]


def test_a_step_sent_twice_is_sent_once(ada, ada_client):
    fields = hidden(ada_client.get("/boundaries/new/", follow=True).content.decode()) | {
        "area": "work"
    }
    first, second = (ada_client.post("/boundaries/new/", fields) for _ in range(2))
    (draft,) = all_of(ada)
    assert first.url == second.url == step_of(draft, "limit")

    sent = hidden(ada_client.get(step_of(draft, "limit")).content.decode()) | {"limit": "No calls"}
    again = [ada_client.post(step_of(draft, "limit"), sent).url for _ in range(2)]

    assert again == [step_of(draft, "why")] * 2
    assert (reread(draft).limit, reread(draft).step) == ("No calls", "why")


def test_nobody_gets_ahead_of_the_safety_question(ada, ada_client):
    draft = walk(ada, ada_client, until="safety")

    assert ada_client.get(step_of(draft, "facts")).url == step_of(draft, "safety")
    assert ada_client.get(step_of(draft, "check")).url == step_of(draft, "safety")
    version = {"version": draft.version}
    ada_client.post(step_of(draft, "check"), {**version, "do": "finish"})
    ada_client.post(step_of(draft, "tell"), {**version, "communication": "planned"})
    assert ada_client.post(step_of(draft, "safety"), version).status_code == 200
    assert (reread(draft).step, reread(draft).finished_at) == ("safety", None)


@pytest.mark.parametrize(
    ("slug", "field", "most"),
    [
        ("limit", "limit", 200),
        ("why", "why", 500),
        ("my-action", "my_action", 200),
        ("facts", "facts", 300),
        ("if-pushed", "flex", 300),
        ("tell", "person_label", 40),
    ],
)
def test_words_at_their_limit(ada, ada_client, slug, field, most):
    draft = make_draft(ada, step="check", communication="planned")
    at_most, too_long = "w" * most, "w" * (most + 1)

    answer = post(ada_client, step_of(draft, slug), **{field: too_long})
    assert answer.status_code == 200
    assert too_long in answer.content.decode()
    keep_in_force = {"communication": "planned"} if slug == "tell" else {}
    assert (
        post(ada_client, step_of(draft, slug), **{field: at_most}, **keep_in_force).status_code
        == 302
    )
    assert getattr(reread(draft), field) == at_most


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("0000-01-01", "Enter a date"),
        ("2020-01-01", "That day has passed"),
        ("9999-12-31", "within the next five years"),
        ("soon", "Enter a date"),
    ],
)
def test_a_day_that_cannot_be_meant_is_refused_and_shown(ada, ada_client, day, sentence):
    draft = make_draft(ada, step="check", my_action="Leave", communication="planned")

    answer = post(ada_client, step_of(draft, "tell"), communication="planned", tell_on=day)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    answer = post(ada_client, step_of(draft, "check"), do="finish", review_on=day)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert (reread(draft).tell_on, reread(draft).finished_at) == (None, None)


def test_a_day_alone_means_that_it_will_be_said(ada, ada_client):
    draft, today = make_draft(ada, step="tell", my_action="Leave"), clock.today(ada)

    post(ada_client, step_of(draft, "tell"), tell_on=today.isoformat())

    assert (reread(draft).communication, reread(draft).tell_on) == ("planned", today)


def test_what_is_missing_is_asked_for_on_the_check_page(ada, ada_client):
    draft = make_draft(ada, step="check")

    answer = post(ada_client, step_of(draft, "check"), do="finish")

    page = answer.content.decode()
    assert f'<a href="{step_of(draft, "my-action")}?from=check">' in page
    assert reread(draft).state == "draft"


def test_eves_value_cannot_be_linked(ada, eve, ada_client):
    theirs, mine = make_value(eve, "freedom"), make_value(ada, "calm")
    draft = make_draft(ada, step="check")

    assert post(ada_client, step_of(draft, "why"), value=str(theirs.pk)).status_code == 200
    assert reread(draft).value_id is None
    assert post(ada_client, step_of(draft, "why"), value=str(mine.pk)).status_code == 302
    assert reread(draft).value_id == mine.pk


def test_an_answer_of_a_finished_boundary_is_changed_from_its_page(ada, ada_client):
    boundary = walk(ada, ada_client)
    address = f"{step_of(boundary, 'limit')}?from=check"
    assert f'href="{address}"' in ada_client.get(boundary.get_absolute_url()).content.decode()

    assert post(ada_client, address, limit="").status_code == 200
    answer = post(ada_client, address, limit="No calls after 20:00")

    assert answer.url == boundary.get_absolute_url()
    assert (reread(boundary).limit, reread(boundary).state) == ("No calls after 20:00", "ready")
    needless = post(ada_client, step_of(boundary, "tell"), communication="not_needed")
    assert needless.status_code == 302
    assert reread(boundary).state == "active"


# --- the script


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda one: one.slug)
def test_a_situation_fills_an_empty_script(ada, ada_client, situation):
    draft = make_draft(ada, step="check")

    answer = post(ada_client, step_of(draft, "facts"), situation=situation.slug, do="start")

    assert answer.url == step_of(draft, "facts")
    assert script_of(draft) == {name: str(text) for name, text in situation.words.items()}


def test_a_situation_replaces_no_words_without_asking(ada, ada_client):
    draft = make_draft(ada, step="check", ask="Write to me")
    address, late = step_of(draft, "facts"), {"situation": "late-messages", "do": "start"}

    asked = post(ada_client, address, facts="Three calls", **late)
    assert asked.status_code == 200
    page = asked.content.decode()
    assert 'name="own_words"' in page
    assert "Three calls" in page
    assert script_of(draft) == {"ask": "Write to me"}

    post(ada_client, address, facts="Three calls", own_words="rest", **late)
    assert script_of(draft) == {
        "facts": "Three calls",
        "ask": "Write to me",
        "repeat_line": "I’ll answer tomorrow.",
    }
    post(ada_client, address, facts="Three calls", own_words="replace", **late)
    assert script_of(draft)["ask"] == "I reply to messages between nine and six."


def test_words_typed_on_this_very_page_are_asked_about_too(ada, ada_client):
    draft = make_draft(ada, step="check")

    asked = post(
        ada_client, step_of(draft, "facts"), facts="Mine", situation="extra-work", do="start"
    )

    assert asked.status_code == 200
    assert script_of(draft) == {}


def test_the_preview_shows_the_whole_script_and_stores_nothing(ada, ada_client):
    draft = make_draft(ada, step="check", facts="Three calls after nine")
    sent = {"version": draft.version, "ask": "Please write", "do": "preview"}

    page = ada_client.post(step_of(draft, "ask"), sent).content.decode()
    live = ada_client.post(
        step_of(draft, "ask"),
        sent,
        headers={"HX-Request": "true", "HX-Target": "live"},
    ).content.decode()

    for shown in (page, live):
        said = '<p dir="auto">Three calls after nine</p><p dir="auto">Please write</p>'
        assert f'<div id="spoken">{said}</div>' in shown
    assert "<html" in page
    assert "<html" not in live
    assert script_of(draft) == {"facts": "Three calls after nine"}


def test_only_what_is_asked_for_is_a_day(ada, ada_client):
    draft = make_draft(ada, step="tell", my_action="Leave")
    soon = (clock.today(ada) + timedelta(days=2)).isoformat()

    post(ada_client, step_of(draft, "tell"), communication="not_needed", tell_on=soon)

    assert reread(draft).tell_on is None
    assert date.fromisoformat(soon) > clock.today(ada)
