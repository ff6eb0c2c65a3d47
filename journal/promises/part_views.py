"""What a promise may lack, each on a page of its own: Today asks once it helps, and the promise's
page links to it at any time."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from journal.guide.edit_views import change
from journal.guide.steps import StepForm
from journal.people import clock
from journal.people.http import SignedInRequest, next_url
from journal.promises import suggestions
from journal.promises.experiments import is_comparing
from journal.promises.lifecycle_views import open_one
from journal.promises.models import Part, Promise
from journal.promises.step_forms import IfThenForm, ObstacleForm, SmallestForm, SpareDaysForm

FORMS: dict[str, type[StepForm]] = {
    Part.SMALLEST: SmallestForm,
    Part.MOMENT: IfThenForm,
    Part.OBSTACLE: ObstacleForm,
    Part.DAYS_OFF: SpareDaysForm,
}
HINTS = {
    Part.SMALLEST: gettext_lazy("Two minutes or less. It counts in full."),
    Part.MOMENT: gettext_lazy("Tie it to something that happens anyway."),
    Part.OBSTACLE: gettext_lazy("Plan for the likely one."),
    Part.DAYS_OFF: gettext_lazy("Planned days off make it easier to continue."),
}
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def add(request: SignedInRequest, pk: UUID, part: str) -> HttpResponse:
    record, form_class = open_one(request, pk), form_of(part)
    promise = record.promise
    home = next_url(request, record.address)
    context = {
        "record": record,
        "part": Part(part),
        "hint": HINTS[Part(part)],
        "next": home,
        "comparing": is_comparing(record),
        "small": suggestions.small_version(promise.statement) if part == Part.SMALLEST else "",
        "moments": suggestions.MOMENTS.values() if part == Part.MOMENT else (),
    }
    found = change(request, promise, form_class, "promises/add.html", **context)
    if isinstance(found, HttpResponse):
        return found
    if set(found.step_fields) <= set(Promise.RENEGOTIABLE):
        promise.renegotiate()
    else:
        promise.save(update_fields=found.step_fields)
    request.user.put_off_offers(clock.today(request.user) + DAY)
    messages.success(request, _("Saved."))
    return redirect(home)


@require_POST
@login_required
@transaction.atomic
def decline(request: SignedInRequest, pk: UUID, part: str) -> HttpResponse:
    """ "Not now": Today offers nothing for a week. "Don't ask again": nothing until tomorrow, and
    this never; the promise's own page still has it."""
    record, _form = open_one(request, pk), form_of(part)
    promise, is_for_good = record.promise, request.POST.get("do") == "never"
    if is_for_good and part not in promise.declined_parts:
        promise.declined_parts = [*promise.declined_parts, part]
        promise.save(update_fields=["declined_parts"])
    request.user.put_off_offers(clock.today(request.user) + (DAY if is_for_good else WEEK))
    return redirect(next_url(request, record.address))


def form_of(part: str) -> type[StepForm]:
    if part not in FORMS:
        raise Http404
    return FORMS[part]
