"""Daylio's CSV: one row per mood, with the words that some have."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.exchange.foreign import days
from journal.exchange.foreign.files import Files
from journal.exchange.foreign.importer import Importer
from journal.exchange.foreign.items import PlainEntry
from journal.exchange.foreign.markup import from_html

COLUMNS = {"full_date", "mood", "activities", "note"}


class DaylioCsv(Importer):
    app = "daylio"
    label = "Daylio"
    how = gettext_lazy("In Daylio: More, Export Entries, CSV.")

    @classmethod
    def recognises(cls, files: Files) -> bool:
        return bool(_table(files))

    def items(self) -> Iterator[PlainEntry]:
        seen: dict[str, int] = {}
        for number, row in enumerate(self.files.csv_rows(_table(self.files)), start=1):
            day = self.reading.moment(row.get("full_date", ""))
            name = f"{row.get('full_date', '')} {row.get('time', '')}".strip()
            if day is None:
                why = _("It has no date.")
                self.reading.left_out(why, name or _("Row %(number)s") % {"number": number})
                continue
            at = days.clock_of(row.get("time", ""))
            when = datetime.combine(day, at) if at else day
            seen[name] = seen.get(name, 0) + 1  # of one minute, in the order of the file
            text = from_html(row.get("note", "").replace("\n", "<br>"))
            title = from_html(row.get("note_title", ""))
            yield PlainEntry(
                own_id=f"{when.isoformat()}\0{seen[name]}",
                when=when,
                text=text or title,
                title=title if text else "",
                name=name,
                extras={
                    "mood": row.get("mood", "").strip(),
                    "activities": joined(row.get("activities", "")),
                    "scales": joined(row.get("scales", "")),
                },
                only_if="" if text or title else "moods",
            )


def _table(files: Files) -> str:
    names = files.names if files.is_single else files.find("*.csv")
    return next((name for name in names if set(files.csv_columns(name)) >= COLUMNS), "")


def joined(cell: str) -> str:
    return ", ".join(part.strip() for part in cell.split("|") if part.strip())
