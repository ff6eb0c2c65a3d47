"""What does not fit is answered with a sentence, and nothing that was typed is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from journal.decisions.models import Decision
from journal.people import clock
from journal.privacy.rls import acting_as
from tests.decisions.factories import make_open, reread
from tests.decisions.flow_client import fields_of, post, refused, walk
from tests.people.factories import make_value

pytestmark = pytest.mark.django_db


def address(decision: Decision, slug: str) -> str:
    return f"/decisions/{decision.pk}/step/{slug}/"


def names(decision: Decision) -> list[str]:
    with acting_as(decision.owner):
        return [one.name for one in decision.options.all()]


def test_one_option_only(ada, ada_client):
    decision = make_open(ada, options=(), step="options")
    answer = post(ada_client, address(decision, "options"), **{"name-1": "Study", "name-2": " "})
    refused(answer, "Name at least two options.", "Study")
    assert (names(decision), reread(decision).state) == ([], "draft")


def test_seven_options(ada, ada_client):
    decision = make_open(ada, options=(), step="options")
    typed = {f"name-{n}": f"Way {n}" for n in range(1, 8)}
    refused(post(ada_client, address(decision, "options"), **typed), "six options at most", "Way 7")
    assert names(decision) == []


def test_options_are_added_and_taken_out_without_storing_anything(ada, ada_client):
    decision = make_open(ada, options=("Study", "Rest"), step="options")
    at = address(decision, "options")

    page = post(ada_client, at, do="add", **{"name-1": "Study", "name-2": "Rest"}).content.decode()
    assert 'name="name-3"' in page
    fields = fields_of(page)
    typed = {**fields, "name-1": "Study", "name-2": "Rest", "name-3": "Travel"}
    page = ada_client.post(at, {**typed, "do": "remove-1"}).content.decode()
    assert 'name="name-3"' not in page
    assert "Travel" in page
    assert names(decision) == ["Study", "Rest"]

    saved = ada_client.post(at, {**fields_of(page), "name-1": "Rest", "name-2": "Travel"})
    assert saved.status_code == 302
    assert names(decision) == ["Rest", "Travel"]


def test_a_new_name_keeps_what_was_weighed(ada, ada_client):
    decision = make_open(ada, weighed={"pros": "It lasts"})
    typed = {"name-1": "Study at night", "name-2": "Freelance", "name-3": "Rest"}
    post(ada_client, address(decision, "options"), **typed)
    with acting_as(ada):
        first = decision.options.all()[0]
        assert (first.name, first.pros) == ("Study at night", "It lasts")


def test_the_same_page_sent_twice_makes_each_option_once(ada, ada_client):
    decision = make_open(ada, options=(), step="options")
    at = address(decision, "options")
    sent = {**fields_of(ada_client.get(at).content.decode()), "name-1": "Go", "name-2": "Stay"}
    for _twice in range(2):
        assert ada_client.post(at, sent).status_code == 302
    assert names(decision) == ["Go", "Stay"]


@pytest.mark.parametrize("do", ["remove-1", ""])
def test_an_option_that_was_chosen_is_not_taken_out(ada, ada_client, do):
    decision = make_open(ada)
    with acting_as(ada):
        decision.chosen_option = decision.options.all()[0]
        decision.save()
    typed = {"name-1": "Study" if do else "", "name-2": "Freelance", "name-3": "Rest", "do": do}
    page = refused(post(ada_client, address(decision, "options"), **typed), "You chose “Study”.")
    assert "Freelance" in page
    assert names(decision) == ["Study", "Freelance", "Rest"]


def test_two_options_chosen(ada, ada_client):
    decision = make_open(ada, step="choice")
    with acting_as(ada):
        both = [str(one.pk) for one in decision.options.all()[:2]]
    at = address(decision, "choice")
    fields = fields_of(ada_client.get(at).content.decode())
    answer = ada_client.post(at, {**fields, "chosen_option": both, "reasons": "Both"})
    refused(answer, "Choose only one option.", "Both")
    assert reread(decision).chosen_option_id is None


def test_an_option_of_another_decision_or_of_eves_is_no_choice(ada, eve, ada_client):
    decision, other, hers = make_open(ada, step="choice"), make_open(ada, "B?"), make_open(eve)
    for strange in (other, hers):
        with acting_as(strange.owner):
            pk = str(strange.options.all()[0].pk)
        answer = post(ada_client, address(decision, "choice"), chosen_option=pk, reasons="Sly")
        refused(answer, "Choose one of your options.", "Sly")
    assert reread(decision).chosen_option_id is None


def test_ids_of_other_options_are_not_taken_over(ada, eve, ada_client):
    decision, other, hers = (
        make_open(ada, options=(), step="options"),
        make_open(ada),
        make_open(eve),
    )
    with acting_as(ada):
        mine_elsewhere = other.options.all()[0]
    with acting_as(eve):
        eves = hers.options.all()[0]
    typed = {"name-1": "Go", "option-1": str(eves.pk)}
    typed |= {"name-2": "Stay", "option-2": str(mine_elsewhere.pk)}
    assert post(ada_client, address(decision, "options"), **typed).status_code == 302
    assert names(decision) == ["Go", "Stay"]
    assert (reread(eves).name, reread(mine_elsewhere).name) == ("Study", "Study")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"prediction": "Passed by June"}, "Enter how sure you are"),
        ({"prediction": "Passed by June", "confidence": "0"}, "From 1 to 99"),
        ({"prediction": "Passed by June", "confidence": "100"}, "From 1 to 99"),
        ({"prediction": "Passed by June", "confidence": "-5"}, "From 1 to 99"),
        ({"prediction": "Passed by June", "confidence": "very"}, "From 1 to 99"),
        ({"prediction": "x" * 301, "confidence": "50"}, "at most 300 characters"),
        ({"prediction": "", "confidence": "50"}, "Write what you think will happen"),
    ],
)
def test_a_prediction_and_how_sure_belong_together(ada, ada_client, typed, sentence):
    decision = make_open(ada, step="prediction")
    answer = post(ada_client, address(decision, "prediction"), **typed)
    refused(answer, sentence, *(text for text in typed.values() if text))
    assert (reread(decision).prediction, reread(decision).confidence) == ("", None)


def test_a_prediction_may_be_left_out(ada, ada_client):
    decision = walk(ada, ada_client, prediction={})
    assert (decision.state, decision.prediction, decision.confidence) == ("decided", "", None)


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        ("2020-01-01T10:00", "That time has passed."),
        ("0001-01-01T00:00", "That time has passed."),
        ("9999-12-31T23:59", "You can wait up to a year."),
        ("0000-01-01T00:00", "Enter a valid date/time."),
        ("tomorrow", "Enter a valid date/time."),
    ],
)
def test_a_wait_ends_in_the_time_to_come(ada, ada_client, until, sentence):
    decision = make_open(ada, step="cool-off")
    answer = post(ada_client, address(decision, "cool-off"), cooling_off_until=until)
    refused(answer, sentence, until)
    assert reread(decision).cooling_off_until is None


def test_waiting_is_suggested_after_a_strong_feeling_or_before_a_one_way_door(ada, ada_client):
    calm = make_open(ada, "Calm?", step="cool-off", feeling_intensity=6)
    strong = make_open(ada, "Strong?", step="cool-off", feeling_intensity=7)
    one_way = make_open(ada, "Gone?", step="cool-off", weighed={"reversibility": "one_way"})

    def stands(decision: Decision) -> str:
        page = ada_client.get(address(decision, "cool-off")).content.decode()
        box = page[page.index('name="cooling_off_until"') :]
        return box[: box.index(">")]

    assert "value=" not in stands(calm)
    in_a_day = clock.now(ada) + timedelta(days=1)
    for decision in (strong, one_way):
        assert f'value="{in_a_day:%Y-%m-%d}T' in stands(decision) or in_a_day.hour == 23
    for decision in (calm, strong, one_way):
        answer = post(ada_client, address(decision, "cool-off"), cooling_off_until="")
        assert answer.url == address(decision, "ready")
        assert reread(decision).state == "exploring"


def test_a_wait_never_holds_anyone_back(ada, ada_client):
    until = clock.now(ada) + timedelta(hours=30)
    wait = {"cooling_off_until": f"{until:%Y-%m-%dT%H:%M}"}
    decision = walk(ada, ada_client, cool_off=wait, until="choice")
    assert decision.state == "cooling_off"
    at = address(decision, "choice")
    assert "You can choose at any time." in ada_client.get(at).content.decode()

    assert walk(ada, ada_client, cool_off=wait).state == "decided"


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2020-01-01", "That day has passed."),
        ("0001-01-01", "That day has passed."),
        ("0000-01-01", "Enter a date, for example 2026-11-19."),
        ("9999-12-31", "within the next five years"),
        ("", "Choose a day in the future."),
    ],
)
def test_looking_back_is_on_a_day_to_come(ada, ada_client, day, sentence):
    decision = make_open(ada, step="review-date")
    answer = post(ada_client, address(decision, "review-date"), review_on=day)
    refused(answer, sentence)
    today = str(clock.today(ada))
    early = post(ada_client, address(decision, "review-date"), review_on=today)
    refused(early, "That day has passed")
    assert reread(decision).review_on is None


def test_a_day_of_looking_back_that_went_by_while_drafting_stays(ada, ada_client):
    decision = make_open(ada, review_on=clock.today(ada) - timedelta(days=1))
    with acting_as(ada):
        decision.chosen_option = decision.options.all()[0]
        decision.save()
    answer = post(ada_client, address(decision, "check"), do="finish")
    assert answer.url == f"/decisions/{decision.pk}/"
    assert reread(decision).is_review_due(clock.today(ada))


@pytest.mark.parametrize("deadline", ["2020-01-01", "0001-01-01", "9999-12-31", "soon"])
def test_a_deadline_that_makes_no_sense(ada, ada_client, deadline):
    typed = {"question": "Go?", "area": "work", "deadline": deadline}
    page = refused(post(ada_client, "/decisions/new/", **typed), "Go?", deadline)
    assert "field-err" in page
    with acting_as(ada):
        assert not ada.decisions.exists()


@pytest.mark.parametrize(
    ("slug", "name", "most"),
    [
        ("question", "question", 200),
        ("state", "feelings", 60),
        ("options", "name-1", 120),
        ("information", "info_have", 1500),
        ("information", "good_enough", 300),
        ("distance", "distance_note", 1000),
        ("premortem", "premortem", 1000),
        ("choice", "reasons", 1500),
    ],
)
def test_text_at_the_limit_fits_and_one_more_does_not(ada, ada_client, slug, name, most):
    decision = make_open(ada)
    other = {"area": "work", "name-1": "Go", "name-2": "Stay"}
    other |= {"chosen_option": "Study"} if slug == "choice" else {}
    too_long = post(ada_client, address(decision, slug), **{**other, name: "é" * (most + 1)})
    refused(too_long, f"at most {most} characters", "é" * (most + 1))
    fits = post(ada_client, address(decision, slug), **{**other, name: "é" * most})
    assert fits.status_code == 302


def test_every_word_of_weighing_has_its_limit(ada, ada_client):
    decision = make_open(ada)
    with acting_as(ada):
        pk = decision.options.all()[0].pk
    at = address(decision, "weigh")
    refused(post(ada_client, at, **{f"cons-{pk}": "x" * 801}), "at most 800 characters", "x" * 801)
    refused(post(ada_client, at, **{f"value_fit-{pk}": "11"}), "Choose a number from 0 to 10.")
    refused(post(ada_client, at, **{f"reversibility-{pk}": "maybe"}), "Select a valid choice")
    assert post(ada_client, at, **{f"cons-{pk}": "x" * 800}).status_code == 302


def test_four_values(ada, ada_client):
    values = [make_value(ada, name) for name in ("care", "craft", "rest", "calm")]
    decision = make_open(ada)
    ids = [str(value.pk) for value in values]
    refused(post(ada_client, address(decision, "values"), values=ids), "Choose three at most.")
    assert post(ada_client, address(decision, "values"), values=ids[1:]).status_code == 302
    with acting_as(ada):
        assert decision.values_now() == ["Craft", "Rest", "Calm"]
    assert post(ada_client, address(decision, "values"), values=ids[3:]).status_code == 302
    with acting_as(ada):
        assert decision.values_now() == ["Calm"]


def test_a_value_of_eves_is_none_of_adas(ada, eve, ada_client):
    hers, decision = make_value(eve, "secret"), make_open(ada)
    refused(post(ada_client, address(decision, "values"), values=str(hers.pk)), "from your values")


def test_a_strength_beyond_ten(ada, ada_client):
    decision = make_open(ada, step="state")
    for strength in ("11", "-1", "very"):
        answer = post(
            ada_client, address(decision, "state"), feelings="Excited", feeling_intensity=strength
        )
        refused(answer, "Choose a number from 0 to 10.", "Excited")


def test_steps_sent_again_and_out_of_turn_do_no_harm(ada, ada_client):
    decision = walk(ada, ada_client, until="weigh")
    with acting_as(ada):
        option = decision.options.all()[0]
    ahead = ada_client.get(address(decision, "choice"))
    assert ahead.url == address(decision, "weigh")  # its page is not there yet
    forged = {"version": decision.version, "chosen_option": str(option.pk), "reasons": "Early"}
    ada_client.post(address(decision, "choice"), forged)
    assert reread(decision).step == "weigh"  # kept, but the place has not moved
    finish = {"version": reread(decision).version, "do": "finish"}
    answer = ada_client.post(address(decision, "check"), finish)
    assert answer.url == address(decision, "weigh")
    assert reread(decision).state == "exploring"


def test_two_devices_change_the_options_at_once(ada, ada_client):
    decision = make_open(ada, options=("Go", "Stay"))
    at = address(decision, "options")
    old = fields_of(ada_client.get(at).content.decode())
    post(ada_client, at, **{"name-1": "Go by train", "name-2": "Stay"})

    answer = ada_client.post(at, {**old, "name-1": "Go by bus", "name-2": "Stay"})

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Go by train" in page
    assert "Go by bus" in page
    assert names(decision) == ["Go by train", "Stay"]


def test_left_half_way_there_is_a_draft_and_nothing_else(ada, ada_client):
    ada_client.get("/decisions/new/", follow=True)
    post(ada_client, "/decisions/new/", do="stop")
    with acting_as(ada):
        assert not ada.decisions.exists()
    post(ada_client, "/decisions/new/", question="Go?", do="stop")
    with acting_as(ada):
        (draft,) = ada.decisions.all()
        assert (draft.question, draft.area, draft.step) == ("Go?", "", "question")
    assert timezone.now() - draft.created_at < timedelta(minutes=5)
