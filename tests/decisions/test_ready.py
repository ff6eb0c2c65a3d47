"""Before deciding, one page says what is open and asks for an honest yes; nothing is locked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from journal.people import clock
from tests.decisions.factories import make_open, reread
from tests.decisions.flow_client import fields_of, post, refused, walk
from tests.decisions.page_states import draft
from tests.page import compact
from tests.people.factories import make_value

pytestmark = pytest.mark.django_db

SKIPPED = {
    "values": "Which of your values matter here?",
    "weigh": "What would each option give you",
    "information": "What do you know, and what don’t you know yet?",
    "distance": "How will this look",
    "premortem": "If it turned out badly",
}


def step(decision, slug: str = "ready") -> str:
    return f"/decisions/{decision.pk}/step/{slug}/"


def offered(client, address: str) -> set[str]:
    """The steps that the page offers to answer now."""
    page = client.get(address).content.decode()
    return {slug for slug in (*SKIPPED, "cool-off", "prediction") if f'value="to-{slug}"' in page}


def test_what_was_skipped_is_offered_and_answering_it_leads_back(ada, ada_client):
    decision = make_open(ada, options=("Go", "Stay"), step="ready")
    page = compact(ada_client.get(step(decision)))
    assert offered(ada_client, step(decision)) == set(SKIPPED)
    assert all(question in page for question in SKIPPED.values())
    assert "You left 5 steps open" in page

    answer = post(ada_client, step(decision), honest_yes="no", do="to-premortem")
    assert answer.url == f"{step(decision, 'premortem')}?from=ready"
    assert (reread(decision).honest_yes, reread(decision).step) == ("no", "ready")  # kept, and here
    answer = post(ada_client, answer.url, premortem="Nobody kept the day free")
    assert answer.url == step(decision)
    assert offered(ada_client, step(decision)) == set(SKIPPED) - {"premortem"}
    back = post(ada_client, f"{step(decision, 'values')}?from=ready", do="back")
    assert back.url == step(decision)


def test_weighing_without_what_follows_is_still_open(ada, ada_client):
    weighed = make_open(ada, step="ready", weighed={"pros": "It lasts"})
    whole = make_open(ada, step="ready", weighed={"consequences": "A trade"})
    assert "What would each option lead to?" in compact(ada_client.get(step(weighed)))
    assert "weigh" in offered(ada_client, step(weighed))
    assert "weigh" not in offered(ada_client, step(whole))


def test_the_wait_is_said_while_it_lasts_and_when_it_is_over(ada, ada_client):
    now = timezone.now()
    due = {"deadline": clock.today(ada)}
    waits = {"feeling_intensity": 7, "step": "ready", "weighed": {"reversibility": "one_way"}}
    open_ = make_open(ada, cooling_off_until=now + timedelta(hours=50), **waits, **due)
    over = make_open(ada, cooling_off_until=now - timedelta(hours=1), **waits, **due)
    never, calm = make_open(ada, **waits), make_open(ada, step="ready")

    page = compact(ada_client.get(step(open_)))
    for words in (
        "You wanted to sleep on it",
        "7 of 10",
        "can’t be undone",
        "which is before that",
    ):
        assert words in page
    assert page.count("Come back on ") == 2
    page = compact(ada_client.get(step(over)))
    assert "You slept on it" in page
    assert "which is before that" not in page
    assert "cool-off" in offered(ada_client, step(never))
    assert "cool-off" not in offered(ada_client, step(calm))

    assert post(ada_client, step(open_), do="stop").url == "/decisions/"
    assert post(ada_client, step(open_)).url == step(open_, "choice")  # it holds nobody back


def test_nothing_has_to_be_answered_and_bad_answers_come_back(ada, ada_client):
    decision = make_open(ada, step="ready")
    for wrong in ({"honest_yes": "maybe"}, {"feeling_now": "11"}, {"process_sound_then": "\x00"}):
        given = {"feeling_now": "3", **wrong}
        page = ada_client.post(step(decision), {"version": decision.version, **given})
        assert page.status_code == 200, wrong
        assert reread(decision).step == "ready"
    assert post(ada_client, step(decision)).url == step(decision, "choice")
    row = reread(decision)
    assert (row.honest_yes, row.process_sound_then, row.feeling_now) == ("", None, None)


def test_an_unknown_step_is_no_detour(ada, ada_client):
    decision = make_open(ada, step="ready")
    for slug in ("nowhere", "", "../../today", "check", "\x00"):
        answer = post(ada_client, step(decision), do=f"to-{slug}")
        assert answer.url == step(decision), slug
    assert ada_client.get(f"{step(decision, 'values')}?from=//evil.example").status_code == 200
    away = post(ada_client, f"{step(decision, 'values')}?from=//evil.example")
    assert away.url == step(decision, "state")


def test_two_tabs_never_overwrite_an_honest_answer_silently(ada, ada_client):
    decision = make_open(ada, step="ready")
    old = fields_of(ada_client.get(step(decision)).content.decode())
    for _double_click in range(2):
        sent = ada_client.post(step(decision), {**old, "honest_yes": "no"})
        assert sent.url == step(decision, "choice")
    other = ada_client.post(step(decision), {**old, "honest_yes": "yes"})
    assert (other.status_code, reread(decision).honest_yes) == (409, "no")


def test_a_stronger_feeling_is_offered_a_break_once(ada, ada_client):
    decision = make_open(ada, step="ready", feeling_intensity=5)
    post(ada_client, step(decision), feeling_now="8")
    assert "four-minute break" in compact(ada_client.get(step(decision, "choice")))
    post(ada_client, step(decision, "choice"), chosen_option="Study")
    assert "four-minute break" not in compact(ada_client.get(step(decision, "choice")))


def test_the_last_page_says_what_is_open_the_forecast_too_and_decides(ada, ada_client):
    until = clock.now(ada) + timedelta(hours=30)
    decision = walk(
        ada,
        ada_client,
        until="check",
        cool_off={"cooling_off_until": f"{until:%Y-%m-%dT%H:%M}"},
        premortem={},
        prediction={},
    )
    page = compact(ada_client.get(step(decision, "check")))
    note = page[
        page.index("You wanted to sleep on it") : page.index("You can decide all the same.")
    ]
    for slug, is_open in (("premortem", True), ("prediction", True), ("information", False)):
        assert (f"{step(decision, slug)}?from=check" in note) == is_open
    assert (
        post(ada_client, step(decision, "check"), do="finish").url == f"/decisions/{decision.pk}/"
    )
    assert reread(decision).state == "decided"


def test_the_last_page_offers_a_night_where_one_is_suggested(ada, ada_client):
    decision = make_open(ada, feeling_intensity=8)
    page = compact(ada_client.get(step(decision, "check")))
    assert f"{step(decision, 'cool-off')}?from=check" in page.split("You left open:")[1]


def test_where_nothing_is_open_the_page_only_asks(ada, ada_client):
    words = dict.fromkeys(("info_missing", "distance_note", "premortem"), "Thought of")
    weighed = {"consequences": "A trade"}
    decision = make_open(
        ada, values=[make_value(ada, "craft")], weighed=weighed, step="ready", **words
    )
    page = compact(ada_client.get(step(decision)))
    assert "You left nothing open." in page
    assert "Answer it" not in page
    assert 'name="honest_yes"' in page


def test_a_prediction_has_a_day_and_the_review_follows_it(ada, ada_client):
    decision, today = draft(ada), clock.today(ada)
    day = today + timedelta(days=60)
    whole = {"prediction": "Passed", "prediction_on": day.isoformat(), "confidence": "70"}
    for name in whole:
        page = post(ada_client, step(decision, "prediction"), **{**whole, name: ""})
        assert page.status_code == 200, name
        assert 'aria-invalid="true"' in page.content.decode(), name
    for wrong in (today.isoformat(), "0000-01-01", "9999-12-31", "\x00"):
        page = post(ada_client, step(decision, "prediction"), **{**whole, "prediction_on": wrong})
        refused(page, "Passed")
    assert post(ada_client, step(decision, "prediction"), **whole).status_code == 302

    early = (day - timedelta(days=1)).isoformat()
    page = post(ada_client, step(decision, "review-date"), review_on=early)
    refused(page, "Look back on the day of your prediction, or later.", early)
    # A review chosen before the prediction is asked for again at the end.
    page = post(ada_client, step(decision, "check"), do="finish")
    refused(page, "Still needed: When will you look back?")
    post(ada_client, step(decision, "review-date"), review_on=day.isoformat())
    assert post(ada_client, step(decision, "check"), do="finish").status_code == 302
    assert (reread(decision).prediction_on, reread(decision).review_on) == (day, day)
