"""Daylio's backup: a ZIP of JSON as base64, with photos beside it; it also has goals."""

import base64
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.exchange.foreign.files import Files, Unreadable
from journal.exchange.foreign.importer import Importer
from journal.exchange.foreign.items import Attachment, PlainAnswer, PlainEntry, PlainHabit
from journal.exchange.foreign.json_values import listed, objects, text, whole, whole_ones
from journal.exchange.foreign.markup import from_html
from journal.privacy import json_input

Row = dict[str, Any]
LONGEST = 32 * 1024**2  # bytes, as base64
KEYS = re.compile(rb'"(dayEntries|customMoods|isReminderOn|daysInRowLongestChain|tag_groups)"')
EPOCH = datetime(1970, 1, 1)  # of a clock on a wall
EVERY_DAY = 127  # a bit for each weekday


class DaylioBackup(Importer):
    app = "daylio"
    label = "Daylio"
    how = gettext_lazy(
        "Or, with photos and goals: More, Backup & Restore, Advanced Options, Export."
    )

    @classmethod
    def recognises(cls, files: Files) -> bool:
        return bool(_backup_in(files))

    def items(self) -> Iterator[PlainEntry | PlainHabit]:
        backup = _backup_in(self.files)
        said = _read(self.files, backup)
        tags = {whole(one, "id"): text(one, "name") for one in objects(said, "tags")}
        moods = {whole(one, "id"): _mood(one) for one in objects(said, "customMoods")}
        assets = {whole(one, "id"): one for one in objects(said, "assets")}
        self._media = {other.rpartition("/")[2].lower(): other for other in self.files.names}
        shown = {backup}
        dated = []
        for row in listed(said, "dayEntries"):
            if when := _local(row):
                dated.append((when, whole(row, "datetime") or 0, row))
            else:
                name = text(row, "note_title") or text(row, "note")
                self.reading.left_out(_("It has no date."), name)
        for when, _ms, row in sorted(dated, key=lambda one: one[:2]):
            entry = self._entry(row, when, moods, tags)
            for pk in whole_ones(row, "assets"):
                self._show(assets.get(pk), entry)
            if entry.photos or entry.text:
                entry.only_if = ""
            shown |= {photo.file for photo in entry.photos}
            yield entry
        yield from self._goals(said, tags)
        for other in self.files.names:
            if other not in shown:
                why = _("It isn’t a photo of an entry, so it stays in your file.")
                self.reading.left_out(why, other, "")
        for kind, why in (
            ("writingTemplates", _("A writing template stays in your file.")),
            ("milestones", _("A milestone stays in your file.")),
        ):
            for row in objects(said, kind):
                if (whole(row, "predefined_template_id") or 0) < 1:  # the app's own are no loss
                    self.reading.left_out(why, text(row, "title") or text(row, "name"), "")

    def _entry(
        self, row: Row, when: datetime, moods: dict[int | None, str], tags: dict[int | None, str]
    ) -> PlainEntry:
        note, title = (_words(row, key) for key in ("note", "note_title"))
        name = f"{when:%Y-%m-%d %H:%M} {title or note}"[:60].strip()
        pk = whole(row, "id")
        if not all(tags.get(one) for one in whole_ones(row, "tags")):
            self.reading.note(_("An activity has no name in the file, and was left out."), name)
        done = [tags[one] for one in whole_ones(row, "tags") if tags.get(one)]
        return PlainEntry(
            own_id=f"{when.isoformat()}\0backup" if pk is None else f"entry\0{pk}",
            when=when,
            text=note or title,
            title=title if note else "",
            name=name,
            extras={"mood": moods.get(whole(row, "mood"), ""), "activities": ", ".join(done)},
            favourite=True in (row.get("isFavorite"), row.get("is_favorite")),
            only_if="moods",
        )

    def _show(self, asset: Row | None, entry: PlainEntry) -> None:
        """A photo; or what stands for a sound, or for a file that isn't there. Names of files have
        no ending."""
        file = self._media.get(text(asset, "checksum").lower() or "/")
        is_photo = "/photos/" in f"/{file}" or whole(asset, "type") in (1, None)
        if file and is_photo:
            entry.photos.append(Attachment(file))
            return
        stands = _("[photo]") if is_photo else _("[audio]")
        entry.text = f"{entry.text}\n\n{stands}".strip()
        self.reading.note(_("What stands in its place says what it was: %s") % stands, entry.name)

    def _goals(self, said: Row, tags: dict[int | None, str]) -> Iterator[PlainHabit]:
        done: dict[int, set[date]] = {}
        for row in listed(said, "goalEntries"):
            pk, when = whole(row, "goalId"), _local(row)
            if pk is None or when is None:
                self.reading.left_out(_("An answer can’t be read."), "", "")
            else:
                done.setdefault(pk, set()).add(when.date())
        for row in objects(said, "goals"):
            pk = whole(row, "goal_id") if "goal_id" in row else whole(row, "id")
            name = text(row, "name").strip() or tags.get(whole(row, "id_tag"), "")
            often = whole(row, "repeat_value") or EVERY_DAY
            if often != EVERY_DAY:  # whose meaning depends on a code that nobody wrote down
                why = _("How often it is due may differ from there: have a look at it.")
                self.reading.note(why, name)
            yield PlainHabit(
                own_id=name if pk is None else f"goal\0{pk}",
                statement=name,
                cadence="times_per_week" if 0 < often <= 7 else "daily",
                times_per_week=often if 0 < often <= 7 else None,
                is_over=bool(whole(row, "state")),
                answers=[PlainAnswer(day, "kept") for day in sorted(done.pop(pk or 0, set()))],
            )
        for days in done.values():
            for _day in days:
                self.reading.left_out(_("An answer of a goal that isn’t there."), "", "")


