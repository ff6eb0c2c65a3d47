"""The journal; write, read and change an entry."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from journal.guide.enough import comes_back
from journal.people import clock
from journal.people.http import SignedInRequest
from journal.privacy.ownership import uuid7
from journal.reflections.entries import pausing, timeline, versions
from journal.reflections.entries.forms import EntryForm, PageForm
from journal.reflections.entries.models import Entry
from journal.reflections.prompts import choosing


@require_GET
@login_required
def journal(request: SignedInRequest) -> HttpResponse:
    person, asked = request.user, PageForm(request.user, request.GET)
    position, narrowing = asked.position(), asked.narrowing()
    page = timeline.page_of(person, position, narrowing)
    context: dict[str, object] = {"page": page, "narrow": asked}
    if not position and not narrowing:
        context["looking_back"] = timeline.looking_back(person, clock.today(person))
    return render(request, "reflections/journal.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def write(request: SignedInRequest) -> HttpResponse:
    person, status = request.user, 200
    if "another-prompt" in request.POST:  # the page as it was typed, under another prompt
        return _under_another_prompt(request)
    form = EntryForm(
        request.POST or None, instance=Entry.begun_by(person), initial=_asked_in(request)
    )
    if request.method == "POST" and form.is_valid() and not comes_back(request):
        entry = form.instance.insert_once()
        if entry:
            return pausing.onward(request, entry)
        form.data = {**request.POST.dict(), "id": uuid7()}
        form.add_error(None, _("Please save once more; nothing is lost."))
        status = 409
    return pausing.with_words(request, form) or render(
        request, "reflections/write.html", {"form": form}, status=status
    )


def _asked_in(request: SignedInRequest) -> dict[str, str]:
    """A page opened with a prompt in its address begins with its practice, too."""
    prompt = choosing.find(request.user, request.GET.get("prompt", ""))
    return {"prompt": str(prompt.pk), "practice": prompt.practice} if prompt else {}


def _under_another_prompt(request: SignedInRequest) -> HttpResponse:
    person, typed = request.user, request.POST.dict()
    shown = choosing.find(person, typed.get("prompt", ""))
    found = choosing.another(person, clock.today(person), shown)
    typed |= {"prompt": str(found.pk), "practice": found.practice} if found else {}
    entry = Entry.begun_by(person)
    form = EntryForm(instance=entry, initial=typed)
    return render(request, "reflections/write.html", {"form": form})


@require_GET
@login_required
def entry(request: SignedInRequest, pk: UUID) -> HttpResponse:
    entry = get_object_or_404(request.user.entries.live().with_labels(), pk=pk)
    return render(request, "reflections/entry.html", {"entry": entry})


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: SignedInRequest, pk: UUID) -> HttpResponse:
    rows = request.user.entries.live()
    if request.method == "POST":
        rows = rows.select_for_update()
    entry = get_object_or_404(rows, pk=pk)
    saved = entry.body
    form = EntryForm(versions.settled(request.POST, saved) or None, instance=entry)
    if request.method == "POST" and form.is_valid() and not comes_back(request):
        if not form.is_stale:
            entry.save()
            return pausing.onward(request, entry)
        return pausing.with_words(request, form) or _conflict(request, form, saved)
    return pausing.with_words(request, form) or render(
        request, "reflections/write.html", {"form": form, "entry": entry}
    )


def _conflict(request: SignedInRequest, form: EntryForm, saved: str) -> HttpResponse:
    """Someone with two devices saved here meanwhile: both texts are shown, and one tap decides."""
    mine = form.cleaned_data["body"]
    context = {
        "form": form,
        "entry": form.instance,
        "current_version": form.instance.version,
        "title": form.cleaned_data["title"],
        "mine": mine,
        "mine_marked": versions.only_in(mine, saved),
        "theirs_marked": versions.only_in(saved, mine),
    }
    return render(request, "reflections/conflict.html", context, status=409)
