"""The origin of a new row, in the address of its first page: `?from_kind=promise&from_id=...`."""

from django import forms
from django.http import Http404

from journal.lessons import threads
from journal.people.http import SignedInRequest


class FromForm(forms.Form):
    from_kind = forms.CharField(max_length=20)
    from_id = forms.UUIDField()


def came_from(request: SignedInRequest) -> threads.Tied | None:
    """The row that the address names, if any. A row that is missing or somebody else's raises
    Http404; but a POST keeps what the person wrote, even if its origin was deleted meanwhile."""
    if not (request.GET.get("from_kind") or request.GET.get("from_id")):
        return None
    form, tied = FromForm(request.GET), None
    if form.is_valid():
        named = (form.cleaned_data["from_kind"], form.cleaned_data["from_id"])
        tied = threads.resolve(request.user, [named]).get(named)
    if tied is None and request.method != "POST":
        raise Http404
    return tied
