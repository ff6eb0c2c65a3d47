"""What was learned before stands beside what is being decided."""

import re
from datetime import UTC, datetime

import pytest
import time_machine

from journal.lessons.models import Lesson
from journal.privacy.rls import acting_as
from tests.decisions.factories import make_due, make_open, reread
from tests.decisions.flow_client import fields_of, look_back, post, walk
from tests.lessons.factories import make_lesson
from tests.query_counts import statements_of
from tests.reflections.mistakes_flow_client import walk as look_at_a_mistake

pytestmark = pytest.mark.django_db

RELATED = re.compile(r'<p class="own-words" dir="auto">(If .*?)</p>')


def page_of(client, decision, slug: str = "weigh") -> str:
    return client.get(f"/decisions/{decision.pk}/step/{slug}/").content.decode()


def press(client, decision, verb: str, lesson, *, at: str = "weigh", **typed: str):
    """Presses a lesson's button on a step, with what was typed there."""
    address = f"/decisions/{decision.pk}/lessons/{lesson.pk}/{verb}/?at={at}"
    return client.post(address, {**fields_of(page_of(client, decision, at)), **typed})


def test_a_lesson_made_from_a_mistake_in_march_stands_beside_a_decision_in_the_same_area_in_april(
    ada, ada_client
):
    with time_machine.travel(datetime(2026, 3, 12, 10, tzinfo=UTC), tick=False):
        ada_client.force_login(ada)
        learned = {"if_situation": "I skip lunch", "then_action": "postpone big choices"}
        look_at_a_mistake(ada, ada_client, lesson=learned, apply={"areas": ["work"]})
        late = {"if_situation": "I am late twice", "then_action": "start earlier"}
        look_at_a_mistake(ada, ada_client, lesson=late, apply={"areas": ["family"]})

    with time_machine.travel(datetime(2026, 4, 9, 10, tzinfo=UTC), tick=False):
        ada_client.force_login(ada)
        decision = walk(ada, ada_client, until="weigh")
        page = page_of(ada_client, decision)

    assert "You learned this before" in page
    assert RELATED.findall(page) == ["If I skip lunch, then I postpone big choices"]
    assert "Work. From a mistake, March 2026" in page


def test_three_at_most_and_the_newest_first(ada, ada_client):
    for n in range(5):
        make_lesson(ada, f"number {n} comes", "look")
    make_lesson(ada, "resting", "wait", state="resting", next_due=None)
    found = RELATED.findall(page_of(ada_client, make_open(ada)))
    assert found == [f"If number {n} comes, then I look" for n in (4, 3, 2)]


def test_a_lesson_of_eves_never_stands_there(ada, eve, ada_client):
    lesson = make_lesson(eve)
    decision = make_open(ada)
    assert "You learned this before" not in page_of(ada_client, decision)
    for verb in ("use", "hide"):
        address = f"/decisions/{decision.pk}/lessons/{lesson.pk}/{verb}/"
        assert ada_client.post(address).status_code == 404


def test_using_a_lesson_records_one_use_and_loses_nothing_that_was_typed(ada, ada_client):
    lesson, decision = make_lesson(ada), make_open(ada)
    with acting_as(ada):
        option = decision.options.all()[0]
    typed = {f"pros-{option.pk}": "half a thou"}

    for _twice in range(2):
        page = press(ada_client, decision, "use", lesson, **typed).content.decode()
        assert "half a thou" in page
        assert "Used here" in page
        assert f'action="/decisions/{decision.pk}/step/weigh/"' in page

    with acting_as(ada):
        (use,) = lesson.uses.all()
        assert (use.linked_kind, use.linked_id, use.result) == ("decision", decision.pk, "")
        assert reread(option).pros == ""  # nothing of the step is stored yet
    assert "How shall I use Fridays?" in ada_client.get(f"/lessons/{lesson.pk}/").content.decode()


