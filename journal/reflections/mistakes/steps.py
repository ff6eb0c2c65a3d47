"""The questions of "Learn from mistakes", in the order they are asked."""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from journal.guide.flow import Flow
from journal.guide.steps import CHECK, Step
from journal.lessons import queries, spaced_repetition
from journal.people import clock
from journal.reflections.mistakes import forms
from journal.reflections.mistakes.models import Mistake


def rules_that_worked(row: Any) -> dict[str, Any]:
    return {"rules": queries.that_helped(row.owner)}


def first_return(row: Any) -> dict[str, Any]:
    return {"first": spaced_repetition.first_place(clock.today(row.owner)).next_due}


def lesson_saved(row: Mistake) -> str:
    day: Any = spaced_repetition.first_place(clock.today(row.owner)).next_due
    return gettext("Lesson saved. It comes back on %(day)s.") % {"day": date_format(day, "l j F")}


LOOKING = (
    Step(
        "event",
        _("What did you expect? What happened?"),
        forms.EventForm,
        name=_("what happened"),
        hint=_("Facts; leave out anything too much."),
        example=_("Meant to call; forgot"),
        required=True,
        paced=True,
    ),
    Step(
        "feeling",
        _("How heavy, 0–10?"),
        forms.FeelingForm,
        name=_("how heavy"),
        hint=_("Above 7, try a Break first."),
        example=_("6"),
        template="reflections/mistakes/feeling.html",
    ),
    Step(
        "conditions",
        _("What made it likely?"),
        forms.ConditionsForm,
        name=_("what made it likely"),
        hint=_("Tiredness, tools, timing, pressure."),
        example=_("Long shift, no reminder"),
    ),
    Step(
        "my-part",
        _("What was yours?"),
        forms.MyPartForm,
        name=_("what was yours"),
        hint=_("Specific and finite."),
        example=_("Relied on memory"),
        paced=True,
    ),
    Step(
        "not-mine",
        _("What was not?"),
        forms.NotMineForm,
        name=_("what was not"),
        hint=_("Fairness runs both ways."),
        example=_("The changed time"),
    ),
    Step(
        "repair",
        _("Is anything owed or mendable?"),
        forms.RepairForm,
        name=_("what can be mended"),
        hint=_("Only if safe and welcome."),
        example=_("Apologise Saturday"),
    ),
    Step(
        "forgive",
        _("What can you set down, still owning your part?"),
        forms.ForgiveForm,
        name=_("what you set down"),
        hint=_("Readiness may come later."),
        example=_("I can stop replaying it"),
        paced=True,
    ),
)
LEARNING = (
    Step(
        "lesson",
        _("If…, then I will…"),
        forms.LessonForm,
        name=_("the lesson"),
        hint=_("Usable by tired you."),
        example=_("If I promise a call, I set an alarm"),
        required=True,
        aside="reflections/mistakes/_rules.html",
        context=rules_that_worked,
    ),
    Step(
        "apply",
        _("Where will you meet this next?"),
        forms.AreasForm,
        name=_("where next"),
        hint=_("Choose areas."),
        example=_("Family"),
        required=True,
        template="reflections/mistakes/apply.html",
        context=first_return,
    ),
)


def steps_of(row: Mistake) -> Sequence[Step]:
    """Once the lesson exists, the person edits it on its own page."""
    return LOOKING if row.finished_at else (*LOOKING, *LEARNING)


FLOW = Flow(
    model=Mistake,
    name=_("A mistake"),
    steps=steps_of,
    namespace="mistakes",
    hue="p-mist",
    icon="mist",
    sentence_label=_("What you are looking at"),
    aside="reflections/mistakes/_draft_summary.html",
    done=lesson_saved,
    is_hard=True,
    reopens=True,
    check=Step(
        CHECK,
        _("Check your answers"),
        forms.CheckForm,
        template="reflections/mistakes/check.html",
        context=first_return,
    ),
)
