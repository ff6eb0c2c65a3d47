"""The questions of "Keep promises", in the order they are asked."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from journal.guide.flow import Flow
from journal.guide.steps import Step
from journal.lessons import related
from journal.promises.models import Promise
from journal.promises.step_forms import (
    CheckForm,
    IfThenForm,
    ListForm,
    ObstacleForm,
    PromiseForm,
    RhythmForm,
    SmallestForm,
    SpareDaysForm,
    WhyForm,
)
from journal.promises.suggestions import MOMENTS, SUGGESTIONS


def with_lessons(row: Promise) -> dict[str, Any]:
    """Lessons beside a promise that is made or made smaller, without the one it was made from."""
    texts = (row.statement, row.why, row.smallest_version, row.cue, row.action, row.obstacle)
    made_from = [row.lesson_id] if row.lesson_id else []
    return {"lessons": related.find(row, texts, hidden=made_from)}


WITH_RELATED_LESSONS: dict[str, Any] = {"aside": "lessons/_related.html", "context": with_lessons}


def active_before(row: Promise) -> dict[str, Any]:
    return {"active": row.owner.promises.active().count()}


STEPS = (
    Step(
        "list",
        _("What have you told yourself you would do?"),
        ListForm,
        name=_("your list"),
        hint=_("Write everything down, then choose one."),
        example=_("Walk; call Gran; sleep"),
        checked=False,
    ),
    Step(
        "promise",
        _("What will you do?"),
        PromiseForm,
        name=_("the promise"),
        hint=_("Visible and within your control."),
        example=_("Walk after lunch"),
        required=True,
        aside="promises/_small_ones.html",
        context=lambda row: {"suggestions": SUGGESTIONS},
    ),
    Step(
        "why",
        _("Why does it matter to you?"),
        WhyForm,
        name=_("why"),
        hint=_("Yours, not someone’s expectation."),
        example=_("Health: energy for evenings"),
        template="guide/serves.html",
        **WITH_RELATED_LESSONS,
    ),
    Step(
        "rhythm",
        _("How often?"),
        RhythmForm,
        name=_("the rhythm"),
        hint=_("Pick what a tired week allows."),
        example=_("Three times weekly"),
        required=True,
        template="promises/rhythm.html",
    ),
    Step(
        "smallest",
        _("What counts on a bad day?"),
        SmallestForm,
        name=_("the bad-day version"),
        hint=_("Two minutes or less. It counts in full."),
        example=_("One lap outside"),
        **WITH_RELATED_LESSONS,
    ),
    Step(
        "if-then",
        _("After what will you do it?"),
        IfThenForm,
        name=_("the moment"),
        hint=_("Tie it to something that happens anyway."),
        example=_("After lunch, I will put my shoes on"),
        aside="promises/_cues.html",
        context=lambda row: {"moments": MOMENTS.values()},
    ),
    Step(
        "obstacle",
        _("What might get in the way, and then what?"),
        ObstacleForm,
        name=_("the obstacle"),
        hint=_("Plan for the likely one."),
        example=_("If it rains, I climb stairs"),
        **WITH_RELATED_LESSONS,
    ),
    Step(
        "spare-days",
        _("How many days off a month?"),
        SpareDaysForm,
        name=_("days off"),
        hint=_("Planned days off make it easier to continue."),
        example=_("2"),
    ),
)
FLOW = Flow(
    model=Promise,
    name=_("New promise"),
    steps=STEPS,
    namespace="promises",
    hue="p-prom",
    icon="prom",
    sentence_label=_("Your promise"),
    aside="promises/_draft_summary.html",
    done=_("Promise made. See you on Today."),
    check=Step(
        "check",
        _("Check your answers"),
        CheckForm,
        template="promises/check.html",
        context=active_before,
    ),
)
