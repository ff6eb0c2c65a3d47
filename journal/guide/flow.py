"""The step engine: one question per page, for every practice.

A flow is a model and the list of steps that fill it. To add a step to a flow:

1. Give the model its field (`blank=True` if it may be left empty) and a migration.
2. Write the small form, with the label and hint of each field:

       class WeatherForm(StepForm):
           class Meta:
               model = Walk
               fields = ("weather",)

3. Put the step where it belongs in the flow's list:

       Step("weather", _("What is it like outside?"), WeatherForm, name=_("the weather"),
            hint=_("One look through the window."), example=_("Grey, but dry"))

That is all: it has its address (`/walks/ID/step/weather/`), Back, "Save and close", a line with a
Change link on the check page, and it counts in "step 3 of 8". Unless it is `required`, it may be
left empty: Continue goes on.
A step that looks different names a `template` that extends "guide/step.html" and overrides the
block `fields`; `aside` names a template shown next to the form, and `context(row)` returns the
context of both. `live` names a template rendered alone into `#live` while the person writes (see
responses.step). If the steps depend on earlier answers, make the flow's `steps` a function of the
row. A step that fills other rows overrides `StepForm.save_step`. To add a flow, see
promises/steps.py, and flow_urls.py, which gives it its addresses.

Design:

- The unfinished row is the draft and the only state. No row exists before the first Continue;
  its id is in the address (new_row.py) and in the form, so a double click, or the browser's Back,
  makes one row.
- Continue validates and saves one step. Back, "Save and close", Support and "This is too much" save
  too, but accept missing answers. `row.step` is the furthest step reached.
- A page that is out of date never overwrites an answer silently: 409, with both versions.
- Every step works as a plain form. With HTMX the response replaces the content of `main`; leaving
  the flow is a full navigation (`responses.leave`).

flow_views.py holds a flow's views, step_view.py handles one request to one step, check_answers.py
is the check page, responses.py renders.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from journal.guide.models import Guided
from journal.guide.steps import CHECK, Step, Text, place_of

DRAFTS_SHOWN = 10


@dataclass(frozen=True)
class Draft:
    """An unfinished row, for lists and Today ("guide/_carry_on.html")."""

    pk: UUID
    title: str
    own: bool  # the title is the person's words
    flow: "Flow"
    number: int
    total: int
    address: str
    saved_at: datetime
    is_idle: bool  # not edited for long: the page asks whether to keep it

    @property
    def by_name(self) -> "Draft":
        """Named by its practice, for pages where it comes up by itself: nobody should meet words
        from a hard hour as a headline."""
        return replace(self, title=str(self.flow.name), own=False)

    @property
    def answer_address(self) -> str:
        return reverse(f"{self.flow.namespace}:draft", args=[self.pk])


@dataclass(frozen=True)
class Flow:
    """One guided practice. A flow with other addresses overrides `address`."""

    model: type[Guided]
    name: Text  # "New promise"
    steps: Sequence[Step] | Callable[[Any], Sequence[Step]]
    namespace: str  # of its URL names: `flow_urls` gives it "new", "step", "trash" and so on
    hue: str = ""  # p-prom, p-bound, ...
    icon: str = ""
    sentence_label: Text = ""  # above the pinned sentence
    aside: str = ""  # a template next to every step
    done: Text | Callable[[Any], Text] = ""  # one line of fact once a row is finished
    is_hard: bool = False  # about hard things: offers "This is too much right now" on each step
    reopens: bool = False  # whether steps of a finished row can still be changed
    check: Step | None = None  # a check page of its own, with the slug "check"

    def ending(self, row: Any) -> str:
        return str(self.done(row) if callable(self.done) else self.done)

    # --- addresses

    def address(self, row: Any, slug: str) -> str:
        return reverse(f"{self.namespace}:step", args=[row.pk, slug])

    def home(self) -> str:
        return reverse(f"{self.namespace}:list")

    def steps_of(self, row: Any) -> Sequence[Step]:
        return self.steps(row) if callable(self.steps) else self.steps

    def resume_address(self, row: Any) -> str:
        slugs = [step.slug for step in self.steps_of(row)]
        return self.address(row, row.step if row.step in (*slugs, CHECK) else slugs[0])

    def is_open(self, row: Any) -> bool:
        """Whether the steps of a stored row can be changed."""
        return self.reopens or not row.finished_at

    def address_of_answer(self, row: Any, slug: str) -> str:
        """Where a stored row shows the answer of a step, or of the next one that is stored in it;
        its page once it is finished."""
        if row.finished_at:
            return str(row.get_absolute_url())
        steps = self.steps_of(row)
        onward = steps[place_of(steps, slug) :]
        return self.address(row, next((one for one in onward if one.fields), onward[0]).slug)

    def place(self, row: Guided) -> tuple[int, int]:
        """The numbers in "step 3 of 7"."""
        steps = self.steps_of(row)
        return min(place_of(steps, row.step) + 1, len(steps)), len(steps)

    def draft(self, row: Guided) -> Draft:
        number, total = self.place(row)
        return Draft(
            pk=row.pk,
            title=row.sentence or str(self.name),
            own=bool(row.sentence),
            flow=self,
            number=number,
            total=total,
            address=self.resume_address(row),
            saved_at=row.updated_at,
            is_idle=row.is_idle(),
        )

    def drafts(self, rows: QuerySet[Any]) -> list[Draft]:
        return [self.draft(row) for row in rows[:DRAFTS_SHOWN]]
