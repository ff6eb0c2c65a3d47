"""A finished review is corrected for a week, and keeps what it said before."""

import re
from datetime import date, timedelta

import pytest
import time_machine

from journal.decisions.models import DecisionReview, EarlierReview
from journal.privacy.rls import acting_as
from tests.decisions.factories import make_decision, make_review
from tests.flow_client import hidden, post
from tests.page import compact


@pytest.fixture
def reviewed(ada):
    decision = make_decision(ada, prediction="It rains", confidence=70)
    make_review(decision, prediction_result="yes", outcome="It rained")
    return decision


def step(decision, slug: str) -> str:
    return f"/decisions/{decision.pk}/review/{slug}/"


def stored(ada) -> tuple[str, str]:
    with acting_as(ada):
        review = DecisionReview.objects.get()
        return review.prediction_result, review.outcome


def earlier(ada) -> list[tuple[str, str]]:
    with acting_as(ada):
        return [(one.prediction_result, one.outcome) for one in EarlierReview.objects.all()]


def test_a_wrong_tap_is_mended_and_what_it_said_is_kept(ada, ada_client, reviewed):
    page = compact(ada_client.get(reviewed.get_absolute_url()))
    assert "Correct this review" in page
    link = re.search(r'href="(/decisions/[^"]+/review/prediction/[^"]*)"', page)
    answer = post(ada_client, link[1], prediction_result="no")

    assert answer.url == reviewed.get_absolute_url()
    assert stored(ada) == ("no", "It rained")
    assert earlier(ada) == [("yes", "It rained")]
    page = compact(ada_client.get(reviewed.get_absolute_url()))
    now, _before, then = page.partition("Earlier version")
    assert "<dd>No</dd>" in now
    assert "<dd>Yes</dd>" in then


def test_what_is_sent_unchanged_keeps_nothing(ada, ada_client, reviewed):
    post(ada_client, step(reviewed, "prediction"), prediction_result="yes")

    assert earlier(ada) == []


def test_every_answer_can_be_corrected(ada, ada_client, reviewed):
    post(ada_client, step(reviewed, "process"), process_sound_now="no")
    post(ada_client, step(reviewed, "outcome"), outcome_quality="poor", outcome="It hailed")
    post(ada_client, step(reviewed, "lesson"), learned="Take a coat")

    assert stored(ada) == ("yes", "It hailed")
    with acting_as(ada):
        review = DecisionReview.objects.get()
        assert (review.process_sound_now, review.outcome_quality) == (False, "poor")
        assert review.learned == "Take a coat"
    assert len(earlier(ada)) == 3


@pytest.mark.parametrize(("days", "is_open"), [(7, True), (8, False)])
def test_after_a_week_it_stays_and_says_so(days, is_open, ada, ada_client, reviewed):
    form = hidden(ada_client.get(step(reviewed, "prediction")).content.decode())
    with acting_as(ada):
        on: date = DecisionReview.objects.get().reviewed_on
    with time_machine.travel(f"{on + timedelta(days)}T12:00:00+01:00"):
        ada_client.force_login(ada)
        answer = ada_client.post(step(reviewed, "prediction"), form | {"prediction_result": "no"})
        page = compact(ada_client.get(reviewed.get_absolute_url()))

    assert ("Correct this review" in page) == is_open
    assert stored(ada)[0] == ("no" if is_open else "yes")
    assert answer.status_code == (302 if is_open else 409)
    if not is_open:
        assert "what you sent wasn’t saved" in compact(answer)


def test_a_page_from_before_the_review_overwrites_nothing_and_drops_nothing(ada, ada_client):
    decision = make_decision(ada, prediction="It rains", confidence=70)
    old = hidden(ada_client.get(step(decision, "process")).content.decode())
    make_review(decision, process_sound_now=True)

    answer = ada_client.post(step(decision, "process"), old | {"process_sound_now": "no"})

    assert answer.status_code == 409
    assert "Shaky" in compact(answer)
    with acting_as(ada):
        assert DecisionReview.objects.get().process_sound_now is True


def test_eve_corrects_nothing_of_adas(ada, eve_client, reviewed):
    assert eve_client.get(step(reviewed, "prediction")).status_code == 404
    answer = eve_client.post(step(reviewed, "prediction"), {"prediction_result": "no"})

    assert (answer.status_code, stored(ada)[0]) == (404, "yes")


def test_what_it_said_before_goes_with_the_decision(ada, ada_client, reviewed):
    post(ada_client, step(reviewed, "prediction"), prediction_result="no")
    with acting_as(ada):
        reviewed.delete()
        assert not EarlierReview.objects.exists()
