from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from journal.people.forms import REMINDER_TEXT
from journal.people.http import SignedInRequest
from journal.today.onboarding.steps import BY_SLUG, DONE, LAST, STEPS, Step, arrive, reached


@require_GET
@login_required
def welcome(request: SignedInRequest) -> HttpResponse:
    return redirect(reached(request.user).address)


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def step(request: SignedInRequest, slug: str) -> HttpResponse:
    """Continue, Back and "Save and stop" all save the answers; Skip saves nothing."""
    one = BY_SLUG.get(slug)
    if one is None:
        raise Http404
    if request.method == "GET":
        return page(request, one, one.form(request.user, None))
    do = request.POST.get("do", "")
    leaves = do == "skip" or (one is LAST and do in ("back", "stop"))
    request.user.lock()
    form = None if leaves else one.form(request.user, request.POST)
    if form is not None and not form.is_valid():
        return page(request, one, form)
    if one is LAST and form is not None:
        arrive(request.user, DONE)
        return redirect(form.address)
    if form is not None and not form.save_answers():
        return page(request, one, form, status=409)
    return redirect(next_step_url(request, one, do))


def next_step_url(request: SignedInRequest, one: Step, do: str) -> str:
    if do == "back" and one.before:
        return one.before.address
    if do == "stop":
        messages.success(request, _("Saved. Getting started waits until you carry on."))
        return reverse("today:today")
    following = LAST if do == "last" else one.after
    arrive(request.user, following.slug)
    return following.address


def page(request: SignedInRequest, one: Step, form: object, *, status: int = 200) -> HttpResponse:
    person, at = request.user, one.number
    context = {
        "step": one,
        "form": form,
        "total": len(STEPS),
        "strokes": ["done"] * (at - 1) + ["current"] + [""] * (len(STEPS) - at),
        "words": REMINDER_TEXT,
    }
    if one is LAST:
        context["values"] = list(person.values.active())
    if one is LAST or (form is None and one.slug == "picture"):
        context["latest"] = person.ratings.newest_first().first()
    return render(request, one.template, context, status=status)
