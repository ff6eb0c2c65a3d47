"""Journey's ZIP: a JSON file per entry, whose photos and sounds lie beside it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.exchange.exceptions import Damaged
from journal.exchange.foreign.files import Files, Unreadable
from journal.exchange.foreign.importer import Importer, Reading
from journal.exchange.foreign.items import Attachment, PlainEntry
from journal.exchange.foreign.markup import PICTURES, Names, from_html, kind_of, without_links
from journal.exchange.foreign.page_fields import natural_sort_key
from journal.people.clock import zone_names

LOOKED_AT = 50  # files, among which one is an entry
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Journey(Importer):
    app = "journey"
    label = "Journey"
    how = gettext_lazy("In Journey: Settings, Export, ZIP of JSON.")

    def __init__(self, files: Files, reading: Reading) -> None:
        super().__init__(files, reading)
        self._find = Names(files)
        self._rows = sorted(_rows_in(files), key=natural_sort_key)

    @classmethod
    def recognises(cls, files: Files) -> bool:
        names = _rows_in(files)[:LOOKED_AT]
        return any(b'"date_journal"' in files.head(name, 64 * 1024) for name in names)

    def items(self) -> Iterator[PlainEntry]:
        read = set()
        for name in self._rows:
            try:
                row = self.files.json(name)
            except (Unreadable, Damaged) as error:
                self.reading.left_out(getattr(error, "sentence", str(error)), name)
                read.add(name)
                continue
            if not isinstance(row, dict) or "date_journal" not in row:
                continue
            read.add(name)
            if entry := self._entry(row, name):
                read |= {photo.file for photo in entry.photos}
                yield entry
        for name in self.files.names:
            if name not in read:
                why = _("It isn’t a photo of an entry, so it stays in your file.")
                self.reading.left_out(why, name, "")

    def _entry(self, row: dict[str, Any], file: str) -> PlainEntry | None:
        when, body = _moment(row["date_journal"]), row.get("text") or ""
        if when is None or not isinstance(body, str):
            why = _("It has no date.") if when is None else _("It can’t be read.")
            self.reading.left_out(why, file)
            return None
        if "html" in text(row, "type").lower():
            body = from_html(body)
        name = f"{when.date().isoformat()} {body.strip()[:40]}".strip()
        why = _("What stands in its place says what it was.")
        body, photos = without_links(
            body,
            lambda target: self._find.find(target, file),
            lambda target: self.reading.note(why, f"{name}: {target}"),
        )
        shown = {photo.file for photo in photos}
        for one in listed(row, "photos"):  # holds sounds and films too
            found = self._find.find(one, file)
            if found and found.lower().endswith(PICTURES):
                photos += [] if found in shown else [Attachment(found)]
                shown.add(found)
            else:
                body = f"{body}\n\n{kind_of(one) or _('[file]')}".strip()
                self.reading.note(why, f"{name}: {one}")
        zone = text(row, "timezone")
        if zone not in zone_names():
            self.reading.asked.add("zone", example=name)
            zone = ""
        return PlainEntry(
            own_id=text(row, "id") or file.rpartition("/")[2].rpartition(".")[0],
            when=when,
            text=body.strip(),
            name=name,
            zone=zone,
            tags=listed(row, "tags"),
            photos=photos,
            extras={
                "mood": _said(row, "mood"),
                "sentiment": _said(row, "sentiment"),
                "place": _place_of(row),
                "weather": _weather_of(row.get("weather")),
                "music": _joined(text(row, "music_title"), text(row, "music_artist")),
            },
            favourite=True in (row.get("favourite"), row.get("favorite")),
        )


def _rows_in(files: Files) -> list[str]:
    return files.names if files.is_single else files.find("*.json")


def _moment(given: Any) -> datetime | None:
    """Milliseconds since 1970. None for what is no number, or beyond any calendar."""
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        return None
    try:
        return EPOCH + timedelta(milliseconds=given)
    except (OverflowError, ValueError):
        return None


def text(given: Any, key: str) -> str:
    value = given.get(key) if isinstance(given, dict) else None
    return value.strip() if isinstance(value, str) else ""


def listed(given: dict[str, Any], key: str) -> list[str]:
    value = given.get(key)
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def number(given: Any, key: str, most: float) -> float | None:
    """A number, unless it is one so large that it stands for none."""
    value = given.get(key) if isinstance(given, dict) else None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return value if -most <= value <= most else None


def _said(row: dict[str, Any], key: str) -> str:
    """0 is none."""
    return f"{found:g}" if (found := number(row, key, 100)) and found > 0 else ""


def _joined(*said: str) -> str:
    return ", ".join(dict.fromkeys(one for one in said if one))


def _place_of(row: dict[str, Any]) -> str:
    if named := _joined(text(row, "label"), text(row, "address")):
        return named
    lat, lon = number(row, "lat", 90), number(row, "lon", 180)
    return "" if lat is None or lon is None else f"{lat:.5f}, {lon:.5f}"


def _weather_of(given: Any) -> str:
    degrees = number(given, "degree_c", 100)
    return _joined(text(given, "description"), "" if degrees is None else f"{degrees:.0f} °C")
