from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from journal.insights import each, page
from journal.insights.grown import build_page as build_grown
from journal.insights.periods import BY_SLUG, LENGTHS, Period
from journal.insights.quarters import Quarter
from journal.people import clock
from journal.people.csv_export import csv_response
from journal.people.http import SignedInRequest


def period_of(request: SignedInRequest) -> Period:
    """The period that the address names; an unknown name counts as 28 days."""
    length = BY_SLUG.get(request.GET.get("window", ""), LENGTHS[0])
    return Period(length, clock.today(request.user))


@require_GET
@login_required
def insights(request: SignedInRequest) -> HttpResponse:
    """A person who asked for words instead of numbers sees numbers only on request."""
    period = period_of(request)
    hidden = bool(request.user.numbers_hidden_since) and request.GET.get("numbers") != "show"
    context = {"page": page.build_page(request.user, period), "period": period, "hidden": hidden}
    return render(request, "insights/insights.html", context)


@require_GET
@login_required
def how_sure(request: SignedInRequest) -> HttpResponse:
    """How sure the person was of promises and predictions, in a year, and each one of them."""
    period = Period(LENGTHS[-1], clock.today(request.user))
    hidden = bool(request.user.numbers_hidden_since) and request.GET.get("numbers") != "show"
    context = {"page": each.build_page(request.user, period), "period": period, "hidden": hidden}
    return render(request, "insights/how_sure.html", context)


@require_GET
@login_required
def grown(request: SignedInRequest) -> HttpResponse:
    """Five reasons to trust oneself, with what a quarter's record holds for each."""
    today = clock.today(request.user)
    quarter = Quarter.named(request.GET.get("quarter", ""), today)
    hidden = bool(request.user.numbers_hidden_since) and request.GET.get("numbers") != "show"
    page = build_grown(request.user, quarter)
    context = {"page": page, "quarter": quarter, "hidden": hidden, "today": today}
    return render(request, "insights/grown.html", context)


@require_GET
@login_required
def csv(request: SignedInRequest) -> HttpResponse:
    """The page's figures, in a file."""
    period = period_of(request)
    heads = (_("Measure"), _("Table"), _("Row"), _("Figure"), pgettext("number", "Value"))
    about = [
        (pgettext("period", "Time"), "", _("From"), "", period.first),
        (pgettext("period", "Time"), "", _("Until"), "", period.last),
    ]
    rows = [heads, *about, *page.build_page(request.user, period).lines()]
    return csv_response(rows, f"selftrust-figures-{period.last}.csv")
