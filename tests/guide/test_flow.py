"""The step engine, walked through the promise flow as a browser without JavaScript would."""

from dataclasses import replace
from datetime import timedelta
from types import ModuleType

import pytest
import time_machine
from django.urls import include, path, reverse

from journal.guide.flow import Flow
from journal.guide.steps import Step, StepForm
from journal.guide.views import walk_paths
from journal.privacy.ownership import uuid7
from journal.privacy.wall import acting_as
from journal.promises.models import Promise
from journal.promises.steps import FLOW, STEPS
from selftrust import urls
from tests.promises.walking import hidden, post, walk

NEW = "/promises/new/?step=promise"


def drafts(person) -> list[Promise]:
    with acting_as(person):
        return list(person.promises.drafts().order_by("id"))


def reread(promise: Promise) -> Promise:
    with acting_as(promise.owner):
        return Promise.objects.get(pk=promise.pk)


def step_of(promise: Promise, slug: str) -> str:
    return reverse("promise-step", args=[promise.pk, slug])


def test_no_row_exists_before_the_first_continue(ada, ada_client):
    ada_client.get("/promises/new/")
    answer = post(ada_client, "/promises/new/", lines="", do="skip")

    assert answer.url == "/promises/new/?step=promise"
    ada_client.get(answer.url)
    assert drafts(ada) == []


def test_the_first_continue_makes_a_draft_and_leads_to_the_next_step(ada, ada_client):
    answer = post(ada_client, NEW, statement="Walk after lunch")

    (draft,) = drafts(ada)
    assert answer.url == step_of(draft, "why")
    assert (draft.statement, draft.step, draft.state) == ("Walk after lunch", "why", "draft")


def test_a_double_click_makes_one_draft(ada, ada_client):
    fields = hidden(ada_client.get(NEW).content.decode()) | {"statement": "Walk"}

    first = ada_client.post(NEW, fields)
    second = ada_client.post(NEW, fields)

    (draft,) = drafts(ada)
    assert first.url == second.url == step_of(draft, "why")


