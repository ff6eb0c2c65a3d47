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
        _("What did you expect, and what happened?"),
        forms.EventForm,
        name=_("what happened"),
        hint=_("Stick to the facts, and leave out anything that feels too much."),
        example=_("I meant to call Dad, and forgot"),
        required=True,
        paced=True,
    ),
    Step(
        "feeling",
        _("How heavy does it feel?"),
        forms.FeelingForm,
        name=_("how heavy"),
        hint=_("If it’s above 7, try a short break first."),
        example=_("6"),
        template="reflections/mistakes/feeling.html",
    ),
    Step(
        "conditions",
        _("What made it more likely?"),
        forms.ConditionsForm,
        name=_("what made it more likely"),
        hint=_("It could be tiredness, tools, timing or pressure."),
        example=_("A long shift and no reminder"),
    ),
    Step(
        "my-part",
        _("Which part was yours?"),
        forms.MyPartForm,
        name=_("your part"),
        hint=_("Be specific: what you did, or didn’t do."),
        example=_("I relied on my memory"),
        paced=True,
    ),
    Step(
        "not-mine",
        _("Which part wasn’t yours?"),
        forms.NotMineForm,
        name=_("not your part"),
        hint=_("Be as fair to yourself as you would be to anyone."),
        example=_("They changed the time"),
    ),
    Step(
        "repair",
        _("Is there anything to put right?"),
        forms.RepairForm,
        name=_("what to put right"),
        hint=_("Only if it’s safe, and they would welcome it."),
        example=_("Apologise on Saturday"),
    ),
    Step(
        "forgive",
        _("What can you let go of, while still owning your part?"),
        forms.ForgiveForm,
        name=_("letting go"),
        hint=_("You may not be ready yet. That’s fine."),
        example=_("I can stop replaying it"),
        paced=True,
    ),
)
LEARNING = (
    Step(
        "lesson",
        _("What will you do next time?"),
        forms.LessonForm,
        name=_("the lesson"),
        hint=_("Make it easy to do when you’re tired."),
        example=_("If I promise to call, then I will set an alarm"),
        required=True,
        aside="reflections/mistakes/_rules.html",
        context=rules_that_worked,
    ),
    Step(
        "apply",
        _("Where might this come up again?"),
        forms.AreasForm,
        name=_("where next"),
        hint=_("Choose one or more areas of your life."),
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
    sentence_label=_("The mistake"),
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
