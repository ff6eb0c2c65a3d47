"""One request to one step: what was posted is checked and kept, and the person moves on."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from journal.guide import autosave_responses, pause, responses
from journal.guide.models import Guided
from journal.guide.steps import AUTOSAVE, CHECK, ENOUGH, LEAVING, Step, StepForm, differs, place_of

if TYPE_CHECKING:
    from journal.guide.flow import Flow


@dataclass
class StepHandler:
    flow: "Flow"
    request: HttpRequest
    row: Guided
    steps: Sequence[Step]
    step: Step

    def answer(self) -> HttpResponse:
        row, form_of, posted = self.row, self.step.form, self.request.POST
        if self.request.method != "POST":
            return self.page(form_of(instance=row))
        do = posted.get("do", "")
        if do == "skip" and not self.step.required:
            return self.skip()
        if do == AUTOSAVE:
            return self.autosave()
        # Leaving forgives what is missing; a finished row stays whole.
        rerender_actions = do in form_of.rerender_actions or do == pause.AGAIN
        lenient = rerender_actions or (do in LEAVING and not row.finished_at)
        untouched = copy(row)
        form = form_of(posted, instance=row, do=do, lenient=lenient)
        valid = form.is_valid()
        if do in form_of.rerender_actions:
            form.redraw()
        if not valid or rerender_actions:
            return self.stop_in_the_middle(form, untouched) if do == ENOUGH else self.page(form)
        if row._state.adding:
            return self.keep_new(form)
        if form.collides():
            if do == ENOUGH:
                here = self.request.get_full_path()
                return pause.page_with_words(self.request, form, None, here)
            return responses.conflict(self.flow, self.request, row, self.step, form)
        row.step = self.furthest(do)
        return self.next_step_url(form, form.keep() or row)

    def autosave(self) -> HttpResponse:
        """Typing paused: a stored draft keeps what stands in the fields, and nothing moves."""
        form = self.step.form(self.request.POST, instance=self.row, do=AUTOSAVE, lenient=True)
        if not form.is_valid():
            return autosave_responses.not_saved(self.request, form)
        if not responses.saves_while_typing(self.row, self.step) or form.collides():
            return autosave_responses.two_versions(self.request)
        form.keep()
        return autosave_responses.saved(self.request, self.row)

    def page(self, form: StepForm, status: int = 200) -> HttpResponse:
        return responses.step(
            self.flow, self.request, self.row, self.steps, self.step, form, status=status
        )

    def stop_in_the_middle(self, form: StepForm, row: Guided) -> HttpResponse:
        """Too much, and not all of it holds: the part that does is kept."""
        posted = pause.what_holds(form)
        part = type(form)(posted, instance=row, do=ENOUGH, lenient=form.lenient) if posted else None
        saved = None
        if part and part.is_valid() and part.has_content:
            if row._state.adding:
                row.step = self.step.slug
                saved = part.keep()
            elif not part.collides():
                saved = part.keep()
        back = (
            self.flow.address(autosave_responses, self.step.slug)
            if autosave_responses
            else self.request.get_full_path()
        )
        return pause.page_with_words(self.request, form, autosave_responses, back)

    def keep_new(self, form: StepForm) -> HttpResponse:
        """The first Continue makes the row, once, whatever is sent twice."""
        if not form.has_content and (form.do in LEAVING or not self.step.required):
            return self.move_without_row(form.do)
        given = form.given()
        self.row.step = self.step.slug if form.do in LEAVING else self.following(self.steps)
        kept = form.keep()
        if kept is None:
            form.with_a_fresh_id()
            return self.page(form, status=409)
        if kept is not self.row and not form.next_step_url:
            # This page was sent before. The row it made stands; other words need a decision.
            if kept.finished_at and not self.flow.reopens:
                return responses.leave(self.request, kept.get_absolute_url())  # type: ignore[attr-defined]
            if differs(self.step.form(instance=kept).stored(), given):
                return responses.conflict(self.flow, self.request, kept, self.step, form)
        return self.next_step_url(form, kept)

    def skip(self) -> HttpResponse:
        """Stores nothing and says nothing."""
        if self.row._state.adding:
            return self.move_without_row("skip")
        furthest = self.furthest("skip")
        if furthest != self.row.step:
            self.row.step = furthest
            self.row.save(update_fields=["step"])
        return redirect(self.next_address(self.row))

    def move_without_row(self, do: str) -> HttpResponse:
        """Nothing was written, so nothing is stored; only the place changes."""
        at = place_of(self.steps, self.step.slug)
        if do == ENOUGH:
            return responses.leave(self.request, at_step(self.request, ENOUGH))
        if do == "back" and at > 0:
            return redirect(at_step(self.request, self.steps[at - 1].slug))
        if do in LEAVING:
            return responses.leave(self.request, self.flow.home())
        return redirect(at_step(self.request, self.following(self.steps)))

    def next_step_url(self, form: StepForm, row: Guided) -> HttpResponse:
        """Where the button that was pressed leads, once the answer is kept."""
        flow, request = self.flow, self.request
        if form.do == "stop":
            messages.success(request, _("Saved. It waits here until you carry on."))
            return responses.leave(request, flow.home())
        if form.do == ENOUGH:
            return responses.leave(request, f"{flow.address(row, ENOUGH)}?at={self.step.slug}")
        if form.do == "back":
            at = place_of(self.steps, self.step.slug)
            if responses.is_from_check(request):
                return redirect(flow.address(row, CHECK))
            if at == 0:
                return responses.leave(request, flow.home())
            return redirect(flow.address(row, self.steps[at - 1].slug))
        if form.next_step_url:
            return redirect(form.next_step_url)
        if row.finished_at:
            messages.success(request, _("Saved."))
            return responses.leave(request, row.get_absolute_url())  # type: ignore[attr-defined]
        return redirect(self.next_address(row))

    def next_address(self, row: Guided) -> str:
        """Where Continue leads: the next step, but never past the furthest one reached."""
        if responses.is_from_check(self.request):
            return self.flow.address(row, CHECK)
        steps = self.flow.steps_of(row)  # this answer may have changed what comes next
        if self.step.slug not in [step.slug for step in steps]:
            return self.flow.resume_address(row)  # it took its own step away
        following = self.following(steps)
        if place_of(steps, following) > place_of(steps, row.step):
            return self.flow.resume_address(row)
        return self.flow.address(row, following)

    def following(self, steps: Sequence[Step]) -> str:
        at = place_of(steps, self.step.slug) + 1
        return steps[at].slug if at < len(steps) else CHECK

    def furthest(self, do: str) -> str:
        """The furthest step reached. One sent ahead of its turn does not move the draft along."""
        reached, here = place_of(self.steps, self.row.step), place_of(self.steps, self.step.slug)
        return self.row.step if do in LEAVING or here != reached else self.following(self.steps)


def at_step(request: HttpRequest, slug: str) -> str:
    """This address, at another step, with whatever else it says; "" is where it begins."""
    query = request.GET.copy()
    query["step"] = slug
    if not slug:
        del query["step"]
    return f"{request.path}?{query.urlencode()}" if query else request.path
