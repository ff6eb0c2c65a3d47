"""Each state of the pages, made without a worker: only what a page shows is there."""

import json
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from journal.exchange import tasks
from journal.exchange.models import Export, Import
from journal.exchange.progress import Phase, Step
from journal.people.models import User
from journal.privacy.rls import acting_as
from tests.factories import make_entry

FOUND = {
    "kinds": [
        {"table": "reflections.Entry", "new": 212, "here": 14, "skipped": 3},
        {"table": "promises.Promise", "new": 6, "here": 0, "skipped": 0},
        {"table": "", "new": 0, "here": 0, "skipped": 41},
    ],
    "new": 218,
    "here": 14,
    "differ": 14,
    "skipped": [
        {
            "why": "It’s neither Markdown nor a photo of a page, so it stays in your file.",
            "count": 41,
            "names": ["sea.jpg", "studio.jpg"],
        },
        {
            "why": "It has no date, either in its front matter or in its name.",
            "count": 3,
            "names": ["undated.md", "notes/later.md", "notes/why.md"],
        },
    ],
    "shortened": [
        {
            "why": "A letter had more than 12 accents. The rest were left out.",
            "count": 1,
            "names": ["2019-03-04 In the studio"],
        }
    ],
    "left_out": ["private_boundaries"],
    "samples": [{"day": "2019-03-04", "words": "First day alone in the studio."}],
}
ASKED = {
    **FOUND,
    "app": "Day One",
    "days": ["2019-03-04", "2024-03-07"],
    "encodings": ["cp1252"],
    "changed": 3,
    "differ": 2,
    "left_out": [],
    "questions": [
        {"kind": "zone", "name": "", "count": 12, "examples": ["2019-03-04 0700.md"]},
        {"kind": "day_first", "name": "", "count": 2, "examples": ["03/04/2019", "05/04/2019"]},
        {"kind": "extra", "name": "mood", "count": 200, "examples": ["good"]},
        {"kind": "extra", "name": "place", "count": 41, "examples": ["Old Town"]},
        {"kind": "unsure", "name": "", "count": 9, "examples": ["Meditate"]},
        {"kind": "also", "name": "trash", "count": 3, "examples": []},
        {"kind": "also", "name": "templates", "count": 1, "examples": []},
    ],
    "notes": [
        {"why": "It’s longer than an entry, so it becomes several.", "count": 1, "names": ["a.md"]}
    ],
}
NOTHING: dict[str, Any] = {"kinds": [], "new": 0, "here": 0, "skipped": [], "samples": []}


def make_export(person: User, **fields: Any) -> Export:
    with acting_as(person):
        return Export.objects.create(owner=person, **fields)


def make_import(person: User, name: str = "old-diary.zip", **fields: Any) -> Import:
    with acting_as(person):
        return Import.objects.create(owner=person, name=name, size=1_400_000, **fields)


def looked_through(found: dict[str, Any] = FOUND, **fields: Any) -> dict[str, Any]:
    return {"looked_at": timezone.now(), "found": json.dumps(found), **fields}


def export_under_way(ada: User) -> str:
    make_export(ada).progress.write(Step(Phase.PAGES, 63))
    return "/settings/export/"


def export_ready(ada: User) -> str:
    now = timezone.now()
    made = {"ready_at": now, "expires_at": now + timedelta(hours=1), "items": 341}
    make_export(ada, size=2_100_000, left_out=["private_boundaries"], locked_at=now, **made)
    make_export(ada, size=61_000, format="document", **made)
    entry = make_entry(ada, "A quiet day.", title="In the studio", tagged=["Sleep"])
    with acting_as(ada):
        only = {"only_tag": ada.tags.get().pk, "only_item": entry.pk}
    part = {"since": date(2026, 1, 1), "until": date(2026, 3, 31), "subject": "entries"}
    make_export(ada, size=61_000, format="epub", **part, **only, **made)
    return "/settings/export/"


def export_of_an_item(ada: User) -> str:
    return f"/settings/export/?item={make_entry(ada, 'A quiet day.', title='In the studio').pk}"


def export_failed(ada: User) -> str:
    refusal = "This needs more memory than the server has for it."
    make_export(ada, failed_at=timezone.now(), refusal=refusal)
    return "/settings/export/"


def export_over(ada: User) -> str:
    then = timezone.now() - timedelta(hours=2)
    row = make_export(ada, ready_at=then, expires_at=then, size=1, items=1)
    return f"/settings/export/{row.pk}/"


def imports(ada: User) -> str:
    make_import(ada, **looked_through())
    return "/settings/import/"


def import_under_way(ada: User) -> str:
    row = make_import(ada)
    row.progress.write(Step(Phase.READING, 12))
    return row.get_absolute_url()


def import_put_off(ada: User) -> str:
    """The storage did not answer."""
    row = make_import(ada)
    tasks.enqueue_next(ada.pk, later=True)
    return row.get_absolute_url()


def import_started(ada: User) -> str:
    row = make_import(ada, **looked_through(begun_at=timezone.now()))
    row.progress.write(Step(Phase.BRINGING, 46))
    return row.get_absolute_url()


def asked_for(ada: User) -> str:
    """A file of another app, with every question."""
    return make_import(ada, **looked_through(ASKED)).get_absolute_url()


def previewed(ada: User) -> str:
    return make_import(ada, **looked_through()).get_absolute_url()


def nothing_in_it(ada: User) -> str:
    return make_import(ada, **looked_through(NOTHING)).get_absolute_url()


def refused(ada: User) -> str:
    now = timezone.now()
    sentence = "This file isn’t a ZIP file, or it’s damaged."
    row = make_import(ada, looked_at=now, failed_at=now, refusal=sentence)
    return row.get_absolute_url()


def brought(ada: User, **fields: Any) -> str:
    now = timezone.now()
    fields = looked_through(begun_at=now, done_at=now, **fields)
    return make_import(ada, **fields).get_absolute_url()


def undone(ada: User) -> str:
    return brought(ada, undone_at=timezone.now())
