"""A library: a person's own rows of one kind, each changed on a page of its own, removed and
brought back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from journal.privacy.owned_form import OwnedForm


def edit(
    request: HttpRequest,
    rows: QuerySet[Any],
    pk: UUID,
    form_class: type[OwnedForm],
    template: str,
    leave: Callable[[Any], HttpResponse],
) -> HttpResponse:
    """The page with the form, or what `leave` answers for the saved row. 409, with both versions,
    where the row has words that the page never showed. The caller opens the transaction."""
    if request.method == "POST":
        rows = rows.select_for_update()
    row = get_object_or_404(rows, pk=pk)
    form, status = form_class(request.POST or None, instance=row), 200
    if request.method == "POST" and form.is_valid():
        if not form.would_overwrite:
            row.save(update_fields=form.sent_fields)
            messages.success(request, _("Saved."))
            return leave(row)
        form.changed_elsewhere(
            _("This was changed somewhere else in the meantime. Save again to use your version.")
        )
        status = 409
    return render(request, template, {"form": form, "row": row}, status=status)


def remove(request: HttpRequest, rows: Any, pk: UUID, text: str, undo: str) -> Any:
    """The row, now in the bin; the message has a button that posts to the view named `undo`. `rows`
    is a manager of the person's own."""
    row = get_object_or_404(rows.live(), pk=pk)
    row.trash()
    messages.success(request, text, extra_tags=reverse(undo, args=[pk]))
    return row


def restore(request: HttpRequest, rows: Any, pk: UUID, text: str) -> Any:
    row = get_object_or_404(rows.trashed(), pk=pk)
    row.restore()
    messages.success(request, text)
    return row
