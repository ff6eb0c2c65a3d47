"""What a page hears when it saved by itself while someone went on typing: one line.

static/js/autosave.js puts the line where the page has its status, and takes the new version from
it. 422: not saved, for a reason that only the writer can change. 409: the row changed elsewhere;
the button in the line sends the form as a whole, which leads to the page with both versions.
"""

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from journal.privacy.ownership import OwnedModel


def saved(request: HttpRequest, row: OwnedModel, base: str = "") -> HttpResponse:
    """With the digests of what is stored, where the form merges (entries/merge.py)."""
    return render(request, "parts/_saved.html#saved", {"row": row, "base": base})


def not_saved(request: HttpRequest, form: BaseForm) -> HttpResponse:
    """With the first of the sentences that the whole page would show."""
    sentences = [str(error) for errors in form.errors.values() for error in errors]
    return render(request, "parts/_saved.html#refused", {"sentence": sentences[0]}, status=422)


def two_versions(request: HttpRequest) -> HttpResponse:
    return render(request, "parts/_saved.html#both", status=409)
