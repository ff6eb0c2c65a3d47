"""A first page that begins from something else: `?from_kind=promise&from_id=...`."""

from django import forms
from django.http import Http404

from journal.lessons import threads
from journal.people.http import SignedInRequest


class FromForm(forms.Form):
    from_kind = forms.CharField(max_length=20)
    from_id = forms.UUIDField()


def came_from(request: SignedInRequest) -> threads.Tied | None:
    """What the address names, if it names something. Not theirs, or not there, is 404; but what
    was written is kept, also where what it came from has gone meanwhile."""
    if not (request.GET.get("from_kind") or request.GET.get("from_id")):
        return None
    form, tied = FromForm(request.GET), None
    if form.is_valid():
        named = (form.cleaned_data["from_kind"], form.cleaned_data["from_id"])
        tied = threads.resolve(request.user, [named]).get(named)
    if tied is None and request.method != "POST":
        raise Http404
    return tied
