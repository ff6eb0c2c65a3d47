"""Makes what the pages in tests/pages.py show, as ada, and returns the address of the page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from journal.decisions.models import Decision, DecisionReview
from journal.lessons.threads import use_lesson_for
from journal.people import clock
from journal.people.models import User
from journal.privacy.rls import acting_as
from tests.decisions.factories import (
    make_addendum,
    make_decision,
    make_due,
    make_forecast,
    make_open,
    make_review,
)
from tests.lessons.factories import make_lesson
from tests.people.factories import make_value

Show = Callable[[User], str]


def make_full_decision(person: User, word: str = "quiet") -> Decision:
    """Everything a decision can have, with `word` in every sentence; a lesson stands beside it."""
    lesson = make_lesson(person, f"I skip {word}", f"postpone {word}", source="mistake")
    options = [f"Study {word}", f"Freelance {word}"]
    names = ("feelings", "info_have", "info_missing", "good_enough", "distance_note", "premortem")
    words = {name: f"{name} {word}" for name in names}
    weighed = {name: f"{name} {word}" for name in ("pros", "cons", "consequences")}
    decision = make_due(
        person,
        f"How shall I use {word}?",
        options=options,
        chosen=options[0],
        values=[make_value(person, f"Calm {word}")],
        weighed={**weighed, "value_fit": 8, "reversibility": "costly"},
        feeling_intensity=8,
        prediction=f"Passed {word}",
        reasons=f"It lasts {word}",
        process_sound_then=True,
        **words,
    )
    make_addendum(decision, f"Later {word}")
    with acting_as(person):
        use_lesson_for(person, lesson, decision)
    return decision


def addendum_of(decision: Decision) -> UUID:
    return decision.addenda.get().pk


def lesson_of(decision: Decision) -> UUID:
    return decision.owner.lessons.get().pk


def due(ada: User) -> str:
    return make_full_decision(ada).get_absolute_url()


def decided(ada: User) -> str:
    return make_decision(ada, prediction="", confidence=None).get_absolute_url()


def reviewed(ada: User, **fields: object) -> str:
    decision = make_full_decision(ada)
    make_review(
        decision,
        outcome="No seat left",
        luck="A long queue",
        learned="You asked",
        if_situation="a place is scarce",
        then_action="ask a month before",
        **fields,
    )
    return decision.get_absolute_url()


def unlucky(ada: User) -> str:
    return reviewed(ada, outcome_quality="poor", prediction_result="no")


def mixed(ada: User) -> str:
    return reviewed(ada, outcome_quality="mixed")


def corrected(ada: User) -> str:
    address = reviewed(ada)
    with acting_as(ada):
        review = DecisionReview.objects.get()
        review.outcome_quality = "mixed"
        review.save()
    return address


def review_draft(ada: User) -> str:
    decision = make_full_decision(ada)
    make_review(decision, finish=False, step="outcome", outcome_quality="")
    return decision.get_absolute_url()


def dropped(ada: User) -> str:
    decision = make_open(ada, "Which school for Ida?")
    with acting_as(ada):
        decision.drop()
    return decision.get_absolute_url()


def dropped_as_a_question(ada: User) -> str:
    decision = make_open(ada, "Which school for Ida?", options=(), step="values")
    with acting_as(ada):
        decision.drop()
    return decision.get_absolute_url()


def removed(ada: User) -> str:
    decision = make_decision(ada)
    with acting_as(ada):
        decision.trash()
    return "/decisions/trash/"


def every_kind(ada: User) -> str:
    for make in (due, decided, review_draft, dropped):
        make(ada)
    for process, outcome in ((True, "good"), (True, "poor"), (False, "good"), (False, "mixed")):
        decision = make_decision(ada, "Book the cheap printer?")
        make_review(decision, process_sound_now=process, outcome_quality=outcome)
    make_open(ada, "Which school for Ida after the summer", options=(), step="values")
    make_open(ada, "How shall I answer the Aarhus project?", weighed={"pros": "My name on it"})
    wait = timezone.now() + timedelta(hours=30)
    make_open(ada, "Do I lend the deposit?", cooling_off_until=wait, feeling_intensity=8)
    over = timezone.now() - timedelta(hours=1)
    make_open(ada, "Do I say yes to the Thursday group?", cooling_off_until=over)
    old = make_open(ada, "Do I keep the old car?", options=(), step="state")
    Decision.objects.filter(pk=old.pk).update(updated_at=timezone.now() - timedelta(days=40))
    return "/decisions/"


def draft(ada: User) -> Decision:
    """Everything is answered."""
    make_lesson(ada, "I skip lunch", "postpone big choices", source="mistake")
    make_lesson(ada, "asked on the spot", "say I’ll answer tomorrow", ["work", "family"])
    decision = make_open(
        ada,
        values=[make_value(ada, "craft"), make_value(ada, "family")],
        feelings="Excited",
        feeling_intensity=8,
        weighed={"pros": "It lasts", "value_fit": 8, "reversibility": "one_way"},
        info_have="The fee",
        prediction="Passed by June",
        confidence=70,
        reasons="It lasts",
    )
    with acting_as(ada):
        decision.chosen_option = decision.options.all()[0]
        decision.review_on = decision.next_review()
        decision.save()
    return decision


def step(slug: str) -> Show:
    return lambda ada: f"/decisions/{draft(ada).pk}/step/{slug}/"


def waiting_choice(ada: User) -> str:
    decision = make_open(ada, cooling_off_until=timezone.now() + timedelta(hours=30), step="choice")
    return f"/decisions/{decision.pk}/step/choice/"


def barely_ready(ada: User) -> str:
    """Only a question and two options, one of which can't be undone."""
    weighed = {"pros": "A year abroad", "reversibility": "one_way"}
    decision = make_open(ada, options=("Go", "Stay"), weighed=weighed, step="ready")
    return f"/decisions/{decision.pk}/step/ready/"


