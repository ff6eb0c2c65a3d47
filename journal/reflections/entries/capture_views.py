"""Quick note: one field, into the journal of today, to be sorted later or never.

It is also the share target of the installed app (journal/web_app/manifest.py). The browser posts
there what another app shares, so that address has no CSRF token: it writes nothing, and shows the
text in a form. Only Save stores it, from that form, like any other. Photos that are shared wait in
the service worker (static/worker/share.js), which leads to the form with `photos` in its address;
after Save, the page of the entry adds them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Self
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from journal.guide.new_row import redirect_to_row
from journal.people import clock, resubmit
from journal.people.http import SignedInRequest, next_url
from journal.people.rate_limits import limited
from journal.privacy.ownership import uuid7
from journal.reflections.entries.forms import CaptureForm
from journal.reflections.entries.models import Entry

SHOWN = 10
NOT_ANOTHER_SITE = {"none", "same-origin", ""}  # as Sec-Fetch-Site says; old browsers don't


class AddressForm(forms.Form):
    """What an address says besides the id: which of the shared texts its page holds, so that the
    browser keeps the copies of two such texts apart (js/autosave.js), and whether photos came with
    it."""

    shared = forms.UUIDField(required=False)
    photos = forms.BooleanField(required=False)


@dataclass(frozen=True)
class Shared:
    """What the page of a quick note holds, as its address says."""

    id: UUID | None = None
    photos: bool = False
    names: tuple[str, ...] = ()  # of photos that came without the service worker, and are not kept

    @classmethod
    def from_address(cls, request: SignedInRequest) -> Self:
        form = AddressForm(request.GET)
        if not form.is_valid():
            return cls()
        return cls(form.cleaned_data["shared"], form.cleaned_data["photos"])

    @property
    def address(self) -> str:
        return reverse("capture:note") + self._query

    @property
    def split_address(self) -> str:
        """Where a note goes that is too long for one entry."""
        return reverse("entries:write") + self._query

    @property
    def _query(self) -> str:
        query = {"shared": self.id, "photos": self.photos and 1}
        said = urlencode({name: value for name, value in query.items() if value})
        return f"?{said}" if said else ""

    def page_of_photos(self, entry: Entry) -> str:
        """Where the photos that wait for the entry are added; empty if there are none."""
        edit = reverse("entries:edit", args=[entry.pk])
        return f"{edit}?shared={self.id}" if self.photos and self.id else ""


def keeps_other_sites_out(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of another site could post its own words and photos to the service worker, which sends
    the browser on to this address. `Sec-Fetch-Site` still tells where that began."""

    @wraps(view)
    def checked(request: SignedInRequest) -> HttpResponse:
        if "photos" in request.GET and _is_from_another_site(request):
            raise PermissionDenied
        return view(request)

    return checked


@require_http_methods(["GET", "POST"])
@keeps_other_sites_out
@login_required
def capture(request: SignedInRequest) -> HttpResponse:
    entry = _new_note(request)
    if request.method == "GET":
        moved = redirect_to_row(
            request, entry, lambda stored: reverse("entries:edit", args=[stored.pk])
        )
        return moved or _page(request, CaptureForm(instance=entry))
    form = CaptureForm(request.POST, instance=entry)
    if not form.is_valid():
        return _page(request, form)
    if not form.insert():
        return _page(request, form, status=409)
    messages.success(request, _("Saved %(time)s") % {"time": f"{timezone.localtime():%H:%M}"})
    photos = Shared.from_address(request).page_of_photos(form.instance)
    return redirect(photos or "capture:note")


@require_http_methods(["GET", "POST"])
@resubmit.fills_form
@csrf_exempt
@limited("share")
def share(request: SignedInRequest) -> HttpResponse:
    """The text in the form of a quick note; nothing is stored. Without a session it waits in the
    sign-in page, unless it comes from a page of another site, which could put its own words there:
    such a request has no session cookie (SameSite).

    Photos arrive here only from a browser without the service worker. They are not kept
    (shared_photos.py), and the page names them."""
    if request.method == "GET":
        return redirect("capture:note")
    names = tuple(str(file.name) for file in request.FILES.getlist("photos"))
    shared = Shared(uuid7(), bool(names) or "photos" in request.POST, names)
    if request.user.is_anonymous:
        if _is_from_another_site(request):
            raise PermissionDenied
        if not resubmit.words(request):
            return redirect_to_login(shared.address)
        return resubmit.page_to_sign_in(request)
    body = _shared_text(request.POST)
    entry = _new_note(request)
    return _page(request, CaptureForm(instance=entry, initial={"body": body}), shared)


@require_POST
@login_required
def mark_sorted(request: SignedInRequest, pk: UUID) -> HttpResponse:
    entry = get_object_or_404(request.user.entries.live().select_for_update(), pk=pk)
    entry.mark(unsorted=False)
    undo = reverse("entries:mark-unsorted", args=[pk])
    messages.success(request, _("Marked as sorted."), extra_tags=undo)
    return redirect(next_url(request, entry.get_absolute_url()))


@require_POST
@login_required
def mark_unsorted(request: SignedInRequest, pk: UUID) -> HttpResponse:
    entry = get_object_or_404(request.user.entries.live().select_for_update(), pk=pk)
    entry.mark(unsorted=True)
    return redirect(entry)


def _shared_text(posted: QueryDict) -> str:
    """Any part may be missing, and some apps put the link into the text."""
    parts: list[str] = []
    for name in ("title", "text", "url"):
        part = posted.get(name, "").replace("\0", "").strip()
        if part and not any(part in other for other in parts):
            parts.append(part)
    return "\n\n".join(parts)


def _is_from_another_site(request: SignedInRequest) -> bool:
    return request.headers.get("Sec-Fetch-Site", "") not in NOT_ANOTHER_SITE


def _new_note(request: SignedInRequest) -> Entry:
    entry = Entry.new_for(request.user)
    entry.unsorted = True
    return entry


def _page(
    request: SignedInRequest, form: CaptureForm, shared: Shared | None = None, status: int = 200
) -> HttpResponse:
    notes = list(request.user.entries.notes_to_sort_of(clock.today(request.user))[: SHOWN + 1])
    context = {
        "form": form,
        "notes": notes[:SHOWN],
        "has_more": len(notes) > SHOWN,
        "shared": shared or Shared.from_address(request),
        "today": form.instance.written_on,
    }
    return render(request, "reflections/entries/capture.html", context, status=status)
