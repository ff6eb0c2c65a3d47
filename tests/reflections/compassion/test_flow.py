"""A hard moment is gone through step by step, in one of three ways."""

from html import unescape

import pytest
from django.core.exceptions import ValidationError

from journal.lessons import threads
from journal.people import clock
from journal.privacy.ownership import uuid7
from journal.privacy.rls import acting_as
from journal.reflections.compassion.models import SelfCompassion
from journal.reflections.compassion.steps import FLOW
from tests.flow_client import hidden, place_in, post
from tests.page import compact
from tests.promises.factories import make_promise
from tests.reflections.compassion.factories import make_draft, make_moment, reread
from tests.reflections.compassion.flow_client import draft_at, new, step_of, walk

FULL = ["trigger", "critic", "feeling", "evidence", "friend", "shared", "kinder", "kind-action"]


def shown(client, address: str) -> str:
    return unescape(compact(client.get(address, follow=True)))


def count(person) -> int:
    with acting_as(person):
        return person.selfcompassions.count()


@pytest.mark.parametrize(
    ("mode", "steps"),
    [
        ("full", FULL),
        ("break", ["trigger", "feeling", "shared", "kinder", "kind-action"]),
        ("letter", ["trigger", "feeling", "letter"]),
    ],
)
def test_ada_meets_a_hard_moment_in_three_ways(ada, ada_client, mode, steps):
    moment, asked = walk(ada, ada_client, mode)

    assert asked == [*steps, "after", "check"]
    assert (moment.mode, moment.finished_at is not None) == (mode, True)
    assert moment.change_text == "7 before, 5 after"
    page = shown(ada_client, moment.get_absolute_url())
    assert "Lost my thread in a meeting" in page
    assert "<span>Ashamed</span><span>7 before, 5 after</span>" in page
    assert ("“You always embarrass yourself”" in page) == (mode == "full")
    assert ("you were tired." in page) == (mode == "letter")


def test_the_harsh_thought_stays_in_view_in_quotes(ada, ada_client):
    moment = draft_at(ada, "after")

    for slug in ("feeling", "evidence", "friend", "shared", "kinder", "kind-action", "after"):
        page = shown(ada_client, step_of(moment, slug))
        assert '<p class="own-words">“You always embarrass yourself”</p>' in page, slug
    critic = shown(ada_client, step_of(moment, "critic"))
    assert '<p class="own-words">Lost my thread in a meeting</p>' in critic
    assert "pinned" not in shown(ada_client, step_of(moment, "trigger"))


def test_quotes_that_were_typed_are_not_doubled(ada):
    assert make_moment(ada, critical_thought='"You always freeze"').quoted == "“You always freeze”"


@pytest.mark.parametrize("mode", ["break", "letter"])
def test_without_a_harsh_thought_the_moment_stays_in_view(ada, ada_client, mode):
    moment = draft_at(ada, "after", mode)

    page = shown(ada_client, step_of(moment, "after"))
    assert '<p class="own-words">Lost my thread in a meeting</p>' in page


def test_looking_leaves_nothing_behind_and_leaving_half_way_a_draft(ada, ada_client):
    ada_client.get(new("full"))
    post(ada_client, new("full"), do="stop")
    assert count(ada) == 0

    moment, _asked = walk(ada, ada_client, until="evidence")
    assert post(ada_client, step_of(moment, "evidence"), do="stop").url == "/self-compassion/"
    assert (count(ada), reread(moment).step, reread(moment).finished_at) == (1, "evidence", None)
    listed = shown(ada_client, "/self-compassion/")
    assert "Delete draft" in listed
    assert place_in(FLOW, reread(moment)) in listed
    assert ada_client.get(moment.get_absolute_url()).url == step_of(moment, "evidence")


