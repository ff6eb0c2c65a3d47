"""The page of an offer about the person: a link to where it is taken, and two ways to skip it."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from journal.people import clock
from journal.people.http import SignedInRequest
from journal.today.offers import ABOUT_THE_PERSON

DAY, WEEK = timedelta(days=1), timedelta(days=7)


@require_GET
@login_required
def offer(request: SignedInRequest, kind: str) -> HttpResponse:
    if kind not in ABOUT_THE_PERSON:
        raise Http404
    context = {"about": ABOUT_THE_PERSON[kind], "kind": kind}
    return render(request, "today/offer.html", context)


@require_POST
@login_required
@transaction.atomic
def decline(request: SignedInRequest, kind: str) -> HttpResponse:
    """ "Not now": nothing is offered for a week. "Don't ask again": nothing until tomorrow,
    and this never; its own page stays where it is. What comes once a quarter is opened from here,
    which puts offers off for a week, too."""
    if kind not in ABOUT_THE_PERSON:
        raise Http404
    person, do = request.user, request.POST.get("do")
    is_for_good = do == "never"
    if is_for_good:
        person.lock()
        person.refresh_from_db(fields=["declined_offers"])
        person.decline_offer(kind)
    person.put_off_offers(clock.today(person) + (DAY if is_for_good else WEEK))
    return redirect(ABOUT_THE_PERSON[kind].page if do == "open" else "today:today")
