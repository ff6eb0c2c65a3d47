import hashlib
from itertools import chain

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from journal.access_tokens.middleware import TokenRequest
from journal.access_tokens.models import AccessToken
from journal.calendar_feed import address, events
from journal.calendar_feed.forms import CalendarForm, ShownForm
from journal.calendar_feed.recurring import recurring
from journal.people import clock
from journal.people.http import SignedInRequest
from journal.reminders import wording
from journal.reminders.models import preference_of
from journal.reminders.views import origin

HEADERS = {
    "Content-Disposition": 'inline; filename="calendar.ics"',
    # A program may keep it, and asks before each use; nothing between it and here keeps a copy.
    "Cache-Control": "private, no-cache",
}


@require_GET
def feed(request: TokenRequest, token: str) -> HttpResponseBase:
    """The calendar, for whoever has its address. It ends while the account waits for deletion."""
    if request.access_token is None or request.access_token.owner.deletion_due_at:
        raise Http404
    request.access_token.note_use(address.LASTS)
    return _conditional(request, request.access_token)


def _conditional(request: HttpRequest, token: AccessToken) -> HttpResponseBase:
    """Answers 304 by the ETag only: a date cannot say that something has left the calendar."""
    from journal.calendar_feed import document  # icalendar takes a second and ten megabytes

    person, today = token.owner, clock.today(token.owner)
    preference = preference_of(person)
    again = recurring(person, preference, token.created_at)
    found = list(chain(events.dated(person, today), again))
    body = document.render(
        found,
        name=wording.sender(preference),
        zone=clock.zone_of(person),
        today=today,
        origin=origin(request) if token.subject == address.TITLES else None,
    )
    etag = f'"{hashlib.sha256(body).hexdigest()}"'
    latest = max(event.changed_at for event in found)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=HEADERS)
    response["ETag"], response["Last-Modified"] = etag, http_date(latest.timestamp())
    answer = get_conditional_response(request, etag=etag, response=response)
    return answer or response


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def calendar(request: SignedInRequest) -> HttpResponse:
    """The address of the calendar, and whether it shows titles."""
    person = request.user
    if request.method == "POST":
        person.lock()
        form = CalendarForm(request.POST)
        form.is_valid()  # a box is ticked or not
        address.make(person, titles=form.cleaned_data["titles"])
        messages.success(request, _("Saved."))
        return redirect("calendar_feed:settings")
    token = address.token_of(person)
    titles = token is not None and token.subject == address.TITLES
    context = {
        "token": token,
        "address": origin(request) + token.path if token else "",
        "form": CalendarForm(initial={"titles": titles}),
        "name": wording.sender(preference_of(person)),
    }
    return render(request, "calendar_feed/calendar.html", context)


@require_POST
@login_required
@transaction.atomic
def change(request: SignedInRequest) -> HttpResponse:
    """Replaces the address; the old one ends."""
    request.user.lock()
    if _is_shown(request):
        address.change(request.user)
        messages.success(request, _("This is the new address. The old one has ended."))
    return redirect("calendar_feed:settings")


@require_POST
@login_required
@transaction.atomic
def end(request: SignedInRequest) -> HttpResponse:
    request.user.lock()
    if _is_shown(request):
        address.end(request.user)
        messages.success(request, _("The calendar is off, and its address has ended."))
    return redirect("calendar_feed:settings")


def _is_shown(request: SignedInRequest) -> bool:
    """Whether the page showed the address that works now; says so if it did not."""
    form, token = ShownForm(request.POST), address.token_of(request.user)
    if form.is_valid() and token and form.cleaned_data["shown"] == token.pk:
        return True
    messages.info(request, _("That page was out of date, so nothing was changed."))
    return False
