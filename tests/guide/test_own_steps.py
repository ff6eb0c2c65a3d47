"""What a practice can do with its list of steps, as guide/flow.py promises."""

from dataclasses import replace
from types import ModuleType

import pytest
from django.urls import include, path

from journal.guide.flow import Flow
from journal.guide.flow_urls import flow_urls
from journal.guide.steps import Step, StepForm
from journal.privacy.rls import acting_as
from journal.promises.models import Promise
from journal.promises.steps import FLOW, STEPS
from selftrust import urls
from tests.promises.flow_client import NEW, drafts, post, reread, step_of, walk


class WeatherForm(StepForm):
    class Meta:
        model = Promise
        fields = ("pause_reason",)
        labels = {"pause_reason": "The weather"}


WEATHER = Step("weather", "What is it like outside?", WeatherForm, name="the weather")


class AddingForm(WeatherForm):
    rerender_actions = frozenset({"add"})


@pytest.fixture
def promise_with(settings):
    """Promises are made by this flow instead, at the same addresses."""

    def use(flow: Flow) -> None:
        other = ModuleType("with_another_flow")
        other.urlpatterns = [path("promises/", include(flow_urls(flow))), *urls.urlpatterns]
        settings.ROOT_URLCONF = other

    return use


def test_a_newcomer_adds_a_step_as_the_docstring_says(ada, ada_client, promise_with):
    promise_with(replace(FLOW, steps=(*STEPS[:3], WEATHER, *STEPS[3:])))
    draft = walk(ada, ada_client, until="rhythm")
    with acting_as(ada):
        draft.step = "weather"
        draft.save(update_fields=["step"])

    page = ada_client.get(step_of(draft, "weather")).content.decode()
    assert f"step 4 of {len(STEPS) + 1}, the weather" in page
    answer = post(ada_client, step_of(draft, "weather"), pause_reason="Grey, but dry")
    assert answer.url == step_of(draft, "rhythm")
    assert reread(draft).pause_reason == "Grey, but dry"


def test_steps_may_depend_on_the_row(ada, ada_client, promise_with):
    def steps(row):
        return (*STEPS[:3], WEATHER, *STEPS[3:]) if "walk" in row.statement.lower() else STEPS

    promise_with(replace(FLOW, steps=steps))
    post(ada_client, NEW, statement="Walk")
    post(ada_client, NEW, statement="Read")

    walking, reading = drafts(ada)
    assert post(ada_client, step_of(walking, "why"), do="skip").url == step_of(walking, "weather")
    assert post(ada_client, step_of(reading, "why"), do="skip").url == step_of(reading, "rhythm")


def test_a_button_of_the_steps_own_draws_it_again_and_stores_nothing(ada, ada_client, promise_with):
    adding = replace(WEATHER, slug="why", form=AddingForm)
    promise_with(replace(FLOW, steps=(*STEPS[:2], adding, *STEPS[3:])))
    post(ada_client, NEW, statement="Walk")
    (draft,) = drafts(ada)

    answer = post(ada_client, step_of(draft, "why"), pause_reason="half a word", do="add")

    assert answer.status_code == 200
    assert "half a word" in answer.content.decode()
    assert reread(draft).pause_reason == ""
