"""The id of a new row, in the address of the page that makes it.

A page for something new is opened under `?id=`, so the browser's Back, a reload and a link to it
all mean one row: not stored yet, it is written; stored meanwhile, the page opens that changes it.
An id per page view would make a second row of a first step that somebody goes back to.

A form for something new that is a part of another page has no address of its own: it says
`autocomplete="off"`, so that no browser brings back the words that it has sent already.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from journal.privacy.ownership import uuid7

FIELD = "id"


class IdForm(forms.Form):
    id = forms.UUIDField(required=False)


def redirect_to_row(
    request: HttpRequest, row: Any, address_of: Callable[[Any], str]
) -> HttpResponse | None:
    """Gives the unsaved `row` the id of the address, for a page that is opened (a form brings its
    own). Returns a redirect where the address has no id yet, or the owner's own row has it:
    `address_of` says where that one is changed. An id of somebody else's is like an unknown one.
    """
    if request.method != "GET":
        return None
    form = IdForm(request.GET)
    pk = form.cleaned_data[FIELD] if form.is_valid() else None
    if pk is None:
        return redirect(with_new_id(request))
    rows = type(row)._default_manager.filter(pk=pk, owner=row.owner_id)
    stored = rows.only("id", "deleted_at").first()  # a coach may read no words of a suggestion
    if stored is None:
        row.pk = pk
        return None
    return redirect(with_new_id(request) if stored.deleted_at else address_of(stored))


def with_new_id(request: HttpRequest, field: str = FIELD) -> str:
    """This address with another `?id=` (or the `field` given) and the rest of its query."""
    query = request.GET.copy()
    query[field] = str(uuid7())
    return f"{request.path}?{query.urlencode()}"
