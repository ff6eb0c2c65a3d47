"""A mistake is looked at step by step and ends in a lesson, which goes its own way."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from journal.lessons import threads
from journal.people import clock
from journal.privacy.rls import acting_as
from journal.reflections.mistakes.steps import FLOW
from tests.conftest import signed_in
from tests.factories import make_person
from tests.flow_client import hidden, place_in, post
from tests.page import compact
from tests.promises.factories import make_promise
from tests.reflections.mistakes_factories import (
    make_mistake,
    reread,
)
from tests.reflections.mistakes_flow_client import NEW, SKIPPED, all_of, step_of, walk


def lessons_of(person) -> list:
    with acting_as(person):
        return list(person.lessons.live())


def test_the_whole_flow_ends_in_a_lesson(ada, ada_client):
    mistake = walk(ada, ada_client)

    assert (mistake.title, mistake.state) == ("Forgot the call", "examined")
    assert (mistake.occurred_on, mistake.intensity_before) == (date(2026, 3, 2), 6)
    (lesson,) = lessons_of(ada)
    assert lesson.sentence == "If I promise a call, then I set an alarm"
    assert (lesson.areas, lesson.source, lesson.box) == (["family"], "mistake", 0)
    with acting_as(ada):
        assert [tied.row.pk for tied in threads.links_of(ada, lesson).came_from] == [mistake.pk]
    page = compact(ada_client.get(mistake.get_absolute_url()))
    for words in ("Relied on memory", "The changed time", "Apologise", "set an alarm"):
        assert words in page
    assert compact(ada_client.get("/mistakes/")).count("Forgot the call") == 1
    assert "Forgot the call" in compact(ada_client.get(f"/lessons/{lesson.pk}/"))


def test_three_answers_are_enough(ada, ada_client):
    mistake = walk(
        ada,
        ada_client,
        event={"what_happened": "I forgot"},
        check={"title": "I forgot", "do": "finish"},
        **SKIPPED,
    )

    assert (mistake.state, mistake.expected, mistake.occurred_on) == ("examined", "", None)
    assert len(lessons_of(ada)) == 1


def test_it_is_named_after_its_first_line_until_it_is_named(ada, ada_client):
    draft = walk(ada, ada_client, event={"what_happened": "\n  I  forgot \nagain"}, until="feeling")
    assert draft.title == "I forgot"

    post(ada_client, step_of(draft, "event"), what_happened="w" * 130)
    assert reread(draft).title == "w" * 119 + "…"
    with acting_as(ada):
        draft = reread(draft)
        draft.title = "My own name"
        draft.save()
    post(ada_client, step_of(draft, "event"), what_happened="Something else")
    assert reread(draft).title == "My own name"


def test_above_seven_a_break_is_offered_before_the_flow_goes_on(ada, ada_client):
    draft = walk(ada, ada_client, until="feeling")
    here = step_of(draft, "feeling")

    assert post(ada_client, here, intensity_before="8").url == here
    assert "a lot to carry" in ada_client.get(here).content.decode()
    assert post(ada_client, here, intensity_before="8").url != here


@pytest.mark.parametrize("heavy", ["0", "7", ""])
def test_up_to_seven_nothing_stands_in_between(ada, ada_client, heavy):
    here = step_of(walk(ada, ada_client, until="feeling"), "feeling")

    answer = post(ada_client, here, intensity_before=heavy)

    assert answer.status_code == 302
    assert answer.url != here


def test_opening_the_flow_and_leaving_it_stores_nothing(ada, ada_client):
    assert post(ada_client, NEW, do="stop").url == "/mistakes/"
    assert post(ada_client, NEW).status_code == 200  # what happened is asked for

    assert all_of(ada) == []


def test_left_half_way_it_waits_and_can_be_let_go(ada, ada_client):
    draft = walk(ada, ada_client, until="not-mine")

    page = ada_client.get("/mistakes/").content.decode()
    assert place_in(FLOW, draft) in page
    assert ada_client.get(f"/mistakes/{draft.pk}/").url == step_of(draft, "not-mine")
    assert lessons_of(ada) == []
    ada_client.post(f"/mistakes/{draft.pk}/draft/", {"do": "let-go"})
    assert all_of(ada) == []
    ada_client.post(f"/mistakes/{draft.pk}/restore/")
    assert [row.pk for row in all_of(ada)] == [draft.pk]


def test_finishing_twice_makes_one_lesson(ada, ada_client):
    draft = walk(ada, ada_client, until="check")
    sent = hidden(compact(ada_client.get(step_of(draft, "check"))))
    sent |= {"title": "Forgot the call", "do": "finish"}

    answers = [ada_client.post(step_of(draft, "check"), sent).url for _ in range(2)]

    assert answers == [draft.get_absolute_url()] * 2
    assert len(lessons_of(ada)) == 1


def test_a_first_page_sent_twice_makes_one_draft(ada, ada_client):
    fields = hidden(compact(ada_client.get(NEW, follow=True))) | {"what_happened": "I forgot"}

    urls = {ada_client.post(NEW, fields).url for _ in range(2)}

    (draft,) = all_of(ada)
    assert urls == {step_of(draft, "feeling")}


def test_nothing_is_finished_ahead_of_its_lesson(ada, ada_client):
    draft = walk(ada, ada_client, until="lesson")

    assert ada_client.get(step_of(draft, "check")).url == step_of(draft, "lesson")
    sent = {"version": draft.version, "title": "Mine", "do": "finish"}
    assert ada_client.post(step_of(draft, "check"), sent).url == step_of(draft, "lesson")
    assert post(ada_client, step_of(draft, "lesson")).status_code == 200
    assert (reread(draft).finished_at, lessons_of(ada)) == (None, [])


@pytest.fixture(scope="module")
def walked(module_data):
    """Everything is answered, once for all that is then answered otherwise."""
    walker = make_person("walker@example.org")
    client = signed_in(walker)
    return client, walk(walker, client, until="check")


@pytest.mark.parametrize(
    ("slug", "field", "most"),
    [
        ("event", "expected", 500),
        ("event", "what_happened", 1000),
        ("conditions", "conditions", 500),
        ("my-part", "my_part", 1000),
        ("not-mine", "not_mine", 1000),
        ("repair", "repair", 500),
        ("forgive", "forgiveness_note", 1000),
        ("lesson", "if_situation", 140),
        ("lesson", "then_action", 140),
        ("check", "title", 120),
    ],
)
def test_words_at_their_limits(db, walked, slug, field, most):
    client, draft = walked
    others = {"what_happened": "I forgot", "if_situation": "a", "then_action": "b"}

    for text in ("w" * (most + 1), "before\0after"):
        refused = post(client, step_of(draft, slug), **{**others, field: text})
        assert refused.status_code == 200
        assert 'id="errors"' in compact(refused)
    assert "w" * most not in getattr(reread(draft), field)
    do = {"do": "stop"} if slug == "check" else {}
    kept = post(client, step_of(draft, slug), **{**others, **do, field: "w" * most})
    assert kept.status_code == 302
    assert getattr(reread(draft), field) == "w" * most


@pytest.mark.parametrize(
    ("slug", "fields", "said"),
    [
        ("event", {"occurred_on": "2999-01-01"}, "Enter a date that isn’t in the future."),
        ("event", {"occurred_on": "1899-12-31"}, "Enter a date from 1900 onwards."),
        ("event", {"occurred_on": "0000-01-01"}, "Enter a date, for example 2026-11-19."),
        ("feeling", {"intensity_before": "11"}, "Choose a number from 0 to 10."),
        ("feeling", {"intensity_before": "-1"}, "Choose a number from 0 to 10."),
        ("repair", {"repair": "Call", "repair_on": "2020-01-01"}, "That day has passed."),
        ("repair", {"repair": "Call", "repair_on": "9999-12-31"}, "the next five years"),
        ("repair", {"repair_on": "{tomorrow}"}, "Write what it is, or leave the day empty."),
        ("apply", {"areas": []}, "Choose at least one area."),
        ("apply", {"areas": ["the moon"]}, "Choose from these areas."),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(db, walked, slug, fields, said):
    client, draft = walked
    tomorrow = (clock.today(draft.owner) + timedelta(days=1)).isoformat()
    if fields.get("repair_on") == "{tomorrow}":
        fields = {"repair": "", "repair_on": tomorrow}

    answer = post(client, step_of(draft, slug), **{"what_happened": "I forgot", **fields})

    assert (answer.status_code, said in compact(answer)) == (200, True)
    assert reread(draft).version == draft.version


def test_the_database_keeps_the_rules_too(ada):
    mistake = make_mistake(ada)
    for broken in (
        {"intensity_before": 11},
        {"intensity_after": 3},  # it is not at rest
        {"areas": []},
        {"areas": ["the moon"]},
        {"state": "draft"},
        {"state": "at_rest"},
        {"repair_on": date(2027, 1, 1)},
        {"occurred_on": date(1, 1, 1)},
        {"what_happened": None},
        {"then_action": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), acting_as(ada):
            ada.mistakes.filter(pk=mistake.pk).update(**broken)


def test_a_promise_that_was_missed_can_become_a_mistake_in_one_tap(ada, ada_client):
    promise = make_promise(ada, "Call Mum on Sunday")
    start = f"{NEW}?from_kind=promise&from_id={promise.pk}&on=2026-03-01"

    page = compact(ada_client.get(start, follow=True))
    assert "Call Mum on Sunday</textarea>" in page
    assert 'value="2026-03-01"' in page
    mistake = walk(ada, ada_client, start=start)

    assert "What led here" in compact(ada_client.get(mistake.get_absolute_url()))
    assert "Forgot the call" in compact(ada_client.get(promise.get_absolute_url()))
    with acting_as(ada):
        assert [one.row.pk for one in threads.links_of(ada, mistake).came_from] == [promise.pk]


def test_a_miss_offers_to_look_at_it(ada, ada_client):
    today = clock.today(ada)
    promise = make_promise(ada, starts_on=today)
    sent = {"due_on": today.isoformat(), "status": "missed"}
    ada_client.post(f"/promises/{promise.pk}/check-in/", sent)

    link = f"/mistakes/new/?from_kind=promise&amp;from_id={promise.pk}&amp;on={today}"

    page = f"/promises/{promise.pk}/check-in/?due_on={today}"
    assert link in compact(ada_client.get(page))
    assert link in compact(ada_client.get("/today/"))


@pytest.mark.parametrize(
    "query",
    [
        "from_kind=promise&from_id={eves}",
        "from_kind=promise&from_id=nonsense",
        "from_kind=secret&from_id={eves}",
        "from_kind=promise",
        "from_id={eves}",
    ],
)
def test_nobody_begins_from_what_is_not_theirs(ada, eve, ada_client, query):
    address = f"{NEW}?{query.format(eves=make_promise(eve, 'Swim').pk)}"

    assert ada_client.get(address).status_code == 404
    sent = hidden(compact(ada_client.get(NEW, follow=True))) | {"what_happened": "I forgot"}
    assert ada_client.post(address, sent).status_code == 302  # what was written is kept
    (draft,) = all_of(ada)
    with acting_as(ada):
        assert threads.links_of(ada, draft) == threads.Links()
