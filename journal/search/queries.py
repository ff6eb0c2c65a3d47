"""Finds a person's own words: decrypts entries and matches them, newest first, without an index."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.safestring import SafeString

from journal.people.models import User
from journal.privacy.text_search import Needle, excerpt, marked, scan
from journal.reflections.entries.models import Entry, EntryQuerySet
from journal.reflections.entries.models.topic import Topic

PAGE = 20


@dataclass(frozen=True)
class SearchHit:
    entry: Entry
    heading: SafeString
    excerpt: SafeString


@dataclass(frozen=True)
class Filters:
    since: date | None = None
    until: date | None = None
    practice: str = ""
    topic: Topic | None = None

    def apply(self, entries: EntryQuerySet) -> EntryQuerySet:
        return entries.narrowed(self.since, self.until, practice=self.practice, topic=self.topic)


@dataclass(frozen=True)
class SearchHits:
    """One page of hits, newest first."""

    shown: list[SearchHit]
    more: bool

    @property
    def last(self) -> Entry:
        return self.shown[-1].entry


def find_entries(
    person: User,
    needle: Needle,
    filters: Filters = Filters(),
    after: tuple[date, UUID] | None = None,
) -> SearchHits:
    """Decrypts entries until a page is full."""
    rows = filters.apply(person.entries.live()).newest_first()
    if after:
        rows = rows.before(*after)
    ids: list[UUID] = []
    for pk, *_texts in scan(rows, ["title", "body"], needle.matcher()):
        ids.append(pk)
        if len(ids) > PAGE:
            break
    entries = person.entries.select_related("topic").in_bulk(ids[:PAGE])
    return SearchHits([_found(entries[pk], needle) for pk in ids[:PAGE]], len(ids) > PAGE)


def _found(entry: Entry, needle: Needle) -> SearchHit:
    heading = entry.heading
    return SearchHit(entry, marked(heading, needle), excerpt(entry.body, needle))
