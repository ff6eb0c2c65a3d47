"""Today, its answers, and the five practices."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from journal.guide import pause
from journal.guide.autosave_responses import trigger_saved
from journal.people import clock
from journal.people.http import SignedInRequest, next_url
from journal.reflections.daily.forms import QUESTIONS
from journal.reflections.entries.prompts import selection
from journal.today import day_param
from journal.today.day_param import OpenDays
from journal.today.page import Day
from journal.today.practices import Hub
from journal.today.saving import Kept, open_days_of, save_today


@require_GET
@login_required
def today(request: SignedInRequest) -> HttpResponse:
    open_days = open_days_of(request.user)
    day = day_param.asked(request.GET.get("day"), open_days)
    if day is None:
        return render(request, "today/closed.html", {"open_days": list(open_days)})
    shown = Day(request.user, day, open_days, prompted=request.GET.get("prompt", ""))
    return render(request, "today/today.html", {"day": shown})


@require_POST
@login_required
def another_prompt(request: SignedInRequest) -> HttpResponse:
    """The prompt after the one shown: a partial for HTMX, otherwise a redirect to the page."""
    shown = selection.find(request.user, request.POST.get("prompt", ""))
    found = selection.another(request.user, clock.today(request.user), shown)
    if request.htmx.target == "prompt":
        return render(request, "today/_prompt.html", {"prompt": found, "again": True})
    here = reverse("today:today")
    return redirect(f"{here}?prompt={found.pk}#prompt" if found else here)


@require_POST
@login_required
@transaction.atomic
def check(request: SignedInRequest) -> HttpResponse:
    """Saves one tap, or the whole page without JavaScript."""
    person, open_days = request.user, open_days_of(request.user)
    meant = day_param.meant(request.POST, open_days)
    if meant.day is None:
        return which_day(request, meant, open_days)
    kept = save_today(person, request.POST, meant.day)
    if request.htmx:
        return tapped(request, Day(person, meant.day, open_days), kept)
    if pause.is_asked(request) and not kept.is_whole:
        return pause.page_with_words(request, kept.form, None, request.path, *kept.rows.values())
    if pause.is_asked(request):
        return pause.page(request, Day(person, meant.day, open_days).address)
    if kept.is_whole:
        messages.success(request, _("Saved."))
        return redirect(Day(person, meant.day, open_days).address)
    return render(request, "today/today.html", {"day": Day(person, meant.day, open_days, kept)})


def which_day(
    request: SignedInRequest, meant: day_param.Meant, open_days: OpenDays
) -> HttpResponse:
    """Asks for the day if the page is from an earlier day or its day accepts no answers; stores
    nothing yet and keeps everything typed."""
    now, days = open_days.today, list(open_days)
    if meant.overslept:
        days = [day for day in days if day in (now, meant.asked)]
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "which")
        for value in values
    ]
    context = {"meant": meant, "open_days": days, "today": now, "typed": typed}
    status = 409 if meant.overslept else 200
    if request.htmx:
        response = render(request, "today/_which_toast.html", context, status=status)
        response["HX-Retarget"], response["HX-Reswap"] = "#which-day", "innerHTML"
        return response
    return render(request, "today/which_day.html", context, status=status)


def tapped(request: SignedInRequest, day: Day, kept: Kept) -> HttpResponse:
    """The partial for the tap's target, with out-of-band updates for the rest of the page."""
    target = request.htmx.target
    context = {"day": day, "kept": kept}
    for name in QUESTIONS:
        if target in (f"said-{name}", f"ask-{name}"):
            context |= {
                "name": name,
                "undo": kept.before.get(name),
                "error": kept.form.errors.get(name),
            }
            context["again"] = target == f"ask-{name}"
            return answered(request, context, is_saved=not context["error"])
    for due in day.due:
        key = due.promise.pk
        if target in (f"said-{key}", f"due-{key}"):
            form = kept.rows.get(key)
            context |= {"due": due, "form": form if form and form.errors else None}
            before = kept.rows_before.get(key)  # one tap cannot undo a note alone
            stands = (due.checkin.status, due.checkin.excuse)
            context["undo"] = before if before != stands else None
            # The details of an answer stay open while the person fills them in.
            context["first_tap"] = not {f"{key}-excuse", f"{key}-note"} & request.POST.keys()
            context["again"] = target == f"due-{key}"
            return answered(request, context, is_saved=not context["form"])
    # The page is older than the promise's terms: reload it.
    response = HttpResponse(status=204)
    response["HX-Redirect"] = day.address
    return response


def answered(request: SignedInRequest, context: dict[str, Any], *, is_saved: bool) -> HttpResponse:
    return trigger_saved(render(request, "today/_answer.html", context), is_saved=is_saved)


@require_POST
@login_required
@transaction.atomic
def let_visit_go(request: SignedInRequest, pk: UUID) -> HttpResponse:
    get_object_or_404(request.user.daily_checks.select_for_update(), pk=pk).let_visit_go()
    messages.success(request, _("Let go."))
    return redirect(next_url(request, reverse("today:today")))


@require_GET
@login_required
def practices(request: SignedInRequest) -> HttpResponse:
    return render(request, "today/practices.html", {"hub": Hub(request.user)})
