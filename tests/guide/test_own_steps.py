"""What a practice can do with its list of steps, as guide/flow.py promises."""

from dataclasses import replace
from html import escape

import pytest
from django.conf import settings

from journal.guide.flow import Flow
from journal.guide.steps import Step, StepForm
from journal.reflections.mistakes.models import Mistake
from tests.flow_client import post
from tests.guide.toy_flow import (
    FACTS,
    NEW,
    PAIR,
    STEPS,
    TOY,
    drafts,
    reread,
    step_of,
    urlconf,
    walk,
)


class WeatherForm(StepForm):
    class Meta:
        model = Mistake
        fields = ("not_mine",)
        labels = {"not_mine": "The weather"}


WEATHER = Step("weather", "What is it like outside?", WeatherForm, name="the weather")
LONGER = (*STEPS[:3], WEATHER, *STEPS[3:])


class AddingForm(WeatherForm):
    rerender_actions = frozenset({"add"})


@pytest.fixture
def toys_with(monkeypatch):
    """Toys are made by this flow instead, at the same addresses."""

    def use(flow: Flow) -> None:
        monkeypatch.setattr(settings, "ROOT_URLCONF", urlconf(flow))

    return use


def test_a_newcomer_adds_a_step_as_the_docstring_says(ada, ada_client, toys_with):
    toys_with(replace(TOY, steps=LONGER))
    draft = walk(ada, ada_client, until="weather")

    page = ada_client.get(step_of(draft, "weather")).content.decode()
    assert "<p>New toy: step 4 of 8" in page
    assert '<h1 tabindex="-1">The weather</h1>' in page
    answer = post(ada_client, step_of(draft, "weather"), not_mine="Grey, but dry")
    assert answer.url == step_of(draft, "places")
    assert reread(draft).not_mine == "Grey, but dry"


def test_a_draft_that_was_begun_before_a_step_was_added_carries_on(ada, ada_client, toys_with):
    draft = walk(ada, ada_client, until="facts")

    toys_with(replace(TOY, steps=LONGER))

    assert ada_client.get(step_of(draft, "facts")).status_code == 200
    answer = post(ada_client, step_of(draft, "weather"), not_mine="Grey, but dry")
    assert answer.url == step_of(draft, "places")
    assert (reread(draft).not_mine, reread(draft).step) == ("Grey, but dry", "facts")


def test_steps_may_depend_on_the_row(ada, ada_client, toys_with):
    def steps(row):
        return LONGER if "horse" in row.title.lower() else STEPS

    toys_with(replace(TOY, steps=steps))
    post(ada_client, NEW, title="Horse")
    post(ada_client, NEW, title="Book")

    horse, book = drafts(ada)
    assert post(ada_client, step_of(horse, "reason")).url == step_of(horse, "weather")
    assert post(ada_client, step_of(book, "reason")).url == step_of(book, "places")


def test_a_button_of_the_steps_own_draws_it_again_and_stores_nothing(ada, ada_client, toys_with):
    adding = replace(WEATHER, slug="reason", form=AddingForm)
    toys_with(replace(TOY, steps=(*STEPS[:2], adding, *STEPS[3:])))
    post(ada_client, NEW, title="Horse")
    (draft,) = drafts(ada)

    answer = post(ada_client, step_of(draft, "reason"), not_mine="half a word", do="add")

    assert answer.status_code == 200
    assert "half a word" in answer.content.decode()
    assert reread(draft).not_mine == ""


def test_the_question_of_several_fields_is_a_heading(ada, ada_client):
    draft = walk(ada, ada_client, until="pair")

    page = ada_client.get(step_of(draft, "pair")).content.decode()

    assert f"<h2>{PAIR.title}</h2>" in page
    assert '<label for="id_if_situation">' in page


def test_a_step_shows_its_question_its_hint_and_one_tap_away_its_example(ada, ada_client):
    draft = walk(ada, ada_client, until="facts")

    page = ada_client.get(step_of(draft, "facts")).content.decode()

    assert '<h1 tabindex="-1">The facts</h1>' in page
    assert f'<label for="id_what_happened">{FACTS.title}</label>' in page
    assert f'id="id_what_happened_helptext">{escape(str(FACTS.hint))}</p>' in page
    assert page.count(FACTS.title) == 1
    shown = page.split("<summary>An example</summary>")[1].split("</details>")[0]
    assert f"<p>{escape(str(FACTS.example))}</p>" in shown
