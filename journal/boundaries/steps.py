"""The questions of "Set boundaries", in the order they are asked."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from journal.boundaries.models import Boundary
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

BEGINNING = (
    Step(
        "area",
        _("Where do you feel drained, rushed or resentful?"),
        AreaForm,
        name=_("the area"),
        hint=_("Past crossings are clues."),
        example=_("Work"),
        required=True,
    ),
    Step(
        "limit",
        _("What is okay, and not okay?"),
        LimitForm,
        name=_("the limit"),
        hint=_("Describe actions, not character."),
        example=_("No calls after 19:00"),
        required=True,
    ),
    Step(
        "why",
        _("What does this protect?"),
        WhyForm,
        name=_("why"),
        hint=_("Link a value if useful."),
        example=_("Dinner with my son"),
        template="guide/serves.html",
    ),
    Step(
        "my-action",
        _("If crossed, what will I do?"),
        MyActionForm,
        name=_("what you will do"),
        hint=_("Yours to do, not a punishment."),
        example=_("Let it ring; answer at 9:00"),
        required=True,
    ),
    Step(
        "safety",
        SafetyForm.LABEL,
        SafetyForm,
        name=_("safety"),
        hint=_("This answer is not stored."),
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
        _("What could anyone present have seen?"),
        FactsForm,
        name=_("the facts"),
        hint=_("One or two sentences."),
        example=_("Three calls after nine"),
        template="boundaries/facts.html",
    ),
    script_step(
        "impact",
        _("How does it affect you?"),
        ImpactForm,
        name=_("what it does to you"),
        hint=_("Begin with “I”."),
        example=_("I can’t switch off"),
    ),
    script_step(
        "ask",
        _("What exactly do you want, or refuse?"),
        AskForm,
        name=_("what you ask"),
        hint=_("One clear sentence."),
        example=_("Please message instead"),
    ),
    script_step(
        "benefit",
        _("What improves if this works?"),
        BenefitForm,
        name=_("what gets better"),
        hint=_("Honest, not persuasive."),
        example=_("Clearer answers"),
    ),
    script_step(
        "if-pushed",
        _("Which line will you repeat? Where can you bend?"),
        PushedForm,
        name=_("if pushed"),
        hint=_("Flex on how, not on what matters."),
        example=_("“I will answer at nine”"),
    ),
    Step(
        "tell",
        _("Who, when, how?"),
        TellForm,
        name=_("saying it"),
        hint=_("Calm beats perfect."),
        example=_("Sam, Tuesday, phone"),
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
    done=_("It stands. Keeping it is yours to do."),
    reopens=True,
    check=Step(CHECK, _("Check your answers"), CheckForm, template="boundaries/check.html"),
)
