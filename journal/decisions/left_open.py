"""What is still open before a decision is made. None of it keeps anybody from deciding."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timeuntil
from django.utils.translation import gettext as _

from journal.decisions.models import Decision
from journal.decisions.option_forms import WeighForm
from journal.decisions.step_forms import CoolOffForm, ReadyForm, StateForm
from journal.guide.steps import Step, place_of
from journal.languages.lists import beside
from journal.people.text_direction import isolate

NOT_LISTED = (StateForm, ReadyForm)  # the feeling is asked for again where these are listed


@dataclass(frozen=True)
class OpenStep:
    """A step that was reached, with the question that is open."""

    step: Step
    asks: str
    hint: str


def open_and_done(row: Decision, steps: Sequence[Step]) -> tuple[list[OpenStep], list[Step]]:
    """The optional steps that were reached and left open, in their order, and the answered ones."""
    prefetch_related_objects([row], "options", "values_in_play")
    reached = [one for one in steps[: place_of(steps, row.step)] if one.form not in NOT_LISTED]
    found = [_open(row, one) for one in reached if not one.required]
    still_open = [one for one in found if one]
    left = [one.step for one in still_open]
    return still_open, [s for s in reached if s not in left and any(s.form.answers(row))]


def _open(row: Decision, step: Step) -> OpenStep | None:
    title, hint = str(step.title), str(step.hint)
    if step.form is CoolOffForm:
        facts = why_wait(row)
        return OpenStep(step, title, " ".join(facts)) if facts and not wait_of(row) else None
    if not any(step.form.answers(row)):
        return OpenStep(step, title, hint)
    if step.form is WeighForm and not any(one.consequences for one in row.options_now()):
        return OpenStep(step, _("What would each option lead to?"), hint)
    return None


@dataclass(frozen=True)
class Wait:
    """Sleeping on it: until when, and what speaks for it."""

    until: datetime
    is_over: bool
    facts: list[str]
    deadline: date | None  # where the answer is due before the wait is over

    @property
    def how_long(self) -> str:
        return timeuntil(self.until, depth=1)

    @property
    def come_back(self) -> str:
        """The words on the button: the hour today, the weekday within a week, else the day."""
        days = (self.until.date() - timezone.localdate()).days
        at = date_format(self.until, "H:i" if not days else "l" if days < 7 else "j F")
        return (_("Come back on %(day)s") if days else _("Come back at %(day)s")) % {"day": at}


def wait_of(row: Decision) -> Wait | None:
    if not row.cooling_off_until:
        return None
    until = timezone.localtime(row.cooling_off_until)
    is_first = row.deadline and row.deadline < until.date()
    return Wait(until, not row.is_cooling_off(), why_wait(row), row.deadline if is_first else None)


def why_wait(row: Decision) -> list[str]:
    """The facts for which the flow suggests a night's sleep."""
    facts = []
    if row.feels_strongly:
        n = {"n": row.feeling_intensity}
        facts.append(_("The feeling was %(n)s of 10 when you began.") % n)
    if row.has_one_way:
        facts.append(_("One of your options can’t be undone."))
    return facts


def before_deciding(row: Decision, steps: Sequence[Step]) -> dict[str, Any]:
    (open_now, done), wait = open_and_done(row, steps), wait_of(row)
    return {
        "open_steps": open_now,
        "done_steps": done,
        "wait": wait,
        "left": len(open_now) + bool(wait and not wait.is_over),
        "feeling_before": feeling_before(row),
    }


def feeling_before(row: Decision) -> str:
    """What was said of the feeling at the beginning; empty where nothing was."""
    strength = row.feeling_intensity
    said = [isolate(row.feelings)] if row.feelings else []
    said += [_("%(n)s of 10") % {"n": strength}] if strength is not None else []
    return _("When you began: %(feeling)s.") % {"feeling": beside(said)} if said else ""
