"""Today and what it can be, its answers, and the five practices."""

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
from django_htmx.http import HttpResponseClientRedirect

from journal.guide.autosave_responses import trigger_saved
from journal.people.http import SignedInRequest, next_url
from journal.promises import today_query
from journal.reflections.daily.forms import QUESTIONS
from journal.reflections.daily.models import DailyCheck
from journal.today import day_param, visits
from journal.today.closing import Closing
from journal.today.day_param import OpenDays
from journal.today.onboarding.views import strokes
from journal.today.page import ALL, Day
from journal.today.practices import Hub
from journal.today.saving import Kept, day_of_row, open_days_of, save_today
from journal.today.welcome_back import WelcomeBackForm

DONE, RECORD = "done", "record"  # the buttons that close a day; RECORD is the first promise's


@require_GET
@login_required
def today(request: SignedInRequest) -> HttpResponse:
    open_days = open_days_of(request.user)
    day = day_param.asked(request.GET.get("day"), open_days)
    if day is None:
        return render(request, "today/closed.html", {"open_days": list(open_days)})
    if request.htmx.target == "week":  # a moment after the last answer
        return render(request, "today/_week.html", {"day": Day(request.user, day, open_days)})
    visit = visits.number_of(request, open_days.today)
    shown = Day(
        request.user,
        day,
        open_days,
        is_third_visit=visit == visits.THIRD,
        shows_all=ALL in request.GET,
    )
    response = _page_of(request, shown)
    if visit != visits.THIRD or shown.offers_to_install:
        visits.remember(response, open_days.today, visit)
    return response


def _page_of(request: SignedInRequest, shown: Day) -> HttpResponse:
    if shown.is_closed and not shown.shows_all and "change" not in request.GET:
        return render(request, "today/done.html", {"closing": Closing(shown)})
    if shown.away:
        return render(request, "today/away.html", {"away": shown.away})
    return page(request, shown)


def page(request: SignedInRequest, day: Day, **context: Any) -> HttpResponse:
    """The ordinary day, or the third page of the start."""
    if day.is_first_promise:
        return render(request, "today/start.html", {"day": day, "strokes": strokes(3), **context})
    return render(request, "today/today.html", {"day": day, **context})


@require_POST
@login_required
@transaction.atomic
def check(request: SignedInRequest) -> HttpResponse:
    """Saves one tap, or the whole page without JavaScript, and closes the day if asked to."""
    person, open_days = request.user, open_days_of(request.user)
    meant = day_param.meant(request.POST, open_days)
    if meant.day is None:
        return which_day(request, meant, open_days)
    kept, do = save_today(person, request.POST, meant.day), request.POST.get("do")
    shown = Day(person, meant.day, open_days, kept)
    if kept.is_whole and do == RECORD and not any(due.checkin.status for due in shown.due):
        return page(request, shown, is_unanswered=True)
    if kept.is_whole and do in (DONE, RECORD):
        DailyCheck.close(person, meant.day)
    elif request.htmx:
        return tapped(request, shown, kept)
    elif not kept.is_whole:
        return page(request, shown)
    if do == ALL:
        return redirect(shown.address_of_all)
    if not (shown.is_today and do in (DONE, RECORD)):
        messages.success(request, _("Saved."))
    return HttpResponseClientRedirect(shown.address) if request.htmx else redirect(shown.address)


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
    """The partial for the tap's target and what is said about it. One promise is read and drawn;
    the week asks for itself when no answer has come for a moment ("today/_week.html")."""
    target = request.htmx.target or ""
    about, _separator, key = target.partition("-")
    again = about in ("ask", "due")
    context: dict[str, Any] = {"day": day, "kept": kept, "again": again}
    if key in QUESTIONS:
        error = kept.form.errors.get(key)
        context |= {"name": key, "undo": kept.before.get(key), "error": error}
        return answered(request, context, is_saved=not error)
    row = day_of_row(key, day.day)
    due = today_query.due_of(day.person, row[:1], row[1]).get(row[0]) if row else None
    if due is None or not due.record.is_asked_on(due.day):
        # The page is older than the promise's terms: reload it.
        return HttpResponseClientRedirect(day.address, status=204)
    form = kept.rows.get(key)
    before = kept.rows_before.get(key)  # one tap cannot undo a note alone
    stands = (due.checkin.status, due.checkin.excuse)
    context |= {
        "due": due,
        "key": key,
        "form": form if form and form.errors else None,
        "undo": before if before != stands else None,
        # The details of an answer stay open while the person fills them in.
        "first_tap": not {f"{key}-excuse", f"{key}-note"} & request.POST.keys(),
    }
    response = answered(request, context, is_saved=not context["form"])
    response["HX-Trigger-After-Settle"] = "answered"
    return response


def answered(request: SignedInRequest, context: dict[str, Any], *, is_saved: bool) -> HttpResponse:
    return trigger_saved(render(request, "today/_answer.html", context), is_saved=is_saved)


@require_POST
@login_required
@transaction.atomic
def come_back(request: SignedInRequest) -> HttpResponse:
    """The answer to the welcome after a gap; a second one, of another tab, changes nothing."""
    request.user.lock()
    open_days = open_days_of(request.user)
    away = Day(request.user, open_days.today, open_days).away
    if away is None:
        return redirect("today:today")
    only_look = request.POST.get("do") == "look"
    form = WelcomeBackForm(request.POST, away=away, only_look=only_look)
    if not form.is_valid():
        return render(request, "today/away.html", {"away": away, "form": form})
    form.save(open_days.today)
    return redirect("today:today")


@require_POST
@login_required
@transaction.atomic
def dismiss_visit(request: SignedInRequest, pk: UUID) -> HttpResponse:
    get_object_or_404(request.user.daily_checks, pk=pk).dismiss_visits()
    messages.success(request, _("Dismissed."))
    return redirect(next_url(request, reverse("today:practices")))


@require_POST
@login_required
def another_prompt(request: SignedInRequest) -> HttpResponse:
    """An old address: prompts are changed where they are written about."""
    return redirect("prompts:another")


@require_GET
@login_required
def practices(request: SignedInRequest) -> HttpResponse:
    return render(request, "today/practices.html", {"hub": Hub(request.user)})