def waiting_ready(ada: User, **fields: Any) -> str:
    """Sleeping on it, with an answer that is due before that."""
    wait = {"cooling_off_until": timezone.now() + timedelta(hours=50), "step": "ready"}
    felt = {"feelings": "Flattered and tired", "feeling_intensity": 7}
    due = {"deadline": clock.today(ada) + timedelta(days=1)}
    decision = make_open(ada, **{**wait, **felt, **due, **fields})
    return f"/decisions/{decision.pk}/step/ready/"


def slept_on(ada: User) -> str:
    return waiting_ready(ada, cooling_off_until=timezone.now() - timedelta(hours=1))


def stronger(ada: User) -> str:
    decision = make_open(ada, feeling_intensity=4, feeling_now=8, step="choice")
    return f"/decisions/{decision.pk}/step/choice/"


def later(ada: User) -> str:
    return f"{due(ada)}later/"


def review(slug: str) -> Show:
    def show(ada: User) -> str:
        decision = make_full_decision(ada)
        if slug != "process":
            make_review(decision, finish=False)
        return f"{decision.get_absolute_url()}review/{slug}/"

    return show


def thought(ada: User) -> str:
    return f"{make_full_decision(ada).get_absolute_url()}thoughts/new/"


def forecast(ada: User) -> str:
    return make_forecast(ada).get_absolute_url()


def forecast_due(ada: User) -> str:
    return make_forecast(ada, due_on=clock.today(ada)).get_absolute_url()


def forecast_later(ada: User) -> str:
    return f"{forecast_due(ada)}later/"


def forecast_changed(ada: User) -> str:
    return make_forecast(ada).address


def forecasts_removed(ada: User) -> str:
    forecast = make_forecast(ada)
    with acting_as(ada):
        forecast.trash()
    return "/decisions/forecasts/"


def forecasts(ada: User) -> str:
    make_forecast(ada)
    today = clock.today(ada)
    make_forecast(ada, "Done by May?", due_on=today, result="no", answered_on=today)
    make_forecast(ada, "Asked back?", due_on=today - timedelta(days=3))
    return "/decisions/forecasts/"
