"""A person's tags: rename, merge and delete them. What changes them holds the person's lock."""

from copy import copy
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from journal.languages.collation import sorted_by_name
from journal.people.http import SignedInRequest
from journal.reflections.entries.models.tag import Tag
from journal.reflections.entries.tag_forms import MergeForm, RenameForm


def _locked(request: SignedInRequest, pk: UUID) -> Tag:
    """With its number of entries. A page that only asks locks nothing."""
    if request.method == "POST":
        request.user.lock()
    return get_object_or_404(request.user.tags.live().with_counts(), pk=pk)


@require_GET
@login_required
def tags(request: SignedInRequest) -> HttpResponse:
    found = sorted_by_name(request.user.tags.live().with_counts(), lambda tag: tag.name)
    return render(request, "reflections/entries/tags.html", {"tags": found})


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def rename(request: SignedInRequest, pk: UUID) -> HttpResponse:
    tag = _locked(request, pk)
    form, status = RenameForm(request.POST or None, instance=copy(tag)), 200
    if request.method == "POST" and form.is_valid():
        if not form.would_overwrite:
            form.instance.save(update_fields=["name"])
            messages.success(request, _("Saved."))
            return redirect("tags:list")
        form.changed_elsewhere(
            _("This was changed somewhere else in the meantime. Save again to use your version.")
        )
        status = 409
    context = {"form": form, "tag": tag}
    return render(request, "reflections/entries/tag.html", context, status=status)


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def merge(request: SignedInRequest, pk: UUID) -> HttpResponse:
    tag = _locked(request, pk)
    form = MergeForm(tag, request.POST or None, initial={"into": request.GET.get("into")})
    if request.method == "POST" and form.is_valid():
        tag.merge_into(form.chosen)
        messages.success(request, _("Tags merged."))
        return redirect("tags:list")
    context = {"form": form, "tag": tag}
    return render(request, "reflections/entries/merge_tag.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def delete(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Takes the tag off its entries, which stay."""
    tag = _locked(request, pk)
    if request.method == "POST":
        tag.delete()
        messages.success(request, _("Tag deleted."))
        return redirect("tags:list")
    return render(request, "reflections/entries/delete_tag.html", {"tag": tag})