def test_what_was_typed_can_be_saved_after_a_lesson_was_sent_away(ada, ada_client):
    lesson, decision = make_lesson(ada), make_open(ada)
    with acting_as(ada):
        option = decision.options.all()[0]
    key = f"pros-{option.pk}"

    answer = press(ada_client, decision, "hide", lesson, **{key: "It lasts"})
    page = answer.content.decode()
    assert "You learned this before" not in page
    assert "It lasts" in page
    saved = ada_client.post(
        f"/decisions/{decision.pk}/step/weigh/", {**fields_of(page), key: "It lasts"}
    )

    assert saved.status_code == 302
    assert reread(option).pros == "It lasts"
    assert "You learned this before" not in page_of(ada_client, decision, "choice")
    assert "You learned this before" in page_of(ada_client, make_open(ada, "Another?"))


def test_options_typed_beside_a_lesson_stay_too(ada, ada_client):
    lesson, decision = make_lesson(ada), make_open(ada, options=(), step="options")
    page = press(
        ada_client, decision, "use", lesson, at="options", **{"name-1": "Stay", "name-2": ""}
    ).content.decode()
    assert "Stay" in page
    assert 'aria-invalid="true"' not in page


def test_a_lesson_that_was_used_is_tied_to_what_was_decided(ada, ada_client):
    lesson, decision = make_lesson(ada), make_due(ada)
    open_one = make_open(ada, "Another?")
    press(ada_client, open_one, "use", lesson)
    with acting_as(ada):
        open_one.chosen_option = open_one.options.all()[0]
        open_one.review_on = open_one.next_review()
        open_one.finish()

    page = ada_client.get(f"/decisions/{open_one.pk}/").content.decode()
    assert "What led here" in page
    assert lesson.sentence in page
    assert "What led here" not in ada_client.get(f"/decisions/{decision.pk}/").content.decode()


def test_a_review_leaves_a_lesson_that_comes_back_in_the_same_area(ada, ada_client):
    decision = make_due(ada, area="family")
    given = {"if_situation": "a place is scarce", "then_action": "ask a month before"}

    look_back(ada_client, decision, lesson=given)

    with acting_as(ada):
        lesson = ada.lessons.get()
        assert (lesson.source, lesson.areas) == (Lesson.Source.DECISION, ["family"])
        review = decision.reviews.get()
        assert (review.lesson, review.if_situation, review.then_action) == (lesson, "", "")
    assert lesson.sentence in ada_client.get(f"/decisions/{decision.pk}/").content.decode()
    later = make_open(ada, "Which camp?", area="family")
    assert RELATED.findall(page_of(ada_client, later)) == [lesson.sentence]


def test_a_review_without_a_lesson_makes_none(ada, ada_client):
    look_back(ada_client, make_due(ada))
    with acting_as(ada):
        assert not ada.lessons.exists()


def test_half_a_lesson_is_asked_about_and_kept_as_it_is_typed(ada, ada_client):
    decision = make_due(ada)
    address = look_back(ada_client, decision, until="lesson")

    refused = post(ada_client, address, if_situation="a place is scarce")
    assert refused.status_code == 200
    assert "And what will you do then?" in refused.content.decode()
    assert "a place is scarce" in refused.content.decode()
    stopped = post(ada_client, address, if_situation="a place is scarce", do="stop")
    assert stopped.status_code == 302
    assert "a place is scarce" in ada_client.get(address).content.decode()
    with acting_as(ada):
        assert not ada.lessons.exists()


def test_three_lessons_cost_as_many_statements_as_one(ada, ada_client):
    decision = make_open(ada)

    def statements() -> int:
        return len(statements_of(ada_client, f"/decisions/{decision.pk}/step/weigh/"))

    make_lesson(ada)
    one = statements()
    make_lesson(ada, "another comes", "look")
    make_lesson(ada, "a third comes", "look")
    assert (one, statements()) == (5, 5)
