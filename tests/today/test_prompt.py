"""Today's prompt: the same all day, another one as often as asked, and none for a day before."""

import re

import pytest
import time_machine

from journal.privacy.rls import acting_as
from journal.reflections.entries.prompts.models import Prompt
from tests.reflections.factories import make_own_prompt
from tests.today.test_today import NOW, page


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel(NOW, tick=False):
        yield


def prompt_on(page: str) -> str:
    return re.search(r'name="prompt" value="([^"]+)"', page).group(1)


def test_the_prompt_of_the_day_stays_and_another_one_is_another(ada, ada_client):
    first = prompt_on(page(ada_client))
    assert prompt_on(page(ada_client)) == first
    assert f'href="/journal/write/?prompt={first}"' in page(ada_client)

    answer = ada_client.post("/today/prompt/", {"prompt": first})
    second = prompt_on(page(ada_client, answer.url))
    assert answer.url == f"/today/?prompt={second}#prompt"
    assert second != first

    headers = {"HX-Request": "true", "HX-Target": "prompt"}
    part = ada_client.post("/today/prompt/", {"prompt": first}, headers=headers).content.decode()
    assert prompt_on(part) == second
    assert "<main" not in part


@pytest.mark.parametrize(
    "asked", ["999", "nobody", "a%00b", "01a00000-0000-7000-8000-000000000000"]
)
def test_a_prompt_that_is_not_there_is_the_prompt_of_the_day(ada_client, asked):
    assert prompt_on(page(ada_client, f"/today/?prompt={asked}")) == prompt_on(page(ada_client))


def test_one_of_her_own_prompts_is_offered_in_her_words(ada, ada_client):
    own = make_own_prompt(ada, "What did the sea say?", practice="compassion")
    with acting_as(ada):
        for prompt in Prompt.objects.all():
            prompt.hide_from(ada)

    found = page(ada_client)

    assert '<h2 id="pr" class="own-words">What did the sea say?</h2>' in found
    assert f'href="/journal/write/?prompt={own.pk}"' in found
    with acting_as(ada):
        own.hide_from(ada)
    assert "What stays with you from today?" in page(ada_client)


def test_a_day_before_offers_no_prompt(ada_client):
    assert "Show another prompt" not in page(ada_client, "/today/?day=2026-11-18")
