"""The step engine: one question per page, for every practice.

A flow is a list of steps beside the model that they fill. To add a step to a flow:

1. Give the model its field (`blank=True` if the question may be skipped) and a migration.
2. Write the small form, with the label and hint of each field:

       class WeatherForm(StepForm):
           class Meta:
               model = Walk
               fields = ("weather",)

3. Put the step where it belongs in the flow's list:

       Step("weather", _("What is it like outside?"), WeatherForm, name=_("the weather"),
            hint=_("One look through the window."), example=_("Grey, but dry"))

That is all: it has its address (`/walks/ID/step/weather/`), Back, Skip, "Save and stop", a line
with a Change link on the check page, and it counts in "step 3 of 8". `required=True` takes Skip
away. A step that looks different names a `template` that extends "guide/step.html" and overrides
the block `fields`; `aside` names a template shown beside the form, and `context(row)` returns what
either needs. `live` names a template drawn alone into `#live` while the person writes (see
pages.step). Steps that depend on earlier answers: let the flow's `steps` be a function of the
row. A step that fills other rows: override `StepForm.save_step`. To add a flow, see
promises/steps.py, and `flow_urls` in views.py, which gives it its addresses.

How it holds together:

- The unfinished row is the draft and the only state. No row exists before the first Continue;
  its id travels in the form, so a double click makes one row.
- Continue validates and saves one step. Back, "Save and stop" and "This is too much" save too,
  but forgive what is missing. Skip stores nothing. `row.step` is the furthest step reached.
- A page that is out of date never overwrites an answer silently: 409, with both versions.
- Every step works as a plain form. With HTMX the answer replaces what is inside `main`; leaving
  the flow is a full navigation (`responses.leave`).

step_view.py takes one request through one step, check_answers.py is the check page, responses.py
renders.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from journal.guide import check_answers, pause, responses
from journal.guide.models import Guided
from journal.guide.step_view import StepHandler, at_step
from journal.guide.steps import CHECK, ENOUGH, Step, Text, place_of
from journal.privacy.http import Request

REMOVED_SHOWN = 100


@dataclass(frozen=True)
class Draft:
    """An unfinished row as lists and Today show it ("guide/_carry_on.html")."""

    pk: UUID
    title: str
    own: bool  # the title is the person's words
    flow: "Flow"
    number: int
    total: int
    address: str
    saved_at: datetime
    is_idle: bool  # idle for long: keep it or let it go?

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
    aside: str = ""  # a template beside every step
    done: Text = ""  # said when finished
    reopens: bool = False  # whether steps of a finished row can still be changed
    check: Step | None = None  # a check page of its own, with the slug "check"

    # --- where things are

    def address(self, row: Any, slug: str) -> str:
        return reverse(f"{self.namespace}:step", args=[row.pk, slug])

    def home(self) -> str:
        return reverse(f"{self.namespace}:list")

    def steps_of(self, row: Any) -> Sequence[Step]:
        return self.steps(row) if callable(self.steps) else self.steps

    def resume_address(self, row: Any) -> str:
        slugs = [step.slug for step in self.steps_of(row)]
        return self.address(row, row.step if row.step in (*slugs, CHECK) else slugs[0])

    def place(self, row: Guided) -> tuple[int, int]:
        """How far it has come: "step 3 of 7"."""
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

    # --- what an app's own views call, after `login_required`

    def begin(self, request: Request, row: Guided) -> HttpResponse:
        """The first steps of a row that is not stored yet (`row` is unsaved, with its owner).

        Optional steps at the start may be skipped without a row; `?step=` says how far.
        """
        steps = self.steps_of(row)
        slug = request.GET.get("step") or steps[0].slug
        if slug == ENOUGH:
            return pause.page(request, at_step(request, ""))
        step = _find(steps, slug)
        first_required = next((i for i, one in enumerate(steps) if one.required), len(steps) - 1)
        if place_of(steps, slug) > first_required:
            return redirect(at_step(request, steps[first_required].slug))
        return StepHandler(self, request, row, steps, step).answer()

    def step(self, request: Request, pk: UUID, slug: str) -> HttpResponse:
        """One step of the person's own row; anybody else's is not there."""
        rows = self.model._default_manager.live().filter(owner=request.user.pk)
        with transaction.atomic():
            if request.method == "POST":
                rows = rows.select_for_update(of=("self",))
            return self.go(request, get_object_or_404(rows, pk=pk), slug)

    def go(self, request: Request, row: Guided, slug: str) -> HttpResponse:
        """One step of a stored row (locked, for a POST)."""
        if row.finished_at and (slug == CHECK or not self.reopens):
            return responses.leave(request, row.get_absolute_url())
        steps = self.steps_of(row)
        if slug == ENOUGH:
            asked = request.GET.get("at", "")
            known = any(step.slug == asked for step in steps)
            back = self.address(row, asked) if known else self.resume_address(row)
            return pause.page(request, back)
        if slug == CHECK:
            return check_answers.answer(self, request, row, steps)
        step = _find(steps, slug)
        ahead = place_of(steps, slug) > place_of(steps, row.step)
        if ahead and request.method != "POST" and not row.finished_at:
            return redirect(self.resume_address(row))
        return StepHandler(self, request, row, steps, step).answer()

    def answer_idle(self, request: Request, pk: UUID) -> HttpResponse:
        """POST do=keep or do=let-go, for a draft. Letting go can be undone."""
        rows = self.model._default_manager.drafts().filter(owner=request.user.pk)
        row = get_object_or_404(rows, pk=pk)
        if request.POST.get("do") == "let-go":
            return self._trash(request, row, _("Let go."))
        row.keep_draft()
        return responses.leave(request, self.resume_address(row))

    def remove(self, request: Request, pk: UUID) -> HttpResponse:
        """POST: a draft or a finished row goes to the trash, and an undo is offered."""
        rows = self.model._default_manager.live().filter(owner=request.user.pk)
        return self._trash(request, get_object_or_404(rows, pk=pk), _("Moved to the trash."))

    def _trash(self, request: Request, row: Guided, said: str) -> HttpResponse:
        row.trash()
        messages.success(
            request, said, extra_tags=reverse(f"{self.namespace}:restore", args=[row.pk])
        )
        return responses.leave(request, self.home())

    def restore(self, request: Request, pk: UUID) -> HttpResponse:
        row = get_object_or_404(self.model._default_manager.filter(owner=request.user.pk), pk=pk)
        row.restore()
        messages.success(request, _("It is back."))
        return responses.leave(request, row.get_absolute_url() if row.finished_at else self.home())

    def removed(self, request: Request) -> HttpResponse:
        """The trash of this practice: what went into it lately, each to be brought back."""
        rows = self.model._default_manager.trashed().filter(owner=request.user.pk)
        return responses.removed(self, request, list(rows.order_by("-deleted_at")[:REMOVED_SHOWN]))


def _find(steps: Sequence[Step], slug: str) -> Step:
    for step in steps:
        if step.slug == slug:
            return step
    raise Http404
