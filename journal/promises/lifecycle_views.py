"""Views that shrink, pause, resume, retire or keep a promise, and excuse several days at once."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from journal.guide import pause as pausing
from journal.guide.edit_views import change
from journal.lessons import related_views
from journal.people import clock
from journal.people.http import SignedInRequest, next_url
from journal.promises import history
from journal.promises.experiments import is_comparing
from journal.promises.forms import (
    ExcuseForm,
    PauseForm,
    RenegotiateForm,
    RetireForm,
    TakeBackForm,
)
from journal.promises.history import PromiseHistory
from journal.promises.models import Promise
from journal.promises.steps import with_lessons
from journal.promises.views import get_locked_promise

State = Promise.State
OPEN_STATES = (State.ACTIVE, State.PAUSED)


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def renegotiate(request: SignedInRequest, pk: UUID) -> HttpResponse:
    record = open_one(request, pk)
    related_views.on_page(request, record.promise)
    context = {"record": record, "from_day": record.promise.changes_from()}
    context |= {**with_lessons(record.promise), "comparing": is_comparing(record)}
    template = "promises/renegotiate.html"
    found = change(request, record.promise, RenegotiateForm, template, **context)
    if isinstance(found, HttpResponse):
        return found
    record.promise.renegotiate(found.cleaned_data["reason"])
    messages.success(request, _("Saved. What you recorded before stays as it was."))
    return redirect(record.promise)


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def pause(request: SignedInRequest, pk: UUID) -> HttpResponse:
    record = open_one(request, pk)
    found = change(request, record.promise, PauseForm, "promises/pause.html", record=record)
    if isinstance(found, HttpResponse):
        return found
    record.promise.pause(found.cleaned_data["pause_reason"], found.cleaned_data["resume_on"])
    messages.success(request, _("Paused. Nothing is due until you start again."))
    return redirect(record.promise)


@require_POST
@login_required
@transaction.atomic
def resume(request: SignedInRequest, pk: UUID) -> HttpResponse:
    record = open_one(request, pk)
    record.promise.resume()
    messages.success(request, _("Active again from today."))
    return redirect(record.promise)


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def retire(request: SignedInRequest, pk: UUID) -> HttpResponse:
    record = open_one(request, pk)
    context = {"record": record, "comparing": is_comparing(record)}
    found = change(request, record.promise, RetireForm, "promises/retire.html", **context)
    if isinstance(found, HttpResponse):
        return found
    record.promise.retire(found.cleaned_data["retire_reason"])
    undo = reverse("promises:renew", args=[pk])
    messages.success(request, _("Let go. Everything you recorded stays."), extra_tags=undo)
    return redirect("promises:list")


@require_POST
@login_required
@transaction.atomic
def renew(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Takes up a promise that was let go, as the way back from a wrong tap or months later."""
    record = get_locked_promise(request, pk)
    if record.promise.state not in (*OPEN_STATES, State.RETIRED):
        raise Http404
    record.promise.renew()
    messages.success(request, _("Active again from today."))
    return redirect(record.promise)


@require_POST
@login_required
@transaction.atomic
def leave_unchanged(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """ "Make it smaller or pause it?" answered with "keep": only the question goes away."""
    record = open_one(request, pk)
    record.promise.leave_unchanged()
    messages.success(request, _("Kept as it is."))
    return redirect(record.promise)


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def excuse(request: SignedInRequest, pk: UUID | None = None) -> HttpResponse:
    """Excuses several days at once, for one promise or for all of them."""
    person, taking_back = request.user, request.POST.get("do") == "take-back"
    if pk:
        records = [open_one(request, pk)]
    else:
        rows = person.promises.active().order_by("id")
        if request.method == "POST":
            list(rows.select_for_update())  # in one order, so two such requests cannot deadlock
        records = history.histories(person, rows)
    today = clock.today(person)
    initial: dict[str, Any] = {"from_on": today, "until_on": today}
    sent = None if pausing.comes_back(request) or taking_back else request.POST or None
    initial |= request.POST.dict() if sent is None and not taking_back else {}
    form = ExcuseForm(sent, initial=initial, person=person, records=records)
    if pausing.is_asked(request):
        return pausing.page_with_words(request, form, None, request.path)
    back = TakeBackForm(request.POST if taking_back else None, records=records)
    home = records[0].promise.get_absolute_url() if pk else reverse("promises:list")
    if taking_back and back.is_valid():
        back.save()
        messages.success(request, _("Taken back. These days count again."))
        return redirect(next_url(request, home))
    if request.method == "POST" and form.is_valid():
        count = form.save()
        text = ngettext(
            "Life happened: %(n)s day set aside.", "Life happened: %(n)s days set aside.", count
        )
        messages.success(request, text % {"n": count})
        return redirect(next_url(request, home))
    context = {"form": form, "back": back, "promise": records[0].promise if pk else None}
    return render(request, "promises/excuse.html", context)


def open_one(request: SignedInRequest, pk: UUID) -> PromiseHistory:
    """Reads a promise whose terms can still change. An ended promise gets a 404."""
    record = get_locked_promise(request, pk)
    if record.promise.state not in OPEN_STATES:
        raise Http404
    return record
