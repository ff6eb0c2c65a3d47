"""The questions of "Make informed decisions", in the order they are asked."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from journal.decisions.left_open import before_deciding
from journal.decisions.models import Decision
from journal.decisions.option_forms import OptionsForm, ValuesForm, WeighForm
from journal.decisions.step_forms import (
    CheckForm,
    ChoiceForm,
    CoolOffForm,
    DistanceForm,
    InformationForm,
    PredictionForm,
    PremortemForm,
    QuestionForm,
    ReadyForm,
    ReviewDateForm,
    StateForm,
)
from journal.guide.flow import Flow
from journal.guide.steps import CHECK, Step
from journal.lessons import related


def with_lessons(row: Decision) -> dict[str, Any]:
    texts = (row.question, row.feelings, row.info_have, row.info_missing)
    return {"lessons": related.find(row, texts, area=row.area, hidden=row.hidden_lessons)}


def suggestion(row: Decision) -> dict[str, Any]:
    return {"suggests": row.suggests_waiting()}


def readiness(row: Decision) -> dict[str, Any]:
    return {**with_lessons(row), **before_deciding(row, STEPS)}


def left_open(row: Decision) -> dict[str, Any]:
    return before_deciding(row, STEPS)


WITH_RELATED_LESSONS: dict[str, Any] = {
    "aside": "lessons/_related.html",
    "context": with_lessons,
}
STEPS = (
    Step(
        "question",
        gettext_lazy("What are you deciding?"),
        QuestionForm,
        name=gettext_lazy("the question"),
        hint=gettext_lazy("Ask an open question, and choose an area."),
        example=gettext_lazy("How do I want to use my Fridays?"),
        required=True,
    ),
    Step(
        "values",
        gettext_lazy("Which of your values matter here?"),
        ValuesForm,
        name=gettext_lazy("values"),
        hint=gettext_lazy("Up to three."),
        example=gettext_lazy("Family, craft"),
        template="decisions/values.html",
    ),
    Step(
        "state",
        gettext_lazy("How do you feel, and how strongly?"),
        StateForm,
        name=gettext_lazy("how you feel"),
        hint=gettext_lazy("Being tired or hungry counts too."),
        example=gettext_lazy("Excited, 8"),
        template="decisions/state.html",
    ),
    Step(
        "options",
        gettext_lazy("What could you do?"),
        OptionsForm,
        name=gettext_lazy("options"),
        hint=gettext_lazy(
            "Name at least two options. If you could do neither, what else could you do?"
        ),
        example=gettext_lazy("Study, freelance or rest"),
        required=True,
        template="decisions/options.html",
        **WITH_RELATED_LESSONS,
    ),
    Step(
        "weigh",
        gettext_lazy("What would each option give you, cost you and lead to?"),
        WeighForm,
        name=gettext_lazy("weighing up your options"),
        hint=gettext_lazy("Think one step further: what happens after that?"),
        example=gettext_lazy("Less pay until May"),
        template="decisions/weigh.html",
        **WITH_RELATED_LESSONS,
    ),
    Step(
        "information",
        gettext_lazy("What do you know, and what don’t you know yet?"),
        InformationForm,
        name=gettext_lazy("information"),
        hint=gettext_lazy("Say what would be enough to decide."),
        example=gettext_lazy("Ask two people who have done it"),
    ),
    Step(
        "distance",
        gettext_lazy("How will this look in ten days, ten months and ten years?"),
        DistanceForm,
        name=gettext_lazy("seen from a distance"),
        hint=gettext_lazy("Then think of a friend in your place. What would you say?"),
        example=gettext_lazy("In ten years, I’d be glad of the training"),
    ),
    Step(
        "premortem",
        gettext_lazy("If it turned out badly, what would have gone wrong?"),
        PremortemForm,
        name=gettext_lazy("imagine it went badly"),
        hint=gettext_lazy("This is called a premortem: picture it as if it had already happened."),
        example=gettext_lazy("I never kept the day free"),
    ),
    Step(
        "cool-off",
        gettext_lazy("Would you like to sleep on it?"),
        CoolOffForm,
        name=gettext_lazy("sleep on it"),
        hint=gettext_lazy("We suggest a day if you feel strongly, or if it can’t be undone."),
        example=gettext_lazy("Thursday, 18:00"),
        template="decisions/cool_off.html",
        context=suggestion,
    ),
    Step(
        "ready",
        gettext_lazy("An honest yes"),
        ReadyForm,
        name=gettext_lazy("before you decide"),
        hint=gettext_lazy(
            "All three are optional. They stay with the decision, for when you look back."
        ),
        template="decisions/ready.html",
        aside="lessons/_related.html",
        context=readiness,
    ),
    Step(
        "choice",
        gettext_lazy("What do you choose, and why?"),
        ChoiceForm,
        name=gettext_lazy("the choice"),
        hint=gettext_lazy("You’ll read this again when you look back."),
        example=gettext_lazy("Study, because…"),
        required=True,
        template="decisions/choice.html",
        **WITH_RELATED_LESSONS,
    ),
    Step(
        "prediction",
        gettext_lazy("What do you think will happen, when will you know, and how sure are you?"),
        PredictionForm,
        name=gettext_lazy("a prediction"),
        hint=gettext_lazy(
            "Something you can later answer with yes or no. 50% means you can’t tell."
        ),
        example=gettext_lazy("I’ll have passed, 1 June, 70%"),
    ),
    Step(
        "review-date",
        gettext_lazy("When will you look back?"),
        ReviewDateForm,
        name=gettext_lazy("looking back"),
        hint=gettext_lazy("We suggest the day of your prediction, or else 30 days from now."),
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
        context=left_open,
    ),
)
