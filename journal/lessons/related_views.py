"""The button "Use this lesson" beside a form, which keeps everything that was typed in it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from journal.guide import responses
from journal.guide.flow import Flow
from journal.lessons.threads import use_lesson_for
from journal.people.http import SignedInRequest
from journal.privacy.ownership import OwnedModel


class AtForm(forms.Form):
    """The step that shows a lesson."""

    at = forms.SlugField(required=False)


class UseButton(forms.Form):
    use = forms.UUIDField(required=False)


def on_step(flow: Flow, request: SignedInRequest, row: Any, act: Callable[[], Any]) -> HttpResponse:
    """Does what a lesson's button on a step asks for. The button belongs to the step's form, so
    the step is rendered again with everything typed, and none of that is stored yet."""
    at, steps = AtForm(request.GET), flow.steps_of(row)
    slug = at.cleaned_data["at"] if at.is_valid() else ""
    step = next((one for one in steps if one.slug == slug), None)
    if row.finished_at and not flow.is_open(row):
        return responses.closed(request, row, step)
    address = flow.address(row, step.slug) if step else flow.resume_address(row)
    before = row.version
    if request.method == "POST":
        act()
    if request.method != "POST" or step is None:
        return redirect(address)
    # Hiding raises the version; the version of the posted page decides whether it is out of date.
    data = request.POST.copy()
    if data.get("version") == str(before):
        data["version"] = str(row.version)
    form = step.form(data if "version" in data else None, instance=row, lenient=True)
    form.is_valid()
    return responses.step(flow, request, row, steps, step, form, action=address)


def on_page(request: SignedInRequest, row: OwnedModel) -> None:
    """The same for the form of edit_views.change: the button says "again", so that the page is
    shown again as typed, and names the lesson in its address."""
    form = UseButton(request.GET)
    if request.method == "POST" and form.is_valid() and form.cleaned_data["use"]:
        lesson = get_object_or_404(request.user.lessons.live(), pk=form.cleaned_data["use"])
        use_lesson_for(request.user, lesson, row)
