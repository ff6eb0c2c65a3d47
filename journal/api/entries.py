"""Entries: the pages' own form, rules and steps of saving (journal/reflections/entries/saving.py).

What JSON adds: a version that is not the stored one never merges, since a program has no page on
which someone could see what came of it.
"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router, Status

from journal.api import schemas
from journal.api.api import errors_of, invalid
from journal.api.auth import Allows, ApiRequest, allowed, may_read
from journal.people.error_views import problem
from journal.reflections.entries import saving
from journal.reflections.entries.models import Entry
from journal.reflections.entries.saving import SaveResult, SaveStatus
from journal.reflections.entries.tag_names import distinct, join_names, split_names

router = Router(tags=[gettext_noop("Entries")])


@router.get(
    "entries",
    **allowed(Allows.READ, query=schemas.EntriesAsked),
    response={200: schemas.Entries, **schemas.REFUSALS},
    summary=gettext_noop("Read entries, newest first"),
)
def entries(request: ApiRequest, asked: Query[schemas.EntriesAsked]) -> dict[str, Any]:
    rows = request.user.entries.live().with_labels().narrowed(asked.since, asked.until)
    rows = rows.newest_first()
    if asked.position:
        rows = rows.before(*asked.position)
    found = list(rows[: asked.limit + 1])
    last = found[asked.limit - 1] if len(found) > asked.limit else None
    return {
        "entries": [as_json(row) for row in found[: asked.limit]],
        "next": f"{last.written_on.isoformat()}.{last.pk}" if last else None,
    }


@router.post(
    "entries",
    **allowed(Allows.WRITE),
    response={
        201: schemas.SavedEntry,
        200: schemas.SavedEntry,
        409: schemas.EntryConflict,
        **schemas.REFUSALS,
    },
    summary=gettext_noop("Write an entry"),
    description=gettext_noop("Answers 201, or 200 where your id made this entry before."),
)
def write(request: ApiRequest, given: schemas.NewEntry) -> Any:
    person = request.user
    row = saving.locked(person, given.id) if given.id else None
    return _answer(request, given, lambda data: saving.save_new(person, data), row)


@router.get(
    "entries/{uuid:pk}",
    **allowed(Allows.READ),
    response={200: schemas.Entry, **schemas.REFUSALS},
    summary=gettext_noop("Read an entry"),
)
def entry(request: ApiRequest, pk: UUID) -> dict[str, Any]:
    return as_json(get_object_or_404(request.user.entries.live().with_labels(), pk=pk))


@router.put(
    "entries/{uuid:pk}",
    **allowed(Allows.WRITE),
    response={200: schemas.SavedEntry, 409: schemas.EntryConflict, **schemas.REFUSALS},
    summary=gettext_noop("Change an entry"),
    description=gettext_noop(
        "What you leave out stays as it is. The earlier version is kept for 30 days."
    ),
)
def change(request: ApiRequest, pk: UUID, given: schemas.ChangedEntry) -> Any:
    row = saving.locked(request.user, pk)
    if row is None or row.deleted_at:
        raise Http404
    return _answer(request, given, lambda data: saving.save_again(row, data), row)


@router.delete(
    "entries/{uuid:pk}",
    **allowed(Allows.WRITE),
    response={204: None, **schemas.REFUSALS},
    summary=gettext_noop("Move an entry to the bin"),
    description=gettext_noop("It stays there for 30 days, and can be brought back on its page."),
)
def delete(request: ApiRequest, pk: UUID) -> Status:
    row = saving.locked(request.user, pk)
    if row is None:
        raise Http404
    row.trash()
    return Status(204, None)


def as_json(row: Entry) -> dict[str, Any]:
    same = ("id", "version", "written_on", "title", "body", "practice", "intensity", "mood")
    return {
        **{name: getattr(row, name) for name in same},
        "quiet": row.quiet,
        "tags": row.tag_names,
        "favourite": row.favourite,
        "prompt": str(row.asked.question) if row.asked else None,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
    }


def _answer(
    request: ApiRequest,
    given: schemas.EntryFields,
    save: Any,
    row: Entry | None,
) -> Status | JsonResponse | HttpResponse:
    if split_names(join_names(given.tags)) != distinct(given.tags):
        return invalid([("tags", _("A tag’s name has no comma."))])
    stored = row.version if row else 0
    result: SaveResult = save(_posted(request, given, row))
    if result.status is SaveStatus.INVALID:
        return errors_of(result.form)
    is_stale = row is not None and getattr(given, "version", 0) != stored
    has_merged = result.form.taken or (is_stale and result.entry.version != stored)
    if result.status is not SaveStatus.SAVED or has_merged:
        return _conflict(request, given, result)
    saved = {name: getattr(result.entry, name) for name in schemas.SavedEntry.model_fields}
    return Status(200 if row else 201, saved)


def _conflict(request: ApiRequest, given: schemas.EntryFields, result: SaveResult) -> JsonResponse:
    """Both texts. Whoever may not read gets only their own back."""
    form: Any = result.form
    is_own = result.status is not SaveStatus.TAKEN
    stored = schemas.Entry(**as_json(form.before)) if is_own and may_read(request) else None
    return problem(
        409,
        _("There is another version"),
        _("The entry holds something else by now. Nothing was changed.")
        if is_own
        else _("Choose another id."),
        sent=given.model_dump(mode="json", exclude_unset=True),
        stored=stored and stored.model_dump(mode="json"),
    )


def _posted(request: ApiRequest, given: schemas.EntryFields, row: Entry | None) -> QueryDict:
    """What a page would have posted. A page shows every field, so the title and the day that were
    left out are those of the row; other labels that a form lacks stay as they are."""
    row = row or Entry.new_for(request.user)
    sent = given.model_dump(exclude_unset=True)
    fields = {name: "" if value is None else str(value) for name, value in sent.items()}
    if "tags" in sent:
        fields["tags"] = join_names(given.tags)
    fields.setdefault("title", row.title)
    if not sent.get("written_on"):
        fields["written_on"] = row.written_on.isoformat()
    if not sent.get("quiet"):
        fields.pop("quiet", None)
        if "quiet" in sent:
            fields["on-page"] = "quiet"
    data = QueryDict(mutable=True)
    data.update(fields)
    return data
