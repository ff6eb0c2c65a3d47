"""Export and import pages."""

from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from journal.database import deadlines
from journal.exchange import jobs, tasks, turns
from journal.exchange.foreign.recognition import how_to_export
from journal.exchange.forms import ExportForm, StartForm, UploadForm
from journal.exchange.models import Import
from journal.people.http import SignedInRequest
from journal.people.rate_limits import limited
from journal.privacy.downloads import SealedDownload
from journal.webserver.body_limits import upload_token

UNDOING = 60  # seconds that the database may take to undo an import, or to let go of one
FETCHING = 600  # seconds that a bucket may take for a large file, while the database waits


@require_http_methods(["GET", "POST"])
@login_required
@reauthentication_required
@limited("export")
def export(request: SignedInRequest) -> HttpResponse:
    shown = list(request.user.exports.shown())
    asked = request.POST if request.method == "POST" else None
    form = ExportForm(request.user, asked, initial=ExportForm.asked_by(request.GET))
    if request.method == "POST" and (form.is_valid() or any(one.is_under_way for one in shown)):
        if not any(one.is_under_way for one in shown):
            tasks.enqueue_next(form.save().owner_id)
        return redirect("exchange:export")
    page = "export.html#state" if request.htmx.target == "state" else "export.html"
    context: dict[str, Any] = {
        "form": form,
        "ready": [one for one in shown if one.ready_at],
        "failed": shown[0] if shown and shown[0].failed_at else None,
    }
    for one in shown:
        if one.is_under_way:
            context["under_way"] = one
            context["job_status"] = turns.job_status(one)
    return render(request, f"exchange/{page}", context)


@require_GET
@login_required
def fetch(request: SignedInRequest, pk: UUID) -> HttpResponseBase:
    row = get_object_or_404(request.user.exports, pk=pk)
    if row.expires_at is None or row.expires_at <= timezone.now():
        if row.expires_at is not None:
            row.let_go_of_file()
            row.delete()
        messages.info(
            request, _("This export has been deleted. Prepare a new one whenever you like.")
        )
        return redirect("exchange:export")
    with deadlines.extended(UNDOING, idle=FETCHING):
        file = row.opened()
    return SealedDownload(
        file, as_attachment=True, filename=row.name, content_type="application/octet-stream"
    )


@require_http_methods(["GET", "POST"])
@login_required
def bring_in(request: SignedInRequest) -> HttpResponse:
    form = UploadForm()
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)  # reading FILES runs the upload handler
        form.too_large = getattr(request, "sent_too_much", False)
        if form.is_valid():
            with deadlines.extended(UNDOING, idle=FETCHING):
                row = form.save()
            tasks.enqueue_next(row.owner_id)
            return redirect(row)
    context = {
        "form": form,
        "imports": request.user.imports.shown(),
        "upload_token": upload_token(request),
        "apps": how_to_export(),
    }
    return render(request, "exchange/import.html", context)


@require_GET
@login_required
def imported(request: SignedInRequest, pk: UUID) -> HttpResponse:
    row = get_object_or_404(request.user.imports, pk=pk)
    page = "imported.html#state" if request.htmx.target == "state" else "imported.html"
    return render(request, f"exchange/{page}", shown(row))


def shown(row: Import, form: StartForm | None = None) -> dict[str, Any]:
    job_status = turns.job_status(row) if row.is_under_way else None
    form = form or StartForm(row)
    return {"row": row, "preview": row.preview, "form": form, "job_status": job_status}


@require_POST
@login_required
def start(request: SignedInRequest, pk: UUID) -> HttpResponse:
    row = get_object_or_404(request.user.imports.select_for_update(), pk=pk)
    form = StartForm(row, request.POST)
    if not form.is_valid():
        return render(request, "exchange/imported.html", shown(row, form))
    if row.looked_at and not row.failed_at and not row.begun_at:
        if answers := form.other_answers():  # first a preview of what they bring
            jobs.answer(row, answers)
            tasks.enqueue_next(row.owner_id)
            return redirect(row)
        if "again" in request.POST:
            return redirect(row)
        row.begun_at = timezone.now()
        row.keeps_both_since = row.begun_at if form.cleaned_data["differing"] == "both" else None
        row.save(update_fields=["begun_at", "keeps_both_since"])
        tasks.enqueue_next(row.owner_id)
    return redirect(row)


@require_POST
@login_required
def stop(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Asks a running import to stop, and waits until its worker releases the row."""
    row = get_object_or_404(request.user.imports, pk=pk)
    if row.is_under_way and row.begun_at:
        row.progress.ask_to_stop()
        with deadlines.extended(UNDOING):
            row = get_object_or_404(request.user.imports.select_for_update(), pk=pk)
            jobs.stop(row)
    return redirect(row)


@require_POST
@login_required
def discard(request: SignedInRequest, pk: UUID) -> HttpResponse:
    row = get_object_or_404(request.user.imports.select_for_update(), pk=pk)
    if row.begun_at is None or row.failed_at:
        row.remove_file()
        row.delete()
        messages.success(request, _("File deleted. Nothing was imported."))
    return redirect("exchange:import")


@require_POST
@login_required
def undo(request: SignedInRequest, pk: UUID) -> HttpResponse:
    row = get_object_or_404(request.user.imports.select_for_update(), pk=pk)
    if row.can_be_undone:
        with deadlines.extended(UNDOING):
            gone = jobs.undo(row)
        said = ngettext(
            "Import undone. %(count)s item was taken out of your journal.",
            "Import undone. %(count)s items were taken out of your journal.",
            gone,
        )
        messages.success(request, said % {"count": gone})
    return redirect(row)
