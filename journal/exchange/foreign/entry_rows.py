"""Entries of other apps as entries, with their tags, photos and prompts."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.exchange import tables
from journal.exchange.foreign.importer import LeftOut, Reading
from journal.exchange.foreign.items import (
    PlainEntry,
)
from journal.exchange.foreign.questions import EXTRAS
from journal.exchange.row_reader import RowReader, Wrong
from journal.exchange.tag_rows import tag_row
from journal.languages.lists import colon
from journal.people import clock
from journal.people.date_validators import FIRST_DAY
from journal.people.models import User
from journal.photos.models import LONGEST_DESCRIPTION, MOST_PER_ENTRY, Photo
from journal.privacy.canonical import canonical
from journal.privacy.length import characters, first
from journal.privacy.normalization import normalize_words
from journal.privacy.ownership import field_of
from journal.reflections.entries.models import Entry, EntryTag, OwnPrompt, Prompt, Tag
from journal.reflections.entries.models.content import MOOD_CHARACTERS
from journal.reflections.entries.prompts.former_wordings import FORMER_WORDINGS
from journal.reflections.entries.splitting import LONGEST_TITLE, parts
from journal.reflections.entries.tag_names import (
    MOST_TAGS,
    TAG_CHARACTERS,
    distinct,
    join_names,
    split_names,
)

Row = tuple[str, dict[str, Any]]


class EntryRows:
    table = Entry.export_name
    twice = gettext_lazy("The same page is in the file twice.")

    def __init__(
        self, reading: Reading, person: User, zone: ZoneInfo, id_of: Callable[[str, str], str]
    ) -> None:
        self._reading, self._person, self._zone, self._id = reading, person, zone, id_of
        self._reader = RowReader(person.pk, {}, set())  # which checks, and knows no prompts
        self._places = count(1)  # of entries of one moment, which keep their order

    def rows_of(self, item: PlainEntry) -> tuple[list[Row], list[date]]:
        if item.only_if:
            self._reading.asked.add("also", item.only_if, item.name)
            if item.only_if not in self._reading.answers.also:
                return [], []
        day, moment, zone = self._placed(item)
        if not FIRST_DAY <= day <= clock.latest_day():
            raise LeftOut(_("Its date is before 1900 or in the future."))
        title, tags, body, mood = self._words(item)
        asked, prompts = self._asked(item.prompt)
        if item.prompt and not asked:
            body = f"{item.prompt}\n\n{body}"
        pieces = parts(normalize_words(body)[0])
        if len(pieces) == 1:
            pieces = [body.strip("\n")]  # which the import tidies, and says so
        if not pieces and not item.photos:
            raise LeftOut(_("It is empty."))
        if len(pieces) > 1:
            self._reading.note(_("It’s longer than an entry, so it becomes several."), item.name)
        begun = (moment or datetime.combine(day, time(12), zone)) + timedelta(
            microseconds=next(self._places) % 1_000_000
        )
        made = {"created_at": tables.plain(begun), "updated_at": tables.plain(self._now)}
        rows: list[Row] = [(OwnPrompt.export_name, prompt | made) for prompt in prompts]
        ids = {name: self._id("tag", canonical(name)) for name in tags}
        rows += [(Tag.export_name, {"id": ids[name], "name": name, **made}) for name in tags]
        for number, piece in enumerate(pieces or [_("Photo")], start=1):
            part_of = f"{item.own_id}\0{number}" if number > 1 else item.own_id
            entry = {
                "id": item.columns.get("id") if number == 1 else None,
                "title": numbered(title, number, len(pieces)) or None,
                "body": piece,
                "written_on": day.isoformat(),
                "written_zone": str(zone),
                "written_at": tables.plain(moment) if moment else None,
                "favourite": item.favourite,
                "mood": mood or None,
                **made,
                "created_at": tables.plain(begun + timedelta(microseconds=number - 1)),
            }
            entry |= asked | self._columns(item)
            entry["id"] = entry["id"] or self._id("entry", part_of)
            rows.append((Entry.export_name, entry))
            for place, name in enumerate(tags, start=1):
                rows.append((EntryTag.export_name, tag_row(entry, ids[name], place)))
            if number == 1:
                rows += self._photos(item, entry["id"], made)
        return rows, [day]

    def _placed(self, item: PlainEntry) -> tuple[date, datetime | None, ZoneInfo]:
        """The day, the moment if it has one, and the zone."""
        own = person_zone(self._person, item.zone) if item.zone else self._zone
        if not isinstance(item.when, datetime):
            return item.when, None, own
        if item.when.tzinfo is None:
            self._reading.asked.add("zone", example=item.name)
            return item.day or item.when.date(), item.when.replace(tzinfo=own), own
        try:
            moment = item.when.astimezone(own)
        except (OverflowError, ValueError) as error:
            raise LeftOut(_("Its date is before 1900 or in the future.")) from error
        return item.day or moment.date(), moment, own

    def _words(self, item: PlainEntry) -> tuple[str, list[str], str, str]:
        """Title, tags, body and mood. What fits nowhere else goes below the body."""
        body, title, more, mood = item.text.strip("\n"), " ".join(item.title.split()), [], ""
        names = distinct(name for line in item.tags for name in split_names(line))
        for name, text in item.extras.items():
            if not text.strip():
                continue
            known = self._reading.asked.knows(name)
            if known:
                self._reading.asked.add("extra", name, text)
            choice = self._reading.answers.choice(name) if known else "line"
            if choice == "tag":
                names = distinct([*names, *split_names(text)])
            elif choice == "mood" and characters(text) <= MOOD_CHARACTERS:
                mood = text
            elif choice != "out":
                label = EXTRAS.get(name) or name.capitalize()
                more.append(f"{label}{colon()}{text}")
        tags = [name for name in names if characters(name) <= TAG_CHARACTERS][:MOST_TAGS]
        if left := [name for name in names if name not in tags]:
            more.append(join_names(left))
            for name in left:
                self._reading.note(
                    _("A tag that no entry can have stays as a line below it."), name
                )
        if characters(title) > LONGEST_TITLE:  # the whole of it goes above the body
            body = f"{title}\n\n{body}"
            title = first(title, LONGEST_TITLE - 1).rstrip() + "…"
        if more and (body or item.only_if or item.photos):
            body = "\n\n".join(part for part in (body, "\n".join(more)) if part)
        return title, tags, body, mood

    def _asked(self, prompt: str) -> tuple[dict[str, str], list[dict[str, Any]]]:
        """The prompt of an entry: one of ours, or an own one. An own one that is not here comes
        hidden, since another app may call anything a prompt."""
        longest: Any = field_of(OwnPrompt, "text").max_length
        if not prompt or characters(prompt) > longest:
            return {}, []
        if prompt in self._prompts:
            return {"prompt": prompt}, []
        if pk := self._own_prompts.get(canonical(prompt)):
            return {"own_prompt": pk}, []
        pk = self._id("prompt", canonical(prompt))
        hidden_at = tables.plain(self._now)
        return {"own_prompt": pk}, [{"id": pk, "text": prompt, "hidden_at": hidden_at}]

    @cached_property
    def _prompts(self) -> set[str]:
        return {*Prompt.objects.values_list("text", flat=True), *FORMER_WORDINGS}

    @cached_property
    def _own_prompts(self) -> dict[str, str]:
        own = self._person.own_prompts.live()
        return {canonical(prompt.text): str(prompt.pk) for prompt in own}

    def _columns(self, item: PlainEntry) -> dict[str, Any]:
        """Further columns, if they hold what an entry can have."""
        found = {}
        for name, value in item.columns.items():
            if name == "id":
                continue
            try:
                self._reader.value(field_of(Entry, name), value)
            except (Wrong, StopIteration):
                self._reading.note(_("A field that no entry can have was left out."), name)
            else:
                found[name] = value
        return found

    def _photos(self, item: PlainEntry, entry: str, made: dict[str, Any]) -> Iterator[Row]:
        for place, photo in enumerate(item.photos[:MOST_PER_ENTRY], start=1):
            row = {
                "id": self._id("photo", f"{entry}\0{photo.file}"),
                "entry": entry,
                "position": place,
                "description": first(photo.description, LONGEST_DESCRIPTION) or None,
                "width": 1,  # until it is decoded
                "height": 1,
                "taken_on": photo.taken_on.isoformat() if photo.taken_on else None,
                tables.PHOTO_FILE: photo.file,
                **made,
            }
            yield Photo.export_name, row
        for photo in item.photos[MOST_PER_ENTRY:]:
            why = _("An entry has ten photos at most; it stays in your file.")
            self._reading.left_out(why, photo.file, Photo.export_name)

    @cached_property
    def _now(self) -> datetime:
        return clock.now(self._person)


def person_zone(person: User, name: str) -> ZoneInfo:
    return ZoneInfo(name) if name in clock.zone_names() else clock.zone_of(person)


def numbered(title: str, number: int, of: int) -> str:
    if of < 2:
        return title
    place = _("(%(number)s of %(of)s)") % {"number": number, "of": of}
    room = LONGEST_TITLE - characters(place) - 2
    short = title if characters(title) <= room else f"{first(title, room)}…"
    return f"{short} {place}".strip()