def test_an_own_word_is_a_feeling(ada, ada_client):
    moment, _asked = walk(
        ada, ada_client, feeling={"feeling_other": "hollow", "intensity_before": "0"}
    )

    assert (moment.feeling, moment.feeling_other, moment.intensity_before) == ("other", "hollow", 0)
    page = shown(ada_client, moment.get_absolute_url())
    assert '<span class="own-words">hollow</span></span><span>0 before' in page


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({"intensity_before": "7"}, "Choose the nearest one, or use your own words."),
        ({"feeling": "other", "intensity_before": "7"}, "Name it in your own words."),
        ({"feeling": "sad"}, "Choose a number. A guess will do."),
        ({"feeling": "sad", "intensity_before": "11"}, "Choose a number from 0 to 10."),
        ({"feeling": "sad", "intensity_before": "-1"}, "Choose a number from 0 to 10."),
        ({"feeling": "sad", "intensity_before": "7.5"}, "Choose a number from 0 to 10."),
        ({"feeling": "zebra", "intensity_before": "7"}, "zebra is not one of the available"),
        (
            {"feeling_other": "x" * 41, "intensity_before": "7"},
            "Use at most 40 characters: this has 41. Nothing is lost.",
        ),
        ({"feeling_other": "a\0b", "intensity_before": "7"}, "Null characters are not allowed."),
    ],
)
def test_an_answer_that_does_not_hold_gets_a_sentence(ada, ada_client, answer, sentence):
    moment = draft_at(ada, "feeling")

    refused = post(ada_client, step_of(moment, "feeling"), **answer)

    assert refused.status_code == 200
    assert sentence in unescape(compact(refused))
    assert reread(moment).feeling == ""


@pytest.mark.parametrize(
    ("slug", "field", "most"),
    [
        ("trigger", "trigger", 500),
        ("critic", "critical_thought", 500),
        ("evidence", "evidence_for", 500),
        ("friend", "friend_words", 1000),
        ("kinder", "kinder_thought", 500),
        ("kind-action", "kind_action", 200),
    ],
)
def test_words_fit_up_to_their_limit_and_are_kept_on_the_page_beyond(
    ada, ada_client, slug, field, most
):
    moment = make_draft(
        ada, critical_thought="You freeze", feeling="sad", intensity_before=7, step="after"
    )
    address, enough, more = step_of(moment, slug), "é" * most, "é" * (most + 1)

    too_long = post(ada_client, address, **{field: more})
    assert (too_long.status_code, more in compact(too_long)) == (200, True)
    assert post(ada_client, address, **{field: enough}).status_code == 302
    assert getattr(reread(moment), field) == enough


def test_a_letter_of_six_thousand_characters_fits(ada, ada_client):
    letter = "é" * 6000
    moment, _asked = walk(ada, ada_client, "letter", letter={"letter_body": letter})

    assert moment.letter_body == letter


@pytest.mark.parametrize("asked", ["", "?mode=zebra", "?mode="])
def test_a_mode_that_is_not_known_is_a_break(ada, ada_client, asked):
    answer = post(ada_client, f"/self-compassion/new/{asked}", trigger="Lost it")

    assert answer.status_code == 302
    with acting_as(ada):
        assert ada.selfcompassions.get().mode == "break"


def test_a_step_of_another_mode_is_not_there(ada, ada_client):
    moment = make_draft(ada, mode="break")

    assert ada_client.get(step_of(moment, "critic")).status_code == 404
    assert ada_client.get(step_of(moment, "letter")).status_code == 404


def test_a_first_page_sent_twice_makes_one_moment(ada, ada_client):
    page = compact(ada_client.get(new("break"), follow=True))
    sent = {**hidden(page), "trigger": "Lost my thread"}

    first, second = (ada_client.post(new("break"), sent) for _time in range(2))

    assert first.url == second.url
    assert count(ada) == 1


def test_an_id_of_eves_makes_a_moment_of_adas_own(ada, eve, ada_client):
    theirs = make_moment(eve)
    sent = {"id": str(theirs.pk), "trigger": "Lost my thread"}

    refused = ada_client.post(new("break"), sent)
    assert refused.status_code == 409
    again = {**sent, **hidden(compact(refused))}
    assert ada_client.post(new("break"), again).status_code == 302
    assert (count(ada), reread(theirs).trigger) == (1, "I froze in the meeting")


def test_a_page_that_is_out_of_date_overwrites_nothing(ada, ada_client):
    moment, _asked = walk(ada, ada_client, until="evidence")
    stale = {"version": "1", "critical_thought": "You are slow"}

    conflict = ada_client.post(step_of(moment, "critic"), stale)

    assert conflict.status_code == 409
    page = compact(conflict)
    assert "You are slow" in page
    assert "You always embarrass yourself" in page
    assert reread(moment).critical_thought == "You always embarrass yourself"


