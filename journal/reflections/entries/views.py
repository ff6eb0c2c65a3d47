"""The journal; write, read and change an entry."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from journal.guide.new_row import redirect_to_row
from journal.guide.pause import comes_back
from journal.lessons import threads
from journal.people import clock
from journal.people.http import SignedInRequest, next_url
from journal.reflections.entries import (
    pause,
    reading,
    reframing_prompts,
    responses,
    saving,
    star,
    timeline,
    unsaved,
)
from journal.reflections.entries.capture_views import Shared
from journal.reflections.entries.former_addresses import topic_is_tag
from journal.reflections.entries.forms import EntryForm, PageForm
from journal.reflections.entries.models import Entry
from journal.reflections.entries.month_calendar import build_month
from journal.reflections.entries.prompts import selection
from journal.reflections.entries.saving import SaveStatus
from journal.reflections.rumination import queries as rumination


@require_GET
@login_required
@topic_is_tag
def journal(request: SignedInRequest) -> HttpResponse:
    person, asked = request.user, PageForm(request.user, request.GET)
    position, narrowing, today = asked.position(), asked.narrowing(), clock.today(request.user)
    looking_back, has_to_sort = None, False
    if position or narrowing:
        page = timeline.build_page(person, position, narrowing)
    else:
        page, looking_back, has_to_sort = timeline.first_page(person, today)
    context: dict[str, Any] = {"page": page, "looking_back": looking_back, "form": asked}
    if page.months or position or narrowing:
        day = asked.day_asked()
        month = narrowing.month or (day or _newest_day(page, today)).replace(day=1)
        context |= {
            "calendar": build_month(person, month, today, narrowing.labels, day),
            "choices": narrowing.choices(has_to_sort=has_to_sort),
            "day": day,
        }
    return render(request, "reflections/entries/journal.html", context)


def _newest_day(page: timeline.TimelinePage, today: date) -> date:
    return page.months[0].first_day if page.months else today


@require_http_methods(["GET", "POST"])
@login_required
@topic_is_tag
def write(request: SignedInRequest) -> HttpResponse:
    entry = Entry.new_for(request.user)
    if unsaved.is_asked(request):
        return unsaved.page(request, entry)
    if comes_back(request):
        return responses.page(request, EntryForm(request.POST, instance=entry))
    if request.method == "POST":
        pause.with_quiet(request)
        result = saving.save_new(request.user, request.POST)
        result = saving.save_split(result, request.POST)
        response = responses.to_a_form(request, result)
        photos = Shared.from_address(request).page_of_photos(result.entry)
        return redirect(photos) if photos and result.status is SaveStatus.SAVED else response
    moved = redirect_to_row(
        request, entry, lambda stored: reverse("entries:edit", args=[stored.pk])
    )
    return moved or responses.page(request, EntryForm(instance=entry, initial=_asked_in(request)))


def _asked_in(request: SignedInRequest) -> dict[str, str]:
    """The practice of the prompt in the address, or the practice and the tag from the address."""
    person, asked = request.user, request.GET
    narrowing = PageForm(person, asked).narrowing()
    initial = {
        "practice": narrowing.practice,
        "tags": narrowing.tag.name if narrowing.tag else "",
    }
    named = asked.get("prompt", "")
    prompt = reframing_prompts.find(person, named) or selection.find(person, named)
    if prompt:
        initial |= {"prompt": str(prompt.pk), "practice": prompt.practice or narrowing.practice}
    return initial


@require_GET
@login_required
def entry(request: SignedInRequest, pk: UUID) -> HttpResponse:
    entry = get_object_or_404(request.user.entries.live().with_labels(), pk=pk)
    context = {
        "entry": entry,
        "star": star.button(entry),
        "offer": rumination.offer_for_entry(entry, clock.today(request.user)),
        "threads": threads.links_of(request.user, entry),
        **reading.around(request.user, entry),
        "photos": list(entry.photos.live().in_order()),
        "versions": entry.earlier.within_reach().count() if entry.version > 1 else 0,
    }
    return render(request, "reflections/entries/entry.html", context)


@require_POST
@login_required
def favourite(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The new state is posted, so that a second tap, or a retry, sets it once more."""
    entry = get_object_or_404(request.user.entries.live().select_for_update(), pk=pk)
    entry.mark(favourite=request.POST.get("favourite") == "1")
    if request.htmx:
        return HttpResponse(star.button(entry, swapped=True))
    address = next_url(request, entry.get_absolute_url())
    return redirect(f"{address}#star-{pk}")


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: SignedInRequest, pk: UUID) -> HttpResponse:
    if request.method == "POST":
        entry = saving.locked(request.user, pk)
        if entry is None:
            raise Http404
        if unsaved.is_asked(request):
            return unsaved.page(request, entry, entry)
        if comes_back(request):
            return responses.page(request, EntryForm(request.POST, instance=entry), entry)
        pause.with_quiet(request)
        result = saving.save_again(entry, request.POST)
        return responses.to_a_form(request, saving.save_split(result, request.POST))
    entry = get_object_or_404(request.user.entries.live().with_labels(), pk=pk)
    return responses.page(request, EntryForm(instance=entry), entry)


@require_POST
@login_required
def autosave(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Saves the fields when typing pauses. The first save inserts the row."""
    entry = saving.locked(request.user, pk)
    if entry:
        result = saving.save_again(entry, saving.sent_before(request.POST))
    else:
        posted = request.POST.copy()
        posted["id"] = str(pk)
        result = saving.save_new(request.user, posted)
    return responses.to_autosave(request, result)