def test_other_words_under_an_id_that_is_taken_are_shown_and_not_dropped(ada, ada_client):
    fields = hidden(ada_client.get(NEW).content.decode())
    ada_client.post(NEW, fields | {"statement": "Walk"})

    answer = ada_client.post(NEW, fields | {"statement": "Swim"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Walk" in page
    assert "Swim" in page
    assert [draft.statement for draft in drafts(ada)] == ["Walk"]


def test_an_id_that_is_somebody_elses_gets_a_fresh_one_and_keeps_the_words(ada, eve, eve_client):
    from tests.conftest import signed_in

    theirs = post(eve_client, NEW, statement="Eve's own")
    taken = drafts(eve)[0].pk

    answer = signed_in(ada).post(NEW, {"id": str(taken), "statement": "Walk"})

    page = answer.content.decode()
    assert theirs.status_code == 302
    assert answer.status_code == 409
    assert "Walk" in page
    assert str(taken) not in page
    assert "Eve" not in page
    assert drafts(ada) == []


def test_skip_stores_nothing_and_moves_on(ada, ada_client):
    post(ada_client, NEW, statement="Walk")
    (draft,) = drafts(ada)

    answer = post(ada_client, step_of(draft, "why"), why="typed and thought better of", do="skip")

    assert answer.url == step_of(draft, "rhythm")
    assert (reread(draft).why, reread(draft).step) == ("", "rhythm")


def test_skip_is_no_way_around_a_required_step(ada, ada_client):
    draft = walk(ada, ada_client, until="rhythm")

    answer = post(ada_client, step_of(draft, "rhythm"), do="skip")

    assert answer.status_code == 200
    assert "Choose how often." in answer.content.decode()
    assert reread(draft).step == "rhythm"


def test_an_invalid_step_comes_back_with_everything_typed(ada, ada_client):
    draft = walk(ada, ada_client, until="if-then")
    answer = post(ada_client, step_of(draft, "if-then"), cue="x" * 141, action="put shoes on")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="errors"' in page
    assert 'aria-invalid="true"' in page
    assert "x" * 141 in page
    assert "put shoes on" in page


def test_back_saves_what_was_typed_and_forgives_what_is_missing(ada, ada_client):
    draft = walk(ada, ada_client, until="if-then")

    answer = post(ada_client, step_of(draft, "if-then"), cue="I finish lunch", action="", do="back")

    assert answer.url == step_of(draft, "smallest")
    assert (reread(draft).cue, reread(draft).step) == ("I finish lunch", "if-then")


def test_save_and_stop_keeps_the_place_and_resuming_opens_it(ada, ada_client):
    draft = walk(ada, ada_client, until="obstacle")

    answer = post(ada_client, step_of(draft, "obstacle"), obstacle="rain", do="stop")

    assert answer.url == "/promises/"
    again = ada_client.get(f"/promises/{draft.pk}/")
    assert again.url == step_of(draft, "obstacle")
    assert "rain" in ada_client.get(again.url).content.decode()


def test_resuming_opens_the_step_reached_and_not_the_first_empty_field(ada, ada_client):
    draft = walk(ada, ada_client, until="smallest", why={"do": "skip"})

    assert FLOW.resume_address(draft) == step_of(draft, "smallest")
    card = FLOW.draft(draft)
    assert (card.title, card.number, card.total, card.asks) == ("Walk after lunch", 5, 8, False)


def test_going_back_and_continuing_does_not_forget_how_far_one_was(ada, ada_client):
    draft = walk(ada, ada_client, until="obstacle")

    answer = post(ada_client, step_of(draft, "promise"), statement="Walk at noon")

    assert answer.url == step_of(draft, "why")
    assert (reread(draft).statement, reread(draft).step) == ("Walk at noon", "obstacle")


def test_a_step_further_on_than_reached_leads_back_to_the_one_reached(ada, ada_client):
    draft = walk(ada, ada_client, until="rhythm")

    assert ada_client.get(step_of(draft, "obstacle")).url == step_of(draft, "rhythm")
    assert ada_client.get(step_of(draft, "check")).url == step_of(draft, "rhythm")


def test_a_step_sent_ahead_of_its_turn_is_stored_but_skips_nothing(ada, ada_client):
    draft = walk(ada, ada_client, until="rhythm")

    answer = ada_client.post(
        step_of(draft, "smallest"), {"version": draft.version, "smallest_version": "One lap"}
    )

    assert answer.url == step_of(draft, "rhythm")
    assert (reread(draft).smallest_version, reread(draft).step) == ("One lap", "rhythm")


def test_finishing_ahead_of_its_turn_changes_nothing(ada, ada_client):
    draft = walk(ada, ada_client, until="rhythm")

    answer = ada_client.post(step_of(draft, "check"), {"version": draft.version, "do": "finish"})

    assert answer.url == step_of(draft, "rhythm")
    assert reread(draft).state == "draft"


def test_two_devices_never_overwrite_an_answer_silently(ada, ada_client):
    draft = walk(ada, ada_client, until="why")
    address = step_of(draft, "promise")
    here = hidden(ada_client.get(address).content.decode())
    post(ada_client, address, statement="Walk at noon")

    answer = ada_client.post(address, here | {"statement": "Swim at noon"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Swim at noon" in page
    assert "Walk at noon" in page
    assert reread(draft).statement == "Walk at noon"
    version = {"version": str(reread(draft).version)}
    assert f'name="version" value="{version["version"]}"' in page
    ada_client.post(address, version | {"statement": "Swim at noon"})
    assert reread(draft).statement == "Swim at noon"


def test_the_same_step_sent_twice_is_no_conflict(ada, ada_client):
    draft = walk(ada, ada_client, until="smallest")
    address = step_of(draft, "smallest")
    fields = hidden(ada_client.get(address).content.decode()) | {"smallest_version": "One lap"}

    assert ada_client.post(address, fields).url == step_of(draft, "if-then")
    assert ada_client.post(address, fields).url == step_of(draft, "if-then")


def test_two_devices_on_different_steps_are_no_conflict(ada, ada_client):
    draft = walk(ada, ada_client, until="obstacle")
    obstacle = hidden(ada_client.get(step_of(draft, "obstacle")).content.decode())
    post(ada_client, step_of(draft, "promise"), statement="Walk at noon")

    answer = ada_client.post(step_of(draft, "obstacle"), obstacle | {"obstacle": "rain"})

    assert answer.url == step_of(draft, "spare-days")
    assert (reread(draft).statement, reread(draft).obstacle) == ("Walk at noon", "rain")


def test_change_on_the_check_page_returns_to_it(ada, ada_client):
    draft = walk(ada, ada_client, until="check")
    page = ada_client.get(step_of(draft, "check")).content.decode()
    address = f"{step_of(draft, 'smallest')}?from=check"

    assert address in page
    answer = post(ada_client, address, smallest_version="To the gate")
    assert answer.url == step_of(draft, "check")
    assert "To the gate" in ada_client.get(answer.url).content.decode()


def test_check_page_names_what_is_open_and_links_to_it(ada, ada_client):
    draft = walk(ada, ada_client, until="check")
    post(ada_client, f"{step_of(draft, 'smallest')}?from=check", smallest_version="", do="back")

    answer = post(ada_client, step_of(draft, "check"), do="finish")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Still to answer: What counts on your worst day?" in page
    assert reread(draft).state == "draft"


def test_what_is_confirmed_is_what_was_read(ada, ada_client):
    draft = walk(ada, ada_client, until="check")
    page = hidden(ada_client.get(step_of(draft, "check")).content.decode())
    post(ada_client, step_of(draft, "smallest"), smallest_version="To the gate")

    answer = ada_client.post(step_of(draft, "check"), page | {"do": "finish"})

    assert answer.status_code == 409
    assert "To the gate" in answer.content.decode()
    assert reread(draft).state == "draft"


def test_finishing_twice_finishes_once(ada, ada_client):
    draft = walk(ada, ada_client, until="check")
    fields = hidden(ada_client.get(step_of(draft, "check")).content.decode()) | {"do": "finish"}

    first = ada_client.post(step_of(draft, "check"), fields)
    finished_at = reread(draft).finished_at
    second = ada_client.post(step_of(draft, "check"), fields)

    assert first.url == second.url == f"/promises/{draft.pk}/"
    assert reread(draft).finished_at == finished_at is not None
    with acting_as(ada):
        assert draft.revisions.count() == 1


def test_steps_of_a_finished_row_lead_to_its_page(ada, ada_client):
    promise = walk(ada, ada_client)

    answer = ada_client.post(step_of(promise, "promise"), {"version": 1, "statement": "Other"})

    assert answer.url == f"/promises/{promise.pk}/"
    assert reread(promise).statement == "Walk after lunch"


def test_the_sentence_stays_in_view_on_later_steps_only(ada, ada_client):
    draft = walk(ada, ada_client, until="smallest")

    assert 'class="pin card-tint"' in ada_client.get(step_of(draft, "smallest")).content.decode()
    assert 'class="pin' not in ada_client.get(step_of(draft, "promise")).content.decode()


def test_too_much_right_now_saves_and_offers_a_way_out(ada, ada_client):
    draft = walk(ada, ada_client, until="obstacle")

    answer = post(ada_client, step_of(draft, "obstacle"), obstacle="my mother", do="enough")

    assert answer.url == f"{step_of(draft, 'enough')}?at=obstacle"
    page = ada_client.get(answer.url).content.decode()
    assert "both feet on the floor" in page
    assert f'href="{step_of(draft, "obstacle")}"' in page
    assert reread(draft).obstacle == "my mother"


def test_too_much_before_a_word_was_written_leaves_no_row(ada, ada_client):
    answer = post(ada_client, NEW, statement="", do="enough")

    assert answer.url == "/promises/new/?step=enough"
    assert "both feet" in ada_client.get(answer.url).content.decode()
    assert drafts(ada) == []


def test_an_idle_draft_is_asked_about_once(ada, ada_client):
    draft = walk(ada, ada_client, until="rhythm")
    with time_machine.travel(draft.updated_at + timedelta(days=31)):
        ada_client.force_login(ada)
        assert "Do you still want it?" in ada_client.get("/promises/").content.decode()
        answer = ada_client.post(f"/promises/{draft.pk}/draft/", {"do": "keep"})
        assert answer.url == step_of(draft, "rhythm")
    with time_machine.travel(draft.updated_at + timedelta(days=90)):
        ada_client.force_login(ada)
        assert "Do you still want it?" not in ada_client.get("/promises/").content.decode()


def test_letting_a_draft_go_can_be_undone(ada, ada_client):
    draft = walk(ada, ada_client, until="rhythm")

    answer = ada_client.post(f"/promises/{draft.pk}/draft/", {"do": "let-go"}, follow=True)

    assert f'action="/promises/{draft.pk}/restore/"' in answer.content.decode()
    assert drafts(ada) == []
    ada_client.post(f"/promises/{draft.pk}/restore/")
    assert [one.pk for one in drafts(ada)] == [draft.pk]


def test_with_htmx_only_main_is_swapped_and_the_address_follows(ada, ada_client):
    draft = walk(ada, ada_client, until="smallest")
    htmx = {"HX-Request": "true", "HX-Target": "main"}

    page = ada_client.get(step_of(draft, "smallest"), headers=htmx)

    text = page.content.decode()
    assert "<html" not in text
    assert "<title>What counts on your worst day? – Selftrust</title>" in text
    assert text.count("<h1") == 1
    assert page["HX-Push-Url"] == step_of(draft, "smallest")
    wrong = ada_client.post(step_of(draft, "smallest"), {"version": draft.version}, headers=htmx)
    assert (wrong.status_code, wrong["HX-Push-Url"]) == (200, "false")


def test_with_htmx_leaving_the_flow_is_a_full_navigation(ada, ada_client):
    draft = walk(ada, ada_client, until="smallest")
    htmx = {"HX-Request": "true", "HX-Target": "main"}

    answer = ada_client.post(
        step_of(draft, "smallest"), {"version": draft.version, "do": "stop"}, headers=htmx
    )

    assert answer["HX-Redirect"] == "/promises/"


def test_a_conflict_replaces_the_whole_page(ada, ada_client):
    draft = walk(ada, ada_client, until="smallest")
    post(ada_client, step_of(draft, "smallest"), smallest_version="One lap")
    htmx = {"HX-Request": "true", "HX-Target": "main"}

    answer = ada_client.post(
        step_of(draft, "smallest"),
        {"version": draft.version, "smallest_version": "Two laps"},
        headers=htmx,
    )

    assert (answer.status_code, answer["HX-Retarget"]) == (409, "body")


@pytest.mark.parametrize("slug", ["why", "check", "enough", "nowhere"])
def test_eve_sees_no_step_of_adas(slug, ada, ada_client, eve_client):
    draft = walk(ada, ada_client, until="check")

    assert eve_client.get(step_of(draft, slug)).status_code == 404
    answer = eve_client.post(step_of(draft, slug), {"version": draft.version, "why": "mine now"})
    assert answer.status_code == 404
    assert eve_client.post(f"/promises/{draft.pk}/draft/", {"do": "let-go"}).status_code == 404
    assert reread(draft).version == draft.version


def test_an_unknown_step_is_not_there(ada, ada_client):
    draft = walk(ada, ada_client, until="check")

    assert ada_client.get(step_of(draft, "nowhere")).status_code == 404
    assert ada_client.get("/promises/new/?step=nowhere").status_code == 404


class WeatherForm(StepForm):
    class Meta:
        model = Promise
        fields = ("pause_reason",)
        labels = {"pause_reason": "The weather"}


WEATHER = Step("weather", "What is it like outside?", WeatherForm, name="the weather")


@pytest.fixture
def promise_with(settings):
    """Promises are made by this flow instead, at the same addresses."""

    def use(flow: Flow) -> None:
        patterns = [path("promises/", include(walk_paths(flow))), *urls.urlpatterns]
        other = ModuleType("with_another_flow")
        other.urlpatterns = patterns
        settings.ROOT_URLCONF = other

    return use


def test_a_newcomer_adds_a_step_as_the_docstring_says(ada, ada_client, promise_with):
    promise_with(replace(FLOW, steps=(*STEPS[:3], WEATHER, *STEPS[3:])))
    draft = walk(ada, ada_client, until="rhythm")
    with acting_as(ada):
        draft.step = "weather"
        draft.save(update_fields=["step"])

    page = ada_client.get(step_of(draft, "weather")).content.decode()
    assert "step 4 of 9, the weather" in page
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


class AddingForm(WeatherForm):
    redraws = frozenset({"add"})


def test_a_button_of_the_steps_own_draws_it_again_and_stores_nothing(ada, ada_client, promise_with):
    adding = replace(WEATHER, slug="why", form=AddingForm)
    promise_with(replace(FLOW, steps=(*STEPS[:2], adding, *STEPS[3:])))
    post(ada_client, NEW, statement="Walk")
    (draft,) = drafts(ada)

    answer = post(ada_client, step_of(draft, "why"), pause_reason="half a word", do="add")

    assert answer.status_code == 200
    assert "half a word" in answer.content.decode()
    assert reread(draft).pause_reason == ""


def test_a_forged_id_in_the_address_is_not_there(ada_client):
    assert ada_client.get(f"/promises/{uuid7()}/step/why/").status_code == 404
