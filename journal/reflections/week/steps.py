"""The questions of the weekly reflection: each next to its part of the week's record, and left out
if that part is empty."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from journal.guide.flow import Flow
from journal.guide.steps import CHECK, Step
from journal.reflections.week import forms
from journal.reflections.week.models import WeeklyReflection
from journal.reflections.week.snapshot import WeekSnapshot


def _of_week(part: str, row: Any) -> dict[str, Any]:
    shown = row.shown
    added = 0 if row.finished_at else row.added
    return {"shown": shown, "part": part, "lines": shown.lines_of(part), "added": added}


def smaller_context(row: Any) -> dict[str, Any]:
    return {"smaller": forms.smaller_versions(row.owner)}


def _data(part: str) -> dict[str, Any]:
    """The panel next to the question: the part of that name in `presenters.Shown`."""
    return {
        "aside": "reflections/week/_week_panel.html",
        "context": partial(_of_week, part),
    }


ARRIVE = Step(
    "arrive",
    _("The week in a sentence?"),
    forms.ArriveForm,
    name=_("arrive"),
    hint=_("Whatever comes first. It stays in view."),
    example=_("Crowded, decent"),
    **_data(""),
)
PROMISES = Step(
    "promises",
    _("What helped on kept days?"),
    forms.PromisesForm,
    name=_("promises"),
    hint=_("Notice before you judge."),
    example=_("Shoes by door"),
    **_data("promises"),
)
NOTICE = replace(PROMISES, title=_("What do you notice?"), example="")
MISSES = Step(
    "misses",
    _("What would make it easier?"),
    forms.MissesForm,
    name=_("misses"),
    hint=_("What was going on around them?"),
    example=_("Earlier cue"),
    **_data("misses"),
)
BOUNDARIES = Step(
    "boundaries",
    _("What did you protect?"),
    forms.BoundariesForm,
    name=_("boundaries"),
    example=_("Tuesday dinner"),
    **_data("boundaries"),
)
CRITIC = Step(
    "critic",
    _("Which kinder words fit?"),
    forms.CriticForm,
    name=_("the harsh voice"),
    hint=_("Yours from this week, or new ones."),
    example=_("“Still learning”"),
    **_data("critic"),
)
DECISIONS = Step(
    "decisions",
    _("Which process pleased you?"),
    forms.DecisionsForm,
    name=_("decisions"),
    hint=_("How you decided, apart from how it turned out."),
    example=_("Asked Jo first"),
    **_data("decisions"),
)
LESSONS = Step(
    "lessons",
    _("Where did one help, or could have?"),
    forms.LessonsForm,
    name=_("lessons"),
    example=_("Set an alarm"),
    **_data("lessons"),
)
EVIDENCE = Step(
    "evidence",
    _("What can you rely on in yourself?"),
    forms.EvidenceForm,
    name=_("evidence"),
    hint=_("Going by what you put to your own credit."),
    example=_("I come back"),
    **_data("credits"),
)
NEXT = Step(
    "next",
    _("One small promise for next week?"),
    forms.NextForm,
    name=_("next week"),
    hint=_("Seven days, and small enough for a tired one. Resting is an answer too."),
    example=_("Walk twice"),
    required=True,
    template="reflections/week/next.html",
    context=smaller_context,
)
# A step, and whether the week's record has anything for it.
ASKED: tuple[tuple[Step, Callable[[WeekSnapshot], Any]], ...] = (
    (ARRIVE, lambda record: True),
    (PROMISES, lambda record: record.promises),
    (MISSES, lambda record: record.misses or record.tally.missed),
    (BOUNDARIES, lambda record: record.crossings or record.follow_ups),
    (CRITIC, lambda record: record.moments),
    (DECISIONS, lambda record: record.decisions),
    (LESSONS, lambda record: record.lessons),
    (EVIDENCE, lambda record: record.credits),
    (NEXT, lambda record: True),
)


def steps_of(row: WeeklyReflection) -> Sequence[Step]:
    """A week without a kept promise gets another question than "what helped"."""
    record = row.record
    asked = [step for step, has_data in ASKED if has_data(record)]
    if not record.tally.kept:
        asked = [NOTICE if step is PROMISES else step for step in asked]
    return asked


@dataclass(frozen=True)
class WeekFlow(Flow):
    """Its addresses carry the week, since a week has one reflection."""

    def address(self, row: Any, slug: str) -> str:
        return reverse("week:step", args=[row.week_start, slug])


FLOW = WeekFlow(
    model=WeeklyReflection,
    name=_("Weekly reflection"),
    steps=steps_of,
    namespace="week",
    icon="week",
    sentence_label=_("Your week"),
    done=_("Your week is told."),
    reopens=True,
    check=Step(
        CHECK,
        _("Your week, before you close it"),
        forms.CheckForm,
        template="reflections/week/check.html",
    ),
)