def _backup_in(files: Files) -> str:
    for name in files.names if files.is_single else files.find("*.daylio"):
        head = b"".join(files.head(name, 64 * 1024).split())
        if KEYS.search(_plain(head[: len(head) // 4 * 4])):
            return name
    return ""


def _plain(data: bytes) -> bytes:
    """The JSON in base64, whose lines may be wrapped; empty if it is none."""
    data = b"".join(data.split())
    if data.startswith(b"{"):
        return data
    try:
        return base64.b64decode(data + b"=" * (-len(data) % 4), validate=True)
    except ValueError:
        return b""


def _read(files: Files, name: str) -> Row:
    try:
        said = json_input.parse(_plain(files.data(name, LONGEST)).decode(), longest=LONGEST)
    except ValueError as error:
        raise Unreadable(_("It isn’t JSON.")) from error
    if not isinstance(said, dict):
        raise Unreadable(_("It isn’t what we expect in it."))
    return said


def _local(row: Row) -> datetime | None:
    """Where the person was; months begin with 0. Without it, the moment and its offset."""
    year, month, day = (whole(row, key) for key in ("year", "month", "day"))
    try:
        if year is not None and month is not None and day is not None:
            at = (whole(row, "hour") or 0, whole(row, "minute") or 0)
            return datetime(year, month + 1, day, *at)
        moment, offset = whole(row, "datetime"), whole(row, "timeZoneOffset") or 0
        if moment is not None:
            return EPOCH + timedelta(milliseconds=moment + offset)
    except (ValueError, OverflowError):
        return None
    return None


def _mood(row: Row) -> str:
    """A name of the person's own, or one of the app's, which the file does not name."""
    known = {1: _("rad"), 2: _("good"), 3: _("meh"), 4: _("bad"), 5: _("awful")}
    group = known.get(whole(row, "mood_group_id") or 0, "")
    return text(row, "custom_name").strip() or known.get(
        whole(row, "predefined_name_id") or 0, group
    )


def _words(row: Row, key: str) -> str:
    return from_html(text(row, key).replace("\n", "<br>"))
