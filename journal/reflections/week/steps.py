"""The questions of the weekly reflection: each next to its part of the week's record, and left out
if that part is empty."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from journal.guide.flow import Flow
from journal.guide.steps import Step
from journal.reflections.week import forms, plans, presenters
from journal.reflections.week.misses_form import MissesForm
from journal.reflections.week.models import WeeklyReflection
from journal.reflections.week.snapshot import WeekSnapshot


def _plan(row: Any) -> dict[str, Any]:
    return {"shown": row.shown}


def _evidence(row: Any) -> dict[str, Any]:
    return {"shown": row.shown, "added": 0 if row.finished_at else row.added}


def _misses(row: Any) -> dict[str, Any]:
    return {**_evidence(row), "eased": plans.that_eased(row.owner, row.week_start)}


PLAN = Step(
    "arrive",
    _("Did that make it easier?"),
    forms.ArriveForm,
    name=_("Last week’s plan"),
    template="reflections/week/arrive.html",
    context=_plan,
)
SENTENCE = replace(PLAN, title=_("The week in a sentence?"), name=_("Your week"))
FIRST = replace(SENTENCE, name=_("Your first week"))
PROMISES = Step(
    "promises",
    _("What helped on the days you kept one?"),
    forms.PromisesForm,
    name=_("Your promises"),
    hint=_("Optional. Leave it empty to move on."),
    template="reflections/week/promises.html",
    context=_evidence,
)
NOTICE = replace(PROMISES, title=_("What did the week ask of you?"))
MISSES = Step(
    "misses",
    _("What would make it easier?"),
    MissesForm,
    name=_("What was missed"),
    hint=_("If a promise doesn’t fit your week, the promise is too big."),
    template="reflections/week/misses.html",
    context=_misses,
)
HARD = replace(MISSES, name=_("A hard week"))
EVIDENCE = Step(
    "evidence",
    _("What can you rely on in yourself?"),
    forms.EvidenceForm,
    name=_("Also this week"),
    hint=_("Optional. One line is plenty."),
    template="reflections/week/evidence.html",
    context=_evidence,
)
NEXT = Step(
    "next",
    _("One small promise for next week?"),
    forms.NextForm,
    name=_("Next week"),
    hint=_("One tap, and your week is done."),
    required=True,
    template="reflections/week/next.html",
    context=lambda row: {"decided": presenters.changed(row)},
)
# A step, and whether the week's record has anything for it.
ASKED: tuple[tuple[Step, Callable[[WeekSnapshot], Any]], ...] = (
    (PROMISES, lambda record: record.promises),
    (MISSES, lambda record: record.missed),
    (EVIDENCE, lambda record: record.has_more),
)
KNOWN = {step.slug: step for step in (SENTENCE, PROMISES, MISSES, EVIDENCE, NEXT)}


def steps_of(row: WeeklyReflection) -> Sequence[Step]:
    """From two questions, in an empty or a first week, to five. A finished week has made its choice
    for the next one; the other answers can still be changed."""
    record = row.record
    asked = [step for step, has_data in ASKED if has_data(record) and not row.is_first]
    variants = {
        PROMISES.slug: PROMISES if record.tally.kept else NOTICE,
        MISSES.slug: HARD if record.is_hard else MISSES,
    }
    first = FIRST if row.is_first else PLAN if record.plan.is_there else SENTENCE
    last = [] if row.finished_at else [NEXT]
    return [first, *(variants.get(step.slug, step) for step in asked), *last]


@dataclass(frozen=True)
class WeekFlow(Flow):
    """Its addresses carry the week, since a week has one reflection."""

    def address(self, row: Any, slug: str) -> str:
        return reverse("week:step", args=[row.week_start, slug])

    def resume_address(self, row: Any) -> str:
        """A row of an older version may have reached a step that is gone."""
        slugs = [step.slug for step in self.steps_of(row)]
        return self.address(row, row.step if row.step in slugs else slugs[0])


FLOW = WeekFlow(
    model=WeeklyReflection,
    name=_("Weekly reflection"),
    steps=steps_of,
    namespace="week",
    icon="week",
    reopens=True,
)
