"""A break has kind words, and is offered with support where a moment is strong."""

from html import unescape

import pytest

from tests.flow_client import form_on, hidden, post
from tests.page import compact
from tests.reflections.compassion.factories import reread
from tests.reflections.compassion.flow_client import draft_at, step_of


def shown(client, address: str) -> str:
    return unescape(compact(client.get(address, follow=True)))


def test_a_break_keeps_kind_words_in_the_hard_moment(ada, ada_client):
    moment = draft_at(ada, "kinder", "break")
    starter = post(ada_client, step_of(moment, "kinder"), do="use-1")
    assert "This is hard, and I am here.</textarea>" in unescape(compact(starter))

    post(ada_client, step_of(moment, "kinder"), kinder_thought="You were tired, Ana")

    assert reread(moment).kinder_thought == "You were tired, Ana"
    assert "You were tired, Ana" in shown(ada_client, step_of(moment, "kind-action"))


@pytest.mark.parametrize("mode", ["full", "break", "letter"])
def test_from_eight_on_a_break_and_support_come_before_anything_else(ada, ada_client, mode):
    moment = draft_at(ada, "feeling", mode)
    here, strong = step_of(moment, "feeling"), {"feeling": "sad", "intensity_before": "8"}
    opened = hidden(ada_client.get(here).content.decode())
    ada_client.post(here, {**opened, **strong, "do": "autosave"})
    opened["version"] = reread(moment).version

    assert ada_client.post(here, {**opened, **strong}).url == here
    form = form_on(shown(ada_client, here))
    assert form.index('value="support"') < form.index('name="feeling"')
    assert ('value="break"' in form) == (mode != "break")
    assert post(ada_client, here, **strong).url != here


def test_below_eight_nothing_stands_in_between(ada, ada_client):
    moment = draft_at(ada, "feeling")
    here = step_of(moment, "feeling")

    answer = post(ada_client, here, feeling="sad", intensity_before="7")

    assert answer.url == step_of(moment, "evidence")
    assert 'value="support"' not in form_on(shown(ada_client, here))


def test_a_strong_moment_becomes_a_break_and_loses_no_words(ada, ada_client):
    moment = draft_at(ada, "feeling")
    strong = {"feeling": "sad", "intensity_before": "9"}
    post(ada_client, step_of(moment, "feeling"), **strong)

    answer = post(ada_client, step_of(moment, "feeling"), **strong, do="break")

    assert answer.url == step_of(moment, "shared")
    moment = reread(moment)
    assert (moment.mode, moment.step, moment.intensity_before) == ("break", "shared", 9)
    assert "“You always embarrass yourself”" in shown(ada_client, answer.url)


def test_a_moment_with_words_that_a_break_does_not_ask_for_stays_as_it_is(ada, ada_client):
    moment = draft_at(ada, "friend")

    post(ada_client, step_of(moment, "feeling"), feeling="sad", intensity_before="9", do="break")

    assert (reread(moment).mode, reread(moment).evidence_for) == ("full", "I paused")
