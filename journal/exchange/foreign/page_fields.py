"""The pages of Markdown in a file, and what their front matter may say under which names."""

import re
from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError

from journal.exchange.foreign.files import SQLITE, Files
from journal.reflections.entries.models import Entry

OWN = "selftrust"  # the key that our own pages say their id under
PART_OF = "part of"  # of a page of several days: its id
DAY_KEYS = ("date", "created", "created_at", "creation_date", "createdat", "date created")
TAG_KEYS = ("tags", "tag", "keywords", "categories", "category")
FAVOURITE = ("starred", "favourite", "favorite", "pinned")
READ = {
    *(PART_OF, "title", "photos", "photo_descriptions", "time", "id", "uuid", "prompt", "draft"),
    *FAVOURITE,
}
# Of use to the other app only.
SETTINGS = {
    *("aliases", "alias", "cssclass", "cssclasses", "layout", "slug", "permalink", "url"),
    *("publish", "published", "type", "template", "updated", "updated_at", "author", "modified"),
    *("lastmod", "date modified", "latitude", "longitude", "altitude", "source", "weight"),
    *("completed?", "due", "kanban-plugin", "toc", "comments", "math", "image", "cover"),
}
EXTRAS = {"location": "place", "persons": "people", "with": "people", "tracks": "music"}
OTHER = re.compile(
    rb'(?i)(?:\xef\xbb\xbf)?\s*(?:[\[{]\s*["{\[]|<(?:\?xml|!doctype|html)|%PDF|gAAAAA[\w-]{60})'
)
KEEP_LABELS = "Labels.txt"  # of Google Keep, which lists its tags in it
NOT_PAGES = {"bak", "backup", "backups"}  # of Logseq, which keeps old copies beside the pages
TRASH = {".trash", ".recycle", "trash"}
DRAFTS = {"_drafts", "drafts"}
TEMPLATES = {"templates", "template", "_templates"}
YES = {"true", "yes", "1", "on"}


def columns_of(said: dict[str, Any]) -> dict[str, Any]:
    """The columns of an entry that our own page says, and its id."""
    found: dict[str, Any] = {"id": flat(said[OWN])}
    for field in Entry.content_fields():
        if field.name in said and not field.is_relation and field.name not in ("title", "body"):
            text = flat(said[field.name])
            with suppress(ValidationError):  # what somebody wrote into our page by hand
                found[field.name] = field.to_python(
                    text.title() if text in ("true", "false") else text
                )
    return found


def tags_of(said: dict[str, Any]) -> list[str]:
    """Lists; words with commas; #words; and the words of Jekyll's categories."""
    names: list[str] = []
    for key in TAG_KEYS:
        given = said.get(key) or []
        if isinstance(given, str):
            given = given.split("#") if given.lstrip().startswith("#") else [given]
            if key in ("categories",) and "," not in given[0]:
                given = given[0].split()
        names += given
    return names


def apart(said: dict[str, Any]) -> dict[str, Any]:
    """For each day of a page of several: what holds for all of them, but for the page's id, which
    does not tell them apart, and its title."""
    own = flat(said.get("uuid") or said.get("id") or "")
    rest = {key: value for key, value in said.items() if key not in ("uuid", "id", OWN, "title")}
    return rest | {PART_OF: own}


def box_of(said: dict[str, Any], name: str) -> str:
    """The box to tick for a page that otherwise stays out; empty for one that comes in."""
    folders = {part.lower() for part in name.split("/")[:-1]}
    if folders & TRASH:
        return "trash"
    if folders & DRAFTS or flat(said.get("draft", "")).lower() in YES:
        return "drafts"
    return "templates" if folders & TEMPLATES else ""


def flat(value: str | list[str]) -> str:
    return (value if isinstance(value, str) else ", ".join(value)).strip()


def listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def natural_sort_key(name: str) -> list[tuple[int, int, str]]:
    """A key that puts page-2 before page-10, and page before page-2."""
    stem = name.rpartition(".")[0]
    return [
        (1, int(part), "") if part.isdecimal() else (0, 0, part)
        for part in re.split(r"(\d{1,9})", stem)
    ]


def pages_of(files: Files, endings: tuple[str, ...]) -> list[str]:
    if files.is_single:
        (name,) = files.names
        head = files.head(name)
        other = OTHER.match(head) or head.startswith(SQLITE) or name.lower().endswith(".csv")
        return [] if other else [name]
    return [
        name
        for name in files.find(*endings)
        if name.rpartition("/")[2] != KEEP_LABELS
        and not is_old_copy(name)
        and not (name.lower().endswith(".txt") and OTHER.match(files.head(name)))
    ]


def is_old_copy(name: str) -> bool:
    return bool({part.lower() for part in name.split("/")[:-1]} & NOT_PAGES)
