"""The questions of "Set boundaries", in the order they are asked."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from journal.boundaries.models import Boundary
from journal.boundaries.related_lessons import with_lessons
from journal.boundaries.step_forms import (
    WORDS,
    AreaForm,
    AskForm,
    BenefitForm,
    CheckForm,
    FactsForm,
    ImpactForm,
    KeptPrivateForm,
    LimitForm,
    MyActionForm,
    PushedForm,
    SafetyForm,
    TellForm,
    WhyForm,
)
from journal.guide.flow import Flow
from journal.guide.steps import CHECK, Step, StepForm

Communication = Boundary.Communication
WITH_RELATED_LESSONS: dict[str, Any] = {"aside": "lessons/_related.html", "context": with_lessons}
BEGINNING = (
    Step(
        "area",
        _("Where do you feel drained, rushed or resentful?"),
        AreaForm,
        name=_("the area"),
        hint=_("Times when someone crossed a line are good clues."),
        example=_("Work"),
        required=True,
    ),
    Step(
        "limit",
        _("What is okay, and what isn’t?"),
        LimitForm,
        name=_("the limit"),
        hint=_("Describe what people do, not who they are."),
        example=_("No calls after 19:00"),
        required=True,
        **WITH_RELATED_LESSONS,
    ),
    Step(
        "why",
        _("What does this protect?"),
        WhyForm,
        name=_("why"),
        hint=_("You can link one of your values."),
        example=_("Dinner with my son"),
        template="guide/serves.html",
    ),
    Step(
        "my-action",
        _("What will you do if it’s crossed?"),
        MyActionForm,
        name=_("what you will do"),
        hint=_("Something you do yourself, not a punishment."),
        example=_("Let it ring and answer at 9:00"),
        required=True,
        **WITH_RELATED_LESSONS,
    ),
    Step(
        "safety",
        SafetyForm.LABEL,
        SafetyForm,
        name=_("safety"),
        hint=_("Think of how they’ve reacted to a no before. You know best."),
        required=True,
        template="boundaries/safety.html",
    ),
)
# The script's first step, or the last step of a private boundary: both have the same address, so
# neither the row nor a list of visited addresses reveals the answer to the safety question.
KEPT_PRIVATE = Step(
    WORDS,
    _("You never owe anyone a confrontation."),
    KeptPrivateForm,
    name=_("kept to yourself"),
    checked=False,
    template="boundaries/kept_private.html",
)


def script_step(slug: str, title: Any, form: type[StepForm], **more: Any) -> Step:
    more.setdefault("template", "boundaries/words.html")
    return Step(
        slug, title, form, aside="boundaries/_script.html", live="boundaries/_spoken.html", **more
    )


SAYING_IT = (
    script_step(
        WORDS,
        _("What would a camera have seen?"),
        FactsForm,
        name=_("the facts"),
        hint=_("One or two sentences."),
        example=_("There were three calls after nine"),
        template="boundaries/facts.html",
    ),
    script_step(
        "impact",
        _("How does it affect you?"),
        ImpactForm,
        name=_("how it affects you"),
        hint=_("Start with “I”."),
        example=_("I can’t switch off"),
    ),
    script_step(
        "ask",
        _("What exactly do you want, or not want?"),
        AskForm,
        name=_("what you want"),
        hint=_("One clear sentence."),
        example=_("Please message instead"),
    ),
    script_step(
        "benefit",
        _("What gets better if this works?"),
        BenefitForm,
        name=_("what gets better"),
        hint=_("Be honest rather than persuasive."),
        example=_("You’d get clearer answers"),
    ),
    script_step(
        "if-pushed",
        _("If there’s pushback, what will you repeat? Where can you bend?"),
        PushedForm,
        name=_("pushback"),
        hint=_("Bend on the how, not on what matters."),
        example=_("“I’ll answer at nine”"),
    ),
    Step(
        "tell",
        _("Who will you tell, when and how?"),
        TellForm,
        name=_("saying it"),
        hint=_("Calm matters more than perfect words."),
        example=_("Sam, on Tuesday, by phone"),
        template="boundaries/plan.html",
    ),
)


def steps_of(row: Boundary) -> Sequence[Step]:
    return (*BEGINNING, KEPT_PRIVATE) if row.is_private else (*BEGINNING, *SAYING_IT)


FLOW = Flow(
    model=Boundary,
    name=_("New boundary"),
    steps=steps_of,
    namespace="boundaries",
    hue="p-bound",
    icon="bound",
    sentence_label=_("Your limit"),
    done=_("Boundary saved."),
    reopens=True,
    check=Step(CHECK, _("Check your answers"), CheckForm, template="boundaries/check.html"),
)
