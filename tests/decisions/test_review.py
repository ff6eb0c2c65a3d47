"""Looking back, and later thoughts: what does not fit is said, and nothing is lost."""

from datetime import timedelta

import pytest

from journal.decisions import queries
from journal.insights import queries as measures
from journal.insights.periods import LENGTHS, Period
from journal.people import clock
from journal.privacy.rls import acting_as
from tests.decisions.factories import make_decision, make_due, make_open, make_review, reread
from tests.decisions.flow_client import fields_of, look_back, post, refused

pytestmark = pytest.mark.django_db


def test_no_review_before_the_decision(ada, ada_client):
    decision = make_open(ada)
    for answer in (
        ada_client.get(f"/decisions/{decision.pk}/review/process/", follow=True),
        ada_client.post(
            f"/decisions/{decision.pk}/review/process/", {"process_sound_now": "yes"}, follow=True
        ),
    ):
        assert "once you’ve decided" in answer.content.decode()
    with acting_as(ada):
        assert not ada.decisionreviews.exists()


def test_a_review_step_ahead_of_its_turn_leads_to_the_first(ada, ada_client):
    decision = make_due(ada)
    at = f"/decisions/{decision.pk}/review/"
    for slug in ("outcome", "lesson", "check"):
        assert ada_client.get(f"{at}{slug}/").url == f"{at}process/"
        assert ada_client.post(f"{at}{slug}/", {"outcome": "Fine"}).url == f"{at}process/"
    with acting_as(ada):
        assert not ada.decisionreviews.exists()
    assert ada_client.get(f"{at}nowhere/").status_code == 302


def test_a_review_asks_for_each_of_its_answers(ada, ada_client):
    decision = make_due(ada)
    at = look_back(ada_client, decision, until="process")
    refused(post(ada_client, at or f"/decisions/{decision.pk}/review/process/"), "Sound or shaky?")


def test_two_devices_begin_the_same_review(ada, ada_client):
    decision = make_due(ada)
    at = f"/decisions/{decision.pk}/review/process/"
    first = fields_of(ada_client.get(at).content.decode())
    second = dict(first)

    assert ada_client.post(at, {**first, "process_sound_now": "yes"}).status_code == 302
    assert ada_client.post(at, {**second, "process_sound_now": "yes"}).status_code == 302
    other = ada_client.post(at, {**second, "process_sound_now": "no"})

    assert other.status_code == 409
    assert "Shaky" in other.content.decode()
    assert "Sound" in other.content.decode()
    with acting_as(ada):
        assert decision.reviews.get().process_sound_now is True


def test_a_review_is_done_once(ada, ada_client):
    decision = make_due(ada)
    make_review(decision)
    at = f"/decisions/{decision.pk}/review/"
    answer = ada_client.post(f"{at}check/", {"do": "finish"})
    assert answer.url == f"/decisions/{decision.pk}/"
    with acting_as(ada):
        assert decision.reviews.get().process_sound_now is True


def test_too_early_asks_for_another_day_and_counts_as_nothing(ada, ada_client):
    decision, today = make_due(ada), clock.today(ada)
    page, day = decision.get_absolute_url(), today + timedelta(days=40)
    look_back(ada_client, decision, until="prediction")
    answer = post(ada_client, f"{page}review/prediction/", prediction_result="too_early")
    assert answer.url == f"{page}later/"
    for wrong in ("", "x", "\x00", "0000-01-01", "9999-01-01", today, today - timedelta(days=5)):
        refused(ada_client.post(answer.url, {"ask_on": wrong}), "Too early to say")
    with acting_as(ada):
        assert [one.title for one in queries.waiting(ada, today)] == [decision.question]
    for _double_click in range(2):
        assert ada_client.post(answer.url, {"ask_on": day}).url == page

    assert (reread(decision).state, reread(decision).review_on) == ("decided", day)
    with acting_as(ada):
        review = decision.reviews.get()
        assert (review.process_sound_now, review.prediction_result) == (True, "")  # kept, and open
        assert queries.waiting(ada, today) == []  # not begun: it is put off
        assert [one.text for one in queries.waiting(ada, day)] == ["Ready to look back."]
        found = measures.ask(ada, Period(LENGTHS[0], today))
        assert (found.predictions, found.unclear) == ([], 0)
    assert look_back(ada_client, decision) == page  # it can be done on any day
    assert reread(decision).state == "reviewed"
    late = ada_client.post(answer.url, {"ask_on": day}, follow=True)
    assert "looked back on it already" in late.content.decode()
    again = post(ada_client, f"{page}review/prediction/", prediction_result="too_early")
    assert again.status_code == 200  # a finished review is corrected, not put off


def test_a_review_is_not_put_off_to_before_its_prediction(ada, ada_client):
    day = clock.today(ada) + timedelta(days=60)
    decision = make_decision(ada, review_on=day)
    at = f"{decision.get_absolute_url()}later/"
    assert f'value="{day}"' in ada_client.get(at).content.decode()
    refused(ada_client.post(at, {"ask_on": day - timedelta(days=1)}), "Look back on the day of")
    assert reread(decision).review_on == day


def test_a_later_thought_needs_words_and_keeps_its_day(ada, ada_client):
    decision = make_decision(ada)
    at = f"/decisions/{decision.pk}/thoughts/new/"
    refused(ada_client.post(at, {"thought": "  "}), "Write a few words")
    refused(ada_client.post(at, {"thought": "x" * 1001}), "at most 1000 characters")

    sent = {"thought": "Fridays are full again", "id": str(decision.pk)}
    assert ada_client.post(at, sent).url == f"/decisions/{decision.pk}/#later"
    ada_client.post(at, sent)  # a double click
    other = ada_client.post(at, {**sent, "thought": "Not any more"})
    assert other.status_code == 409
    assert "Not any more" in other.content.decode()
    with acting_as(ada):
        (addendum,) = decision.addenda.all()
        assert (addendum.thought, addendum.written_on) == (sent["thought"], clock.today(ada))
    ada_client.post(f"/decisions/{decision.pk}/thoughts/{addendum.pk}/delete/")
    assert "full again" not in ada_client.get(f"/decisions/{decision.pk}/").content.decode()
    ada_client.post(f"/decisions/{decision.pk}/thoughts/{addendum.pk}/restore/")
    assert "full again" in ada_client.get(f"/decisions/{decision.pk}/").content.decode()


def test_what_is_not_decided_takes_no_later_thoughts(ada, ada_client):
    decision = make_open(ada)
    assert ada_client.get(f"/decisions/{decision.pk}/thoughts/new/", follow=True).status_code == 404
    assert ada_client.post(f"/decisions/{decision.pk}/later/").status_code == 404
