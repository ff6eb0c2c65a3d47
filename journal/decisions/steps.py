"""The questions of "Make informed decisions", in the order they are asked."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from journal.decisions.models import STRONG, Decision
from journal.decisions.option_forms import OptionsForm, ValuesForm, WeighForm
from journal.decisions.related_lessons import find_related_lessons
from journal.decisions.step_forms import (
    CheckForm,
    ChoiceForm,
    CoolOffForm,
    DistanceForm,
    InformationForm,
    PredictionForm,
    PremortemForm,
    QuestionForm,
    ReviewDateForm,
    StateForm,
)
from journal.guide.flow import Flow
from journal.guide.steps import CHECK, Step


def with_lessons(row: Decision) -> dict[str, Any]:
    return {"lessons": find_related_lessons(row)}


def why_wait(row: Decision) -> dict[str, Any]:
    strong = (row.feeling_intensity or 0) >= STRONG
    return {"strong": strong, "suggests": strong or row.suggests_waiting()}


BESIDE_LESSONS: dict[str, Any] = {
    "aside": "decisions/_related_lessons.html",
    "context": with_lessons,
}
STEPS = (
    Step(
        "question",
        gettext_lazy("What are you deciding?"),
        QuestionForm,
        name=gettext_lazy("the question"),
        hint=gettext_lazy("Ask it openly, and pick an area."),
        example=gettext_lazy("How shall I use Fridays?"),
        required=True,
    ),
    Step(
        "values",
        gettext_lazy("Which values are in play?"),
        ValuesForm,
        name=gettext_lazy("values"),
        hint=gettext_lazy("Up to three."),
        example=gettext_lazy("Family, craft"),
        template="decisions/values.html",
    ),
    Step(
        "state",
        gettext_lazy("How do you feel, how strongly?"),
        StateForm,
        name=gettext_lazy("how you feel"),
        hint=gettext_lazy("Tired and hungry count."),
        example=gettext_lazy("Excited, 8"),
        template="decisions/state.html",
    ),
    Step(
        "options",
        gettext_lazy("What could you do? At least two."),
        OptionsForm,
        name=gettext_lazy("options"),
        hint=gettext_lazy("If these vanished, what then?"),
        example=gettext_lazy("Study; freelance; rest"),
        required=True,
        template="decisions/options.html",
        **BESIDE_LESSONS,
    ),
    Step(
        "weigh",
        gettext_lazy("For each: gains, costs, consequences, undoable?"),
        WeighForm,
        name=gettext_lazy("weigh"),
        hint=gettext_lazy("Then what happens next?"),
        example=gettext_lazy("Less pay until May"),
        template="decisions/weigh.html",
        **BESIDE_LESSONS,
    ),
    Step(
        "information",
        gettext_lazy("What do you know? What is missing?"),
        InformationForm,
        name=gettext_lazy("information"),
        hint=gettext_lazy("Name what would be enough."),
        example=gettext_lazy("Ask two who did it"),
    ),
    Step(
        "distance",
        gettext_lazy("Ten days, months, years on? Advising a friend?"),
        DistanceForm,
        name=gettext_lazy("distance"),
        hint=gettext_lazy("Widen time, then perspective."),
        example=gettext_lazy("I’d value training"),
    ),
    Step(
        "premortem",
        gettext_lazy("It went badly. Why?"),
        PremortemForm,
        name=gettext_lazy("what could go badly"),
        hint=gettext_lazy("Imagine it already happened."),
        example=gettext_lazy("Never protected the day"),
    ),
    Step(
        "cool-off",
        gettext_lazy("Wait before choosing?"),
        CoolOffForm,
        name=gettext_lazy("cooling off"),
        hint=gettext_lazy("Suggested 24 hours if feeling ≥7 or one-way."),
        example=gettext_lazy("Thursday 18:00"),
        template="decisions/cool_off.html",
        context=why_wait,
    ),
    Step(
        "choice",
        gettext_lazy("What do you choose, and why?"),
        ChoiceForm,
        name=gettext_lazy("the choice"),
        hint=gettext_lazy("Future you will read this."),
        example=gettext_lazy("Study, because…"),
        required=True,
        template="decisions/choice.html",
        **BESIDE_LESSONS,
    ),
    Step(
        "prediction",
        gettext_lazy("What will happen, by when? How sure?"),
        PredictionForm,
        name=gettext_lazy("a prediction"),
        hint=gettext_lazy("Checkable yes/no; 50% means unsure."),
        example=gettext_lazy("Passed by June, 70%"),
    ),
    Step(
        "review-date",
        gettext_lazy("When will you look back?"),
        ReviewDateForm,
        name=gettext_lazy("looking back"),
        hint=gettext_lazy("Default 30 days."),
        example=gettext_lazy("1 June"),
        required=True,
    ),
)


def decision_saved(row: Decision) -> str:
    day: Any = row.review_on
    said = gettext("Decision saved. You look back on it on %(day)s.")
    return said % {"day": date_format(day, "j F Y")}


FLOW = Flow(
    model=Decision,
    name=gettext_lazy("New decision"),
    steps=STEPS,
    namespace="decisions",
    hue="p-dec",
    icon="dec",
    sentence_label=gettext_lazy("Your question"),
    aside="decisions/_draft_summary.html",
    done=decision_saved,
    check=Step(
        CHECK,
        gettext_lazy("Check your answers"),
        CheckForm,
        template="decisions/check.html",
    ),
)
LESSON_STEPS = {step.slug: step for step in STEPS if step.context is with_lessons}
