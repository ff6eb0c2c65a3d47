"""One request to one step: validates and saves the form, and redirects to the next step."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from journal.guide import autosave_responses, pause, responses
from journal.guide.flow import Flow
from journal.guide.models import Guided
from journal.guide.steps import (
    AUTOSAVE,
    CHECK,
    DETOUR,
    ENOUGH,
    LEAVING,
    Step,
    StepForm,
    differs,
    is_leaving,
    place_of,
)
from journal.privacy.http import Request


@dataclass
class StepHandler:
    flow: Flow
    request: Request
    row: Guided
    steps: Sequence[Step]
    step: Step

    def answer(self) -> HttpResponse:
        row, form_of, posted = self.row, self.step.form, self.request.POST
        if self.request.method != "POST":
            return self.page(form_of(instance=row))
        button = posted.get("do", "")
        if button == AUTOSAVE:
            return self.autosave()
        # A button that leaves accepts missing answers, except in a finished row.
        rerender_actions = button in form_of.rerender_actions or button == pause.AGAIN
        lenient = rerender_actions or (is_leaving(button) and not row.finished_at)
        untouched = copy(row)
        form = form_of(posted, instance=row, button=button, lenient=lenient)
        valid = form.is_valid()
        if button in form_of.rerender_actions:
            form.redraw()
        if not valid or rerender_actions:
            if button in pause.BUTTONS:
                return self.stop_in_the_middle(form, untouched)
            return self.page(form)
        if row._state.adding:
            return self.create_row(form)
        if form.collides():
            if button in pause.BUTTONS:
                here = self.request.get_full_path()
                return pause.page_with_words(self.request, form, None, here)
            return responses.conflict(self.flow, self.request, row, self.step, form)
        row.step = self.furthest(button)
        return self.next_step_url(form, form.save_step() or row)

    def autosave(self) -> HttpResponse:
        """Saves the fields of a stored draft after a pause in typing, and stays on the step."""
        form = self.step.form(self.request.POST, instance=self.row, button=AUTOSAVE, lenient=True)
        if not form.is_valid():
            return autosave_responses.not_saved(self.request, form)
        if not responses.autosaves(self.row, self.step) or form.collides():
            return autosave_responses.two_versions(self.request)
        form.save_step()
        return autosave_responses.saved(self.request, self.row)

    def page(self, form: StepForm, status: int = 200) -> HttpResponse:
        return responses.step(
            self.flow, self.request, self.row, self.steps, self.step, form, status=status
        )

    def stop_in_the_middle(self, form: StepForm, row: Guided) -> HttpResponse:
        """The pause button on a form with errors: saves the fields that are valid."""
        posted = pause.what_holds(form)
        part = (
            type(form)(posted, instance=row, button=ENOUGH, lenient=form.lenient)
            if posted
            else None
        )
        saved = None
        if part and part.is_valid() and part.has_content:
            if row._state.adding:
                row.step = self.step.slug
                saved = part.save_step()
            elif not part.collides():
                saved = part.save_step()
        back = self.flow.address(saved, self.step.slug) if saved else self.request.get_full_path()
        return pause.page_with_words(self.request, form, saved, back)

    def create_row(self, form: StepForm) -> HttpResponse:
        """The first Continue inserts the row, once even if it is posted twice."""
        if not form.has_content and (form.button in LEAVING or not self.step.required):
            return self.move_without_row(form.button)
        given = form.given()
        self.row.step = self.step.slug if form.button in LEAVING else self.following(self.steps)
        kept = form.save_step()
        if kept is None:
            form.with_a_fresh_id()
            return self.page(form, status=409)
        if kept is not self.row and not form.next_step_url:
            # This page was posted before and made this row. Other text needs the person's decision.
            if not self.flow.is_open(kept):
                return responses.closed(self.request, kept, self.step)
            if differs(self.step.form(instance=kept).stored(), given):
                return responses.conflict(self.flow, self.request, kept, self.step, form)
        return self.next_step_url(form, kept)

    def move_without_row(self, button: str) -> HttpResponse:
        """Moves to another step without storing a row, since nothing was written."""
        at = place_of(self.steps, self.step.slug)
        if button in pause.BUTTONS:
            return pause.leave(self.request, button, at_step(self.request, ENOUGH))
        if button == "back" and at > 0:
            return redirect(at_step(self.request, self.steps[at - 1].slug))
        if button in LEAVING:
            return responses.leave(self.request, self.flow.home())
        return redirect(at_step(self.request, self.following(self.steps)))

    def next_step_url(self, form: StepForm, row: Guided) -> HttpResponse:
        """The redirect of the pressed button, once the answer is saved."""
        flow, request = self.flow, self.request
        if form.button == "stop":
            messages.success(request, responses.saved_at(row))
            return responses.leave(request, flow.home())
        if form.button in pause.BUTTONS:
            enough = f"{flow.address(row, ENOUGH)}?at={self.step.slug}"
            return pause.leave(request, form.button, enough)
        if form.button == "back":
            at = place_of(self.steps, self.step.slug)
            if asked_by := responses.asked_by(request, self.steps):
                return redirect(flow.address(row, asked_by))
            if at == 0:
                return responses.leave(request, flow.home())
            return redirect(flow.address(row, self.steps[at - 1].slug))
        if detour := self.detour(form.button):
            return redirect(f"{flow.address(row, detour)}?from={self.step.slug}")
        if form.leaves_to:
            return responses.leave(request, form.leaves_to)
        if form.next_step_url:
            return redirect(form.next_step_url)
        if row.finished_at:
            messages.success(request, responses.saved_at(row))
            return responses.leave(request, row.get_absolute_url())
        return redirect(self.next_address(row))

    def next_address(self, row: Guided) -> str:
        """The address after Continue: the next step, but never past the furthest one reached."""
        steps = self.flow.steps_of(row)  # this answer may have changed the steps
        if asked_by := responses.asked_by(self.request, steps):
            return self.flow.address(row, asked_by)
        if self.step.slug not in [step.slug for step in steps]:
            return self.flow.resume_address(row)  # the answer removed its own step
        following = self.following(steps)
        if place_of(steps, following) > place_of(steps, row.step):
            return self.flow.resume_address(row)
        return self.flow.address(row, following)

    def detour(self, button: str) -> str:
        slug = button.removeprefix(DETOUR)
        is_step = slug != button and slug in [step.slug for step in self.steps]
        return slug if is_step else ""

    def following(self, steps: Sequence[Step]) -> str:
        at = place_of(steps, self.step.slug) + 1
        return steps[at].slug if at < len(steps) else CHECK

    def furthest(self, button: str) -> str:
        """The furthest step reached. A step posted ahead of its turn does not advance the draft."""
        steps = self.flow.steps_of(self.row)  # this answer may have changed the steps
        slugs = [step.slug for step in steps]
        if self.step.slug not in slugs:
            steps = self.steps  # even removed its own step
        elif self.row.step not in (CHECK, *slugs):
            return self.step.slug if is_leaving(button) else self.following(steps)
        reached, here = place_of(steps, self.row.step), place_of(steps, self.step.slug)
        return self.row.step if is_leaving(button) or here != reached else self.following(steps)


def at_step(request: Request, slug: str) -> str:
    """This address with another `?step=` and the rest of its query; "" for the first step."""
    query = request.GET.copy()
    query["step"] = slug
    if not slug:
        del query["step"]
    return f"{request.path}?{query.urlencode()}" if query else request.path
