"""A decision is made step by step."""

from datetime import timedelta

import pytest
from django.utils.formats import date_format

from journal.people import clock
from journal.privacy.rls import acting_as
from tests.decisions.factories import make_due, make_open, reread
from tests.decisions.flow_client import ANSWERS, look_back, post, walk
from tests.page import compact

pytestmark = pytest.mark.django_db


def text_of(client, address: str) -> str:
    return compact(client.get(address))


def test_ada_decides_from_the_question_to_the_day_of_looking_back(ada, ada_client):
    decision = walk(ada, ada_client)

    with acting_as(ada):
        assert (decision.state, decision.decided_on) == ("decided", clock.today(ada))
        assert decision.chosen_option.name == "Study"
        assert (decision.prediction, decision.confidence) == ("Passed by June", 70)
        assert decision.prediction_on.isoformat() == ANSWERS["prediction_on"]
        assert decision.review_on == decision.prediction_on  # suggested for the day it is known
        assert decision.process_sound_then is True
        assert (decision.honest_yes, decision.feeling_now) == ("unsure", 5)
        assert [one.name for one in decision.options.all()] == ["Study", "Freelance"]
    page = text_of(ada_client, f"/decisions/{decision.pk}/")
    said = ("How shall I use Fridays?", "Study", "It lasts", "70%", "Passed by June")
    for words in (*said, "The same if nobody were waiting", "I can’t tell", "5 of 10"):
        assert words in page


def test_the_check_page_reads_a_day_as_every_page_does(ada, ada_client):
    day = clock.today(ada) + timedelta(days=200)
    decision = walk(ada, ada_client, until="check", review_date={"review_on": day.isoformat()})

    page = text_of(ada_client, f"/decisions/{decision.pk}/step/check/")
    assert f"<dd>{date_format(day, 'j F Y')}</dd>" in page


def test_ada_looks_back_and_sees_that_she_was_unlucky(ada, ada_client):
    decision = make_due(ada)

    assert look_back(ada_client, decision) == f"/decisions/{decision.pk}/"

    with acting_as(ada):
        review = decision.reviews.get()
        assert (review.process_sound_now, review.prediction_result) == (True, "no")
        assert (review.outcome_quality, review.quadrant) == ("poor", "unlucky")
        assert review.reviewed_on == clock.today(ada)
    assert reread(decision).state == "reviewed"
    page = text_of(ada_client, f"/decisions/{decision.pk}/")
    assert '<div class="cell here"><b>Unlucky</b>' in page


def test_options_are_weighed_one_by_one(ada, ada_client):
    decision = make_open(ada, step="weigh")
    with acting_as(ada):
        study, freelance, _rest = decision.options.all()
    answers = {
        f"pros-{study.pk}": "It lasts",
        f"value_fit-{study.pk}": "8",
        f"cons-{freelance.pk}": "Less pay until May",
        f"reversibility-{freelance.pk}": "costly",
    }

    answer = post(ada_client, f"/decisions/{decision.pk}/step/weigh/", **answers)

    assert answer.url == f"/decisions/{decision.pk}/step/information/"
    assert (reread(study).pros, reread(study).value_fit) == ("It lasts", 8)
    assert (reread(freelance).cons, reread(freelance).reversibility) == (
        "Less pay until May",
        "costly",
    )


def test_two_options_that_read_the_same_are_not_taken_but_stay_typed(ada, ada_client):
    decision = make_open(ada, step="options")
    with acting_as(ada):
        before = [option.name for option in decision.options.all()]
    answers = {"name-1": "Café", "name-2": "cafe\u0301 "}

    page = post(ada_client, f"/decisions/{decision.pk}/step/options/", **answers)

    assert "Two options have the same name." in page.content.decode()
    assert page.content.decode().count("Café") + page.content.decode().count("cafe\u0301") >= 2
    with acting_as(ada):
        assert [option.name for option in decision.options.all()] == before
