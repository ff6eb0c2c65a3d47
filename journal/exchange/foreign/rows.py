"""`ForeignSource`: the plain items of an importer, as rows that the import takes (importer.py of
the package above). Ids are derived from the person, the app and its own ids."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import IO, Any
from uuid import uuid5
from zoneinfo import ZoneInfo

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from journal.decisions.models import Forecast
from journal.exchange import tables
from journal.exchange.exceptions import ImportRefused
from journal.exchange.foreign.files import Files, Unreadable
from journal.exchange.foreign.forecast_rows import ForecastRows
from journal.exchange.foreign.habit_rows import HabitRows
from journal.exchange.foreign.importer import Importer, LeftOut, Reading
from journal.exchange.foreign.items import (
    Item,
    PlainEntry,
    PlainForecast,
    PlainHabit,
    name_of,
)
from journal.exchange.foreign.questions import EXTRAS
from journal.exchange.foreign.recognition import UNEXPECTED
from journal.exchange.row_reader import RowReader, Wrong
from journal.exchange.skipped import Skipped
from journal.exchange.tag_rows import tag_row
from journal.people import clock
from journal.people.date_validators import FIRST_DAY
from journal.people.models import User
from journal.photos.models import LONGEST_DESCRIPTION, MOST_PER_ENTRY, Photo
from journal.privacy.canonical import canonical
from journal.privacy.length import characters, first
from journal.privacy.normalization import normalize_words
from journal.privacy.ownership import OwnedModel, field_of
from journal.promises.models import Promise
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

AT_ONCE = 200  # items whose rows are put in the order of their tables
TABLES: dict[type[Item], str] = {
    PlainEntry: Entry.export_name,
    PlainHabit: Promise.export_name,
    PlainForecast: Forecast.export_name,
}
Row = tuple[str, dict[str, Any]]


class ForeignSource:
    """A `Source` (readers.py)."""

    in_order = True
    changes_untouched = True  # a later export brings its changes to what nobody edited here

    def __init__(self, files: Files, importer: Importer, reading: Reading, person: User) -> None:
        self._files, self._importer, self._reading, self._person = files, importer, reading, person
        self._reader = RowReader(person.pk, {}, set())  # which checks, and knows no prompts
        self._zone = person_zone(person, reading.answers.zone)
        self.skipped: Skipped = reading.skipped
        self.preferences: dict[str, Any] = {}
        self.left_out: list[str] = []
        self._refused: dict[int, str] | None = None  # by place, once all are checked
        self.days: list[date] = []  # the first and the last

    def about(self) -> dict[str, Any]:
        """What the preview says beside the counts."""
        return {
            "app": str(self._importer.label),
            "days": [day.isoformat() for day in self.days],
            "encodings": sorted(set(self._files.encodings.values())),
            "questions": self._reading.asked.lines(),
            "notes": self._reading.notes.lines(),
        }

    def size_of(self, name: str) -> int | None:
        return self._files.size_of(name)

    def opened(self, name: str) -> IO[bytes]:
        return self._files.opened(name)

    def rows(self, only: str | None = None) -> Iterator[Row]:
        """Each row after those it refers to: by table, for some items at a time."""
        self._reading.clear()
        self._seen: set[str] = set()
        self._place = 0
        items, refused = self._items(), dict[int, str]()
        while batch := list(islice(items, AT_ONCE)):
            found = [row for item in batch for row in self._rows_of(item, refused)]
            for label in tables.by_label():
                if only in (None, label):
                    yield from (row for row in found if row[0] == label)
        self._refused = refused

    def _items(self) -> Iterator[Item]:
        try:
            yield from self._importer.items()
        except (Unreadable, *UNEXPECTED) as error:
            reason = error if isinstance(error, Unreadable) else _("It isn’t what we expect in it.")
            raise ImportRefused(
                _("This looks like a file of %(app)s, but it can’t be read: %(reason)s")
                % {"app": self._importer.label, "reason": reason}
            ) from error

    def _rows_of(self, item: Item, refused: dict[int, str]) -> list[Row]:
        """The rows of one item. Whatever is wrong with it keeps no other item out."""
        self._place += 1
        label = TABLES[type(item)]
        try:
            if isinstance(item, PlainEntry):
                rows = self._entry(item)
            elif isinstance(item, PlainHabit):
                habits = HabitRows(self._reading, self._person, self._zone, self._id)
                rows, answered = habits.rows_of(item)
                self._stretch(*answered)
            else:
                forecasts = ForecastRows(self._reading, self._person, self._zone, self._id)
                rows, made_on = forecasts.rows_of(item)
                self._stretch(made_on)
                if rows[0][1]["id"] in self._seen:
                    raise LeftOut(_("The same forecast is in the file twice."))
            if self._refused is None:
                for table, row in rows:
                    self._check(tables.by_label()[table], row)
            elif why := self._refused.get(self._place):
                raise LeftOut(why)
        except LeftOut as why_not:
            refused[self._place] = str(why_not)
            self._reading.left_out(str(why_not), name_of(item), label)
            return []
        fresh = [row for row in rows if row[1]["id"] not in self._seen]
        self._seen |= {row["id"] for _table, row in rows}
        return fresh

    def _check(self, model: type[OwnedModel], row: dict[str, Any]) -> None:
        for name, value in row.items():
            if model is Photo and name == tables.PHOTO_FILE:
                continue
            field = field_of(model, name)
            try:
                self._reader.value(field, value)
            except Wrong as error:
                why = _("%(field)s: %(reason)s") % {"field": field.verbose_name, "reason": error}
                raise LeftOut(why) from error

    # --- entries

    def _entry(self, item: PlainEntry) -> list[Row]:
        if item.only_if:
            self._reading.asked.add("also", item.only_if, item.name)
            if item.only_if not in self._reading.answers.also:
                return []
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
        if self._id("entry", item.own_id) in self._seen:
            raise LeftOut(_("The same page is in the file twice."))
        if len(pieces) > 1:
            self._reading.note(_("It’s longer than an entry, so it becomes several."), item.name)
        begun = (moment or datetime.combine(day, time(12), zone)) + timedelta(
            microseconds=self._place % 1_000_000
        )
        made = {"created_at": tables.plain(begun), "updated_at": tables.plain(self._now)}
        rows: list[Row] = [(OwnPrompt.export_name, prompt | made) for prompt in prompts]
        for name in tags:
            rows.append(
                (Tag.export_name, {"id": self._id("tag", canonical(name)), "name": name, **made})
            )
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
                tag = self._id("tag", canonical(name))
                rows.append((EntryTag.export_name, tag_row(entry, tag, place)))
            if number == 1:
                rows += self._photos(item, entry["id"], made)
        self._stretch(day)
        return rows

    def _stretch(self, *days: date) -> None:
        self.days = [min([*days, *self.days]), max([*days, *self.days])]

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
                more.append(f"{label}: {text}")
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

    def _id(self, kind: str, own_id: str) -> str:
        # Tags and prompts are the same, whatever app they come from.
        app = "" if kind in ("tag", "prompt") else self._importer.app
        whole = f"{app}\0{kind}\0{own_id}".encode("utf-8", "replace").decode()
        return str(uuid5(self._person.pk, whole))


def person_zone(person: User, name: str) -> ZoneInfo:
    return ZoneInfo(name) if name in clock.zone_names() else clock.zone_of(person)


def numbered(title: str, number: int, of: int) -> str:
    if of < 2:
        return title
    place = _("(%(number)s of %(of)s)") % {"number": number, "of": of}
    room = LONGEST_TITLE - characters(place) - 2
    short = title if characters(title) <= room else f"{first(title, room)}…"
    return f"{short} {place}".strip()
