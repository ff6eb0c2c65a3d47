"""The responses to an autosave request: one line of HTML each.

static/js/autosave.js puts the line into the page's status element and takes the new version from
it. 422: not saved, because the form has an error. 409: the row changed elsewhere; the button in
the line submits the whole form, which leads to the page with both versions.
"""

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from journal.privacy.ownership import OwnedModel


def saved(request: HttpRequest, row: OwnedModel, base: str = "") -> HttpResponse:
    """`base`: the digests of the stored fields, for a form that merges (entries/merge.py)."""
    return render(request, "parts/_saved.html#saved", {"row": row, "base": base})


def not_saved(request: HttpRequest, form: BaseForm) -> HttpResponse:
    """Shows the first of the errors that the whole page would show."""
    sentences = [str(error) for errors in form.errors.values() for error in errors]
    return render(request, "parts/_saved.html#refused", {"sentence": sentences[0]}, status=422)


def two_versions(request: HttpRequest) -> HttpResponse:
    return render(request, "parts/_saved.html#both", status=409)


def trigger_saved(response: HttpResponse, *, is_saved: bool) -> HttpResponse:
    """Tells static/js/autosave.js that HTMX saved a part of a form by itself."""
    if is_saved:
        response["HX-Trigger"] = "saved"
    return response
