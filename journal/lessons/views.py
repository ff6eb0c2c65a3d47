"""The list, a lesson, its form, and the answer to a return."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from journal.guide.edit_views import pausing
from journal.guide.new_row import redirect_to_row
from journal.lessons import queries, threads
from journal.lessons.forms import CLEAR, AnswerForm, AreaForm, LessonForm, StartForm
from journal.lessons.models import Lesson
from journal.lessons.starters import STARTERS
from journal.people import clock
from journal.people.areas import Area
from journal.people.http import SignedInRequest, next_url
from journal.people.pagination import first_page
from journal.privacy.batched_queries import fetch_batched

State = Lesson.State


@require_GET
@login_required
def lessons(request: SignedInRequest) -> HttpResponse:
    person, today = request.user, clock.today(request.user)
    every, due, past = fetch_batched(
        person, today, queries.by_next_return, queries.coming_back, queries.past_uses
    )
    area = AreaForm(request.GET).area_asked_for()
    ties = threads.links_of_each(person, every)
    by_state: dict[str, list[tuple[Lesson, threads.Links]]] = {state: [] for state in State.values}
    for lesson in every:
        if not area or area in lesson.areas:
            by_state[lesson.state].append((lesson, ties[lesson.pk]))
    used = {one for lesson in every for one in lesson.areas}
    context: dict[str, Any] = {
        **by_state,
        "any": bool(every),
        "area": Area(area) if area else None,
        "areas": [one for one in Area if one.value in used],
        "todays": queries.lesson_of_day(due, today),
        "past": next(iter(past), {}),
    }
    return render(request, "lessons/lessons.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def new(request: SignedInRequest) -> HttpResponse:
    person, status = request.user, 200
    start = StartForm(request.GET)
    asked: dict[str, Any] = start.cleaned_data if start.is_valid() else {}
    source = learned_from(request, asked)
    lesson = Lesson.new_for(person, asked.get("from_kind") or "")
    moved = redirect_to_row(request, lesson, lambda row: reverse("lessons:edit", args=[row.pk]))
    if moved:
        return moved
    form = LessonForm(request.POST or None, instance=lesson, initial=starting_point(asked))
    context = {"starters": enumerate(STARTERS, start=1), "first": lesson.next_due}
    paused = pausing(request, form, "lessons/new.html", context)
    if paused:
        return paused
    if request.method == "POST" and form.is_valid():
        kept = form.insert()
        if kept:
            if source:
                threads.tie(person, source, kept)
            messages.success(request, _("Lesson saved. It comes back in three days."))
            return redirect(kept)
        status = 409
    return render(request, "lessons/new.html", {**context, "form": form}, status=status)


def learned_from(request: SignedInRequest, asked: dict[str, Any]) -> Any:
    """The person's own row that `from_kind` and `from_id` name, if they name one."""
    if not asked.get("from_kind") or not asked.get("from_id"):
        return None
    row = threads.find_linked(request.user, asked["from_kind"], asked["from_id"])
    if row is None:
        raise Http404
    return row


def starting_point(asked: dict[str, Any]) -> dict[str, Any]:
    if not asked.get("start"):
        return {}
    starter = STARTERS[asked["start"] - 1]
    return {
        "if_situation": str(starter.if_situation),
        "then_action": str(starter.then_action),
        "areas": list(starter.areas),
    }


@require_GET
@login_required
def lesson(request: SignedInRequest, pk: UUID) -> HttpResponse:
    person = request.user
    one = get_object_or_404(person.lessons.live().with_uses(), pk=pk)
    uses = first_page(one.uses.latest_first())
    used_for = threads.resolve(person, {use.linked for use in uses.rows if use.linked})
    context = {
        "lesson": one,
        "uses": [(use, used_for.get(use.linked) if use.linked else None) for use in uses.rows],
        "older_uses": uses.last,
        "returns": first_page(one.returns.order_by("-returned_on")),
        "threads": threads.links_of(person, one),
    }
    return render(request, "lessons/lesson.html", context)


def own_lesson(request: SignedInRequest, pk: UUID) -> Lesson:
    """The person's own lesson; locked for a POST."""
    rows = request.user.lessons.live()
    return get_object_or_404(rows.select_for_update() if request.method == "POST" else rows, pk=pk)


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def edit(request: SignedInRequest, pk: UUID) -> HttpResponse:
    one = own_lesson(request, pk)
    form, status = LessonForm(request.POST or None, instance=one), 200
    paused = pausing(request, form, "lessons/edit.html", {"lesson": one})
    if paused:
        return paused
    if request.method == "POST" and form.is_valid():
        if not form.collides():
            one.looked_at_on = clock.today(request.user)
            one.save(update_fields=[*form.step_fields, "looked_at_on"])
            messages.success(request, _("Saved."))
            return redirect(one)
        status = 409
        form.changed_elsewhere(
            _("This was changed somewhere else in the meantime. Save again to use your version.")
        )
    context = {"form": form, "lesson": one}
    return render(request, "lessons/edit.html", context, status=status)


@require_POST
@login_required
@transaction.atomic
def come_back(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Stores the answer to today's lesson: useful, it came up, or forgot."""
    rows = request.user.lessons.returning().select_for_update()
    one = get_object_or_404(rows, pk=pk)
    form = AnswerForm(request.POST, lesson=one)
    if not form.is_valid():
        messages.info(request, _("Choose one of the three answers for today’s lesson."))
    elif form.cleaned_data["answer"] == CLEAR:
        one.take_back(form.cleaned_data["returned_on"])
    elif not one.answer(form.cleaned_data["returned_on"], form.cleaned_data["answer"]):
        messages.info(request, _("This lesson isn’t due today. One a day is enough."))
    if request.htmx.target == "todays-lesson":
        todays = queries.lesson_due(request.user, clock.today(request.user))
        context = {"todays": todays, "back": next_url(request, ""), "saved": form.is_valid()}
        return render(request, "lessons/_today.html", context)
    return redirect(next_url(request, one.get_absolute_url()))


@require_POST
@login_required
@transaction.atomic
def leave_unchanged(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """ "Would other words fit better?" answered with "keep": only the question goes away."""
    one = own_lesson(request, pk)
    one.leave_unchanged()
    messages.success(request, _("Kept as it is."))
    return redirect(one)


@require_POST
@login_required
@transaction.atomic
def retire(request: SignedInRequest, pk: UUID) -> HttpResponse:
    one = own_lesson(request, pk)
    one.retire()
    messages.success(
        request, _("Lesson archived. It won’t come back unless you make it active again.")
    )
    return redirect(one)


@require_POST
@login_required
@transaction.atomic
def take_up(request: SignedInRequest, pk: UUID) -> HttpResponse:
    one = own_lesson(request, pk)
    one.take_up()
    messages.success(request, _("Active again. It comes back in three days."))
    return redirect(one)


@require_POST
@login_required
@transaction.atomic
def delete(request: SignedInRequest, pk: UUID) -> HttpResponse:
    get_object_or_404(request.user.lessons.select_for_update(), pk=pk).trash()
    messages.success(request, _("Moved to bin."), extra_tags=reverse("lessons:restore", args=[pk]))
    return redirect("lessons:list")


@require_POST
@login_required
@transaction.atomic
def restore(request: SignedInRequest, pk: UUID) -> HttpResponse:
    one = get_object_or_404(request.user.lessons.select_for_update(), pk=pk)
    one.restore()
    messages.success(request, _("Lesson restored."))
    return redirect(one)
