"""The rows that give entries their tags, for files that name tags otherwise: pages of Markdown, and
exports from before entries had several tags, when each had one topic."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from journal.reflections.entries.models import Entry, EntryTag, Tag
from journal.reflections.entries.models.version import EarlierVersion

FORMER_LABELS = {"reflections.Topic": Tag.export_name}
MADE = ("created_at", "updated_at")


def with_tags(rows: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """The rows of an export, with tags for topics. What is no valid row stays as it is: the
    importer refuses it."""
    names: dict[str, Any] = {}
    for label, given in rows:
        if not isinstance(given, dict):
            yield label, given
        elif label in FORMER_LABELS:
            names[str(given.get("id"))] = given.get("name")
            yield FORMER_LABELS[label], given
        elif label == Entry.export_name and "topic" in given:
            topic = given.pop("topic")
            yield label, given
            if topic is not None:
                yield EntryTag.export_name, tag_row(given, topic, 1)
        elif label == EarlierVersion.export_name and "topic" in given:
            yield label, {"tags": names.get(str(given.pop("topic"))), **given}
        elif label == "reflections.RuminationAnswer" and "topic" in given:
            yield label, {"tag": given.pop("topic"), **given}
        else:
            yield label, given


def tag_row(entry: dict[str, Any], tag: Any, place: int) -> dict[str, Any]:
    """The row that gives an entry of a file a tag."""
    made = {name: entry[name] for name in MADE if name in entry}
    pk = uuid5(NAMESPACE_OID, ascii((entry.get("id"), tag)))
    return {"id": str(pk), "entry": entry.get("id"), "tag": tag, "place": place, **made}
