"""The items that clients share, by kind; and one item, with what was said about it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.admin.options import IncorrectLookupParameters
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from journal.coaching import queries
from journal.coaching.admin_site import site
from journal.coaching.commands import Refused, leave
from journal.coaching.forms import CommentForm
from journal.coaching.queries import RosterRow, SharedByClient
from journal.people.http import SignedInRequest
from journal.people.text_direction import isolate
from journal.photos import files
from journal.photos.decoder import SIZES
from journal.privacy.fields import note_opened
from journal.sharing import shared_fields, shared_photos, talk
from journal.sharing.coach_queries import Item
from journal.sharing.models.links import CoachLink
from journal.sharing.models.messages import Comment
from journal.sharing.shareable import KINDS, Kind
from journal.sharing.talk import Talk

TALKS = 3  # conversations on a client's page


def kind_called(name: str) -> Kind:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


@require_GET
def shared(request: SignedInRequest, kind: str) -> HttpResponse:
    one = kind_called(kind)
    try:
        changelist: Any = site.get_model_admin(one.table).get_changelist_instance(request)
    except IncorrectLookupParameters as error:
        raise Http404 from error
    context = {"kind": one, "kinds": KINDS.values(), "changelist": changelist}
    return render(request, "coaching/shared.html", context)


@require_http_methods(["GET", "POST"])
def item(request: SignedInRequest, kind: str, pk: UUID) -> HttpResponse:
    """Refuses a comment on an item that is gone, and returns its text for the coach to keep."""
    one = queries.item(kind_called(kind), pk)
    linked = queries.client_of(request.user, one.row.owner_id) if one else None
    if one is None or linked is None or linked.link is None:
        body = request.POST.get("body", "")
        if not body:
            raise Http404
        return render(request, "coaching/not_shared.html", {"body": body}, status=409)
    form, status = _comment_form(linked.link, kind, pk, request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        if _was_left(form, linked):
            return redirect("coach:item", kind, pk)
        status = 409
    talks = talk.talks_about(one)
    context = {
        "item": one,
        "one": linked,
        "fields": shared_fields.detail_fields(one),
        "parts": shared_fields.parts(one),
        "photos": shared_photos.of_item(one),
        "talk": next(iter(talks), None),
        "form": form,
    }
    answered = render(request, "coaching/item.html", context, status=status)
    talk.mark_seen(talks, by_coach=True)
    return answered


@dataclass(frozen=True)
class TalkRow:
    """A conversation on the client's page, with a form of its own for a reply."""

    talk: Talk
    item: Item
    form: CommentForm


def talks_at_a_glance(one: RosterRow, sight: SharedByClient) -> list[TalkRow]:
    """The latest, about things that are on the page's list."""
    items = {item.key: item for item in sight.items}
    found: list[TalkRow] = []
    for said in sight.talks:
        if one.link and said.key in items and len(found) < TALKS:
            form = _comment_form(one.link, *said.key, auto_id=f"{said.item_id}_%s")
            found.append(TalkRow(said, items[said.key], form))
    return found


def _comment_form(
    link: CoachLink, kind: str, pk: UUID, data: Any = None, auto_id: str = "id_%s"
) -> CommentForm:
    comment = Comment(owner_id=link.owner_id, link=link, kind=kind, item_id=pk)
    return CommentForm(data, instance=comment, auto_id=auto_id)


@require_GET
def photo(request: SignedInRequest, pk: UUID, size: str) -> HttpResponse:
    """A shared photo. It is in the log even if nobody reads its description."""
    if size not in SIZES:
        raise Http404
    row = get_object_or_404(shared_photos.readable(), pk=pk)
    try:
        with files.opened(row, size) as file:
            data = file.read()
    except FileNotFoundError as error:
        raise Http404 from error
    note_opened(row)
    return HttpResponse(data, content_type="image/jpeg")


def _was_left(form: CommentForm, linked: Any) -> bool:
    try:
        if linked.link.muted_since:
            raise Refused
        return form.was_stored(leave(form.instance))
    except Refused:
        text = _("%(name)s has muted comments. Your words are still here.")
        form.add_error(None, text % {"name": isolate(linked.name)})
    return False
