"""The photos of an entry: adding, describing and serving them."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from journal.guide.new_row import with_new_id
from journal.languages.lists import colon
from journal.people.http import SignedInRequest
from journal.people.rate_limits import limited
from journal.people.text_direction import isolate
from journal.photos import files
from journal.photos.adding import add_photo
from journal.photos.decoder import SIZES
from journal.photos.decoding import DecoderBusy, PhotoRefused
from journal.photos.forms import DescriptionForm, PhotosForm, VisitForm
from journal.photos.models import MOST_PER_ENTRY, Photo
from journal.photos.uploading import FIELD, PhotoUpload
from journal.privacy.downloads import SealedDownload
from journal.webserver.body_limits import upload_token

TOO_LARGE = gettext_lazy("This file is larger than 20 MB.")


@require_http_methods(["GET", "POST"])
@login_required
@limited("photos")
def photos_of_entry(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The page, its form, and the script of the writing page, which sends one file at a time and
    shows what comes back: the new photo, or why there is none."""
    entry = get_object_or_404(request.user.entries.live(), pk=pk)
    if request.method == "GET":
        opened = VisitForm(request.GET)
        if not opened.is_valid():
            return redirect(with_new_id(request, "visit"))
        return _page(request, entry, PhotosForm(initial=opened.cleaned_data))
    form, added = PhotosForm(request.POST, request.FILES), []
    if form.is_valid():
        for file in list(form.cleaned_data[FIELD]):
            try:
                added.append(_add(entry, form, file))
            except PhotoRefused as refused:
                form.add_error(FIELD, f"{isolate(file.name)}{colon()}{refused}")
                if request.htmx and isinstance(refused, DecoderBusy):
                    return HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
    if request.htmx:
        context = {"photos": added, "errors": form.errors.get(FIELD, [])}
        status = HTTPStatus.CREATED if added else HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "photos/_added.html", context, status=status)
    if added:
        said = ngettext("%(count)s photo added.", "%(count)s photos added.", len(added))
        messages.success(request, said % {"count": len(added)})
    return _page(request, entry, form) if form.errors else redirect("photos:entry", pk)


def _add(entry: Any, form: PhotosForm, file: PhotoUpload) -> Photo:
    if file.is_too_large:
        raise PhotoRefused(TOO_LARGE)
    return add_photo(entry, file, pk=form.id_of(file, entry.pk))


def _page(request: SignedInRequest, entry: Any, form: PhotosForm) -> HttpResponse:
    photos = list(entry.photos.live().in_order())
    for photo in photos:
        photo.form = DescriptionForm(instance=photo, auto_id=f"id_{photo.pk}_%s")
    context = {
        "entry": entry,
        "form": form,
        "photos": photos,
        "removed": list(entry.photos.trashed().order_by("-deleted_at")),
        "is_full": len(photos) >= MOST_PER_ENTRY,
        "upload_token": upload_token(request),
    }
    return render(request, "photos/entry.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def photo(request: SignedInRequest, pk: UUID) -> HttpResponse:
    rows = request.user.photos.live()
    if request.method == "POST":
        rows = rows.select_for_update()
    row = get_object_or_404(rows, pk=pk)
    form, status = DescriptionForm(request.POST or None, instance=row), HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        if not form.would_overwrite:
            row.save(update_fields=["description"])
            messages.success(request, _("Saved."))
            return redirect("photos:entry", row.entry_id)
        form.changed_elsewhere(
            _("This was changed somewhere else in the meantime. Save again to use yours.")
        )
        status = HTTPStatus.CONFLICT
    context = {"form": form, "photo": row}
    return render(request, "photos/photo.html", context, status=status)


@require_POST
@login_required
def use_day(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Gives the entry the day on which the photo was taken."""
    row = get_object_or_404(request.user.photos.live(), pk=pk)
    if row.taken_on is None:
        raise Http404
    entries = request.user.entries.live().select_for_update()
    entry = get_object_or_404(entries, pk=row.entry_id)
    if entry.written_on != row.taken_on:
        entry.written_on = row.taken_on
        entry.save(update_fields=["written_on"])
    said = _("The entry’s day is now %(day)s.")
    messages.success(request, said % {"day": date_format(row.taken_on, "j F Y")})
    return redirect("photos:entry", entry.pk)


@require_GET
@login_required
def picture(request: SignedInRequest, pk: UUID, size: str) -> HttpResponseBase:
    row = get_object_or_404(request.user.photos, pk=pk)
    if size not in SIZES:
        raise Http404
    try:
        file = files.opened(row, size)
    except FileNotFoundError as error:
        raise Http404 from error
    return SealedDownload(file, content_type="image/jpeg")
