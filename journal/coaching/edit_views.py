"""Edits a note or a prompt of the coach's own, on a page of its own."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from journal.coaching.commands import change
from journal.people.http import SignedInRequest
from journal.privacy.owned_form import OwnedForm


def edit(
    request: SignedInRequest,
    rows: QuerySet[Any],
    pk: UUID,
    form_class: type[OwnedForm],
    words: str,
    template: str,
) -> Any:
    """Returns the row after saving it, or else the page with the form.

    The caller opens the transaction.
    """
    if request.method == "POST":
        rows = rows.select_for_update()
    row = get_object_or_404(rows, pk=pk)
    form, status, stored = form_class(request.POST or None, instance=row), 200, ""
    if request.method == "POST" and form.is_valid():
        if change(form, *form.sent_fields):
            messages.success(request, _("Saved."))
            return row
        status, stored = 409, form.initial[words]
    context = {"form": form, "row": row, "stored": stored}
    return render(request, template, context, status=status)