def test_a_last_step_sent_first_finishes_nothing(ada, ada_client):
    moment = make_draft(ada, step="critic")
    forged = {"version": moment.version, "felt_worse": "on", "intensity_after": "9"}

    answer = ada_client.post(step_of(moment, "after"), forged)

    assert answer.url == step_of(moment, "critic")
    assert reread(moment).finished_at is None
    ahead = {"version": reread(moment).version, "do": "finish"}
    assert ada_client.post(step_of(moment, "check"), ahead).url == step_of(moment, "critic")


@pytest.mark.parametrize(
    "fields",
    [
        {"mode": "zebra"},
        {"intensity_before": 11},
        {"intensity_after": 11},
        {"feeling": "zebra"},
        {"critical_thought": ""},
        {"feeling": ""},
        {"intensity_before": None},
        {"feeling": "other"},
    ],
)
def test_the_database_itself_refuses_what_is_no_moment(as_ada, fields):
    moment = SelfCompassion.new_for(as_ada, "full")
    moment.trigger, moment.critical_thought = "I froze", "You freeze"
    moment.feeling, moment.intensity_before = "sad", 7
    for name, value in fields.items():
        setattr(moment, name, value)

    with pytest.raises(ValidationError):
        moment.finish()
    assert moment.finished_at is None


def test_eve_sees_no_step_of_adas(ada, eve_client):
    moment = make_draft(ada, step="after")

    for slug in ("trigger", "critic", "feeling", "kinder", "after", "check", "enough"):
        assert eve_client.get(step_of(moment, slug)).status_code == 404
        forged = {"version": "1", "trigger": "mine", "do": "no-1"}
        assert eve_client.post(step_of(moment, slug), forged).status_code == 404
    assert reread(moment).trigger == "I froze"


# --- where it came from


def test_a_missed_promise_leads_to_a_break_and_both_remember(ada, ada_client):
    promise = make_promise(ada, "Walk after lunch")
    missed = {"due_on": "", "status": "missed"}
    row = compact(ada_client.post(f"{promise.get_absolute_url()}check-in/", missed))
    start = f"/self-compassion/new/?from_kind=promise&from_id={promise.pk}"

    page = shown(ada_client, start)
    assert "What led here" in page
    assert "Walk after lunch" in page
    step = post(ada_client, start, trigger="Missed it").url
    assert "Walk after lunch" in shown(ada_client, step.replace("feeling", "trigger"))
    with acting_as(ada):
        moment = ada.selfcompassions.get()
        assert [tied.row for tied in threads.links_of(ada, promise).led_to] == [moment]
        assert [tied.row for tied in threads.links_of(ada, moment).came_from] == [promise]
    assert "Meet the harsh voice" not in row  # that day was refused, so nothing was missed


def test_a_miss_that_was_told_offers_to_meet_the_harsh_voice(ada, ada_client):
    promise = make_promise(ada, "Walk after lunch")
    address = f"{promise.get_absolute_url()}check-in/"
    ada_client.post(address, {"due_on": clock.today(ada).isoformat(), "status": "missed"})

    page = shown(ada_client, f"{address}?due_on={clock.today(ada).isoformat()}")

    start = f"/self-compassion/new/?from_kind=promise&from_id={promise.pk}"
    assert f'<a href="{start}">Meet the harsh voice</a>' in page
    assert ada_client.get(start, follow=True).status_code == 200


def test_what_is_not_there_leads_nowhere_but_loses_no_words(ada, eve, ada_client):
    theirs = make_promise(eve)

    for start in (
        f"?from_kind=promise&from_id={theirs.pk}",
        f"?from_kind=promise&from_id={uuid7()}",
        f"?from_kind=zebra&from_id={theirs.pk}",
        "?from_kind=promise&from_id=7",
        "?from_kind=promise",
    ):
        address = f"/self-compassion/new/{start}"
        assert ada_client.get(address).status_code == 404, start
        assert ada_client.post(address, {"trigger": "Lost it"}).status_code == 302, start
    with acting_as(ada):
        assert ada.threads.count() == 0
        assert ada.selfcompassions.count() == 5
