"""A use of a lesson: recorded by hand, completed later, corrected, deleted."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from journal.guide.edit_views import pausing
from journal.guide.new_row import redirect_to_row
from journal.lessons.forms import ResultForm, UseForm
from journal.lessons.models import LessonUse
from journal.people import clock
from journal.people.http import SignedInRequest, next_url


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def used(request: SignedInRequest, pk: UUID) -> HttpResponse:
    person, status = request.user, 200
    lesson = get_object_or_404(person.lessons.live(), pk=pk)
    use = LessonUse(owner=person, lesson=lesson, used_on=clock.today(person))
    moved = redirect_to_row(request, use, lambda row: reverse("lessons:use", args=[row.pk]))
    if moved:
        return moved
    form = UseForm(request.POST or None, instance=use)
    paused = pausing(request, form, "lessons/use.html", {"lesson": lesson})
    if paused:
        return paused
    if request.method == "POST" and form.is_valid():
        if form.insert():
            messages.success(request, _("Saved."))
            return redirect(lesson)
        status = 409
    return page(request, form, lesson=lesson, status=status)


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def use(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Records whether it helped, for a use next to another row; or corrects an earlier answer."""
    rows = request.user.lessonuses.of_live_lessons().select_related("lesson")
    if request.method == "POST":
        rows = rows.select_for_update(of=("self",))
    one = get_object_or_404(rows, pk=pk)
    form, status = UseForm(request.POST or None, instance=one), 200
    paused = pausing(request, form, "lessons/use.html", {"lesson": one.lesson, "use": one})
    if paused:
        return paused
    if request.method == "POST" and form.is_valid():
        if not form.collides():
            one.save(update_fields=form.step_fields)
            messages.success(request, _("Saved."))
            return redirect(one.lesson)
        status = 409
        form.changed_elsewhere(
            _("This was changed somewhere else in the meantime. Save again to use your version.")
        )
    return page(request, form, lesson=one.lesson, use=one, status=status)


def page(request: SignedInRequest, form: UseForm, *, status: int, **more: Any) -> HttpResponse:
    return render(request, "lessons/use.html", {"form": form, **more}, status=status)


@require_POST
@login_required
@transaction.atomic
def answer(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """One tap beside another row: whether it helped. A use that has an answer keeps it."""
    rows = request.user.lessonuses.of_live_lessons().select_for_update(of=("self",))
    one = get_object_or_404(rows.select_related("lesson"), pk=pk)
    form = ResultForm(request.POST)
    if form.is_valid():
        if not one.result:
            one.result = form.cleaned_data["result"]
            one.save(update_fields=["result"])
        messages.success(request, _("Saved."))
    else:
        messages.info(request, _("Choose how it went."))
    return redirect(next_url(request, one.lesson.get_absolute_url()))


@require_POST
@login_required
@transaction.atomic
def delete(request: SignedInRequest, pk: UUID) -> HttpResponse:
    rows = request.user.lessonuses.select_related("lesson").select_for_update(of=("self",))
    one = get_object_or_404(rows, pk=pk)
    one.trash()
    messages.success(request, _("Removed."), extra_tags=reverse("lessons:restore-use", args=[pk]))
    return redirect(one.lesson)


@require_POST
@login_required
@transaction.atomic
def restore(request: SignedInRequest, pk: UUID) -> HttpResponse:
    rows = request.user.lessonuses.select_related("lesson").select_for_update(of=("self",))
    one = get_object_or_404(rows, pk=pk)
    one.restore()
    messages.success(request, _("Restored."))
    return redirect(one.lesson)
