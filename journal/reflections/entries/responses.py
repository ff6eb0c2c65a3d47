"""The responses to a save of an entry (see saving.py)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from journal.guide import autosave_responses
from journal.guide import pause as guide_pause
from journal.people.http import SignedInRequest
from journal.privacy.ownership import uuid7
from journal.reflections.entries import diff, pause
from journal.reflections.entries.forms import EntryForm
from journal.reflections.entries.models import Entry
from journal.reflections.entries.saving import SaveResult, SaveStatus


def page(
    request: SignedInRequest,
    form: EntryForm,
    entry: Entry | None = None,
    status: int = 200,
    preview: str | None = None,
) -> HttpResponse:
    context = {"form": form, "entry": entry, "preview": preview}
    return render(request, "reflections/entries/write.html", context, status=status)


def to_a_form(request: SignedInRequest, result: SaveResult) -> HttpResponse:
    """For the button: a redirect to the entry, or the form again with everything typed."""
    form, entry = result.form, result.entry
    if result.status is SaveStatus.SAVED:
        if result.entries > 1:
            saved = _("Saved as %(count)s entries for the same day.")
            messages.success(request, saved % {"count": result.entries})
        elif not guide_pause.is_asked(request):  # whose page says so itself
            messages.success(
                request, _("Saved %(time)s") % {"time": f"{timezone.localtime():%H:%M}"}
            )
        return pause.next_step_url(request, None if entry.deleted_at else entry)
    if result.status is SaveStatus.TAKEN:
        form.instance.pk = uuid7()
        form.data = {**request.POST.dict(), "id": form.instance.pk}
        form.add_error(None, _("Please save again. Nothing is lost."))
    if paused := pause.with_words(request, form):
        return paused
    if result.status is SaveStatus.CONFLICT:
        return conflict(request, result)
    status = 409 if result.status is SaveStatus.TAKEN else 200
    return page(request, form, None if entry._state.adding else entry, status)


def to_autosave(request: SignedInRequest, result: SaveResult) -> HttpResponse:
    """For autosave: one line of status."""
    form = result.form
    if result.status is SaveStatus.INVALID:
        return autosave_responses.not_saved(request, form)
    if result.status is SaveStatus.SAVED and not form.taken:
        return autosave_responses.saved(
            request, result.entry, EntryForm(instance=result.entry).digests()
        )
    return autosave_responses.two_versions(request)


def conflict(request: SignedInRequest, result: SaveResult) -> HttpResponse:
    """The row changed elsewhere meanwhile: shows both versions, and one tap decides."""
    form, stored = result.form, result.form.before
    mine = form.cleaned_data["body"]
    labels = [one for one in form.merged_differences() if one.name != "body"]
    context = {
        "stored": stored,
        "base": form.digests(),
        "mine": mine,
        "mine_marked": diff.only_in(mine, stored.body),
        "theirs_marked": diff.only_in(stored.body, mine),
        "mine_words": diff.how_many_words(mine),
        "theirs_words": diff.how_many_words(stored.body),
        "texts_differ": form.differs("body"),
        "contested": [one for one in labels if one.contested],
        "settled": [one for one in labels if not one.contested],
        "typed": [
            (name, value)
            for name, values in form.data_copy().lists()
            if name not in NOT_CARRIED
            for value in values
        ],
        "aside": uuid7(),
    }
    return render(request, "reflections/entries/conflict.html", context, status=409)


# The conflict page has its own inputs for these.
NOT_CARRIED = {
    "csrfmiddlewaretoken",
    "id",
    "version",
    "base",
    "unheard",
    "body",
    "mine",
    "keep",
    "aside",
    "contested",
}
