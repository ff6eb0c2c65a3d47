"""Notion's Markdown & CSV: pages whose names end in their ids; a database is a CSV beside a folder
of pages, which say their properties below the title. A row may have no page."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.exchange.foreign.days import nothing_but_a_date
from journal.exchange.foreign.files import Files
from journal.exchange.foreign.importer import Reading
from journal.exchange.foreign.importers.markdown import HEADING, Markdown
from journal.exchange.foreign.items import Attachment, PlainEntry
from journal.exchange.foreign.markup import without_page_links
from journal.exchange.foreign.page_fields import EXTRAS, TAG_KEYS

ID = re.compile(r" ([0-9a-f]{32})(?=/|\.|_all\.|$)")
PAGE = re.compile(r" [0-9a-f]{32}(?:_all)?\.(?:md|csv)$")
PROPERTY = re.compile(r"[^:\n]{1,60}: \S")
RELATION = re.compile(r" \((?:[^()\n]|\([^()\n]*\))*%20[0-9a-f]{32}[^()\n]*\)")
ASIDE = re.compile(r"<aside>\n?(.*?)\n?</aside>", re.DOTALL)
ZONE = re.compile(r"\((?:GMT|UTC)(?:([+-])(\d{1,2})(?::?(\d\d))?)?\)")
DAYS = (
    *("date", "day", "when", "datum", "fecha", "data", "dato", "日期", "日付"),
    *("created", "created time", "created at", "date created", "creation date", "created on"),
    *("created_at", "erstellt", "erstellt am", "créé", "creado", "criado"),
)
# Of use to the other app only.
SETTINGS = ("last edited", "edited", "updated", "last updated", "modified", "created by")


class Notion(Markdown):
    app = "notion"
    label = "Notion"
    how = gettext_lazy("In Notion: Settings, Export all workspace content, Markdown & CSV.")
    endings = ("*.md",)

    def __init__(self, files: Files, reading: Reading) -> None:
        super().__init__(files, reading)
        tables = {name: without_ids(name) for name in files.find("*.csv") if PAGE.search(name)}
        self._columns = {where: files.csv_columns(name) for name, where in tables.items()}
        # The CSV of all rows, or else that of the rows that were shown.
        self._tables = {where: name for name, where in sorted(tables.items())}
        self.used |= set(tables)

    @classmethod
    def recognises(cls, files: Files) -> bool:
        return any(PAGE.search(name) for name in files.names)

    def items(self) -> Iterator[PlainEntry]:
        self._with_page = Counter[tuple[str, str]]()
        yield from super().items()
        for where, name in self._tables.items():
            for number, row in enumerate(self.files.csv_rows(name), start=1):
                first = next(iter(row), "")
                title = row.get(first, "").strip()
                if self._with_page[where, letters(title)] > 0:
                    self._with_page[where, letters(title)] -= 1
                elif entry := self._row(row, title, f"{where} {number}"):
                    yield entry

    def parted(self, name: str, text: str) -> tuple[dict[str, Any], str]:
        title, body = "", text.lstrip("\n")
        if heading := HEADING.match(body):
            title, body = heading[1].strip(), body[heading.end() :].lstrip("\n")
        where = without_ids(name).rpartition("/")[0]
        self._with_page[where, letters(title)] += 1
        given, body = properties(body, self._columns.get(where, []))
        said = self._said(given, title, name)
        if own := ID.search(name.rpartition("/")[2]):
            said["uuid"] = own[1]
        body = ASIDE.sub(lambda one: "> " + one[1].strip().replace("\n", "\n> "), body)
        if not body.strip():  # the title is all that was written
            return {**said, "title": ""}, said["title"]
        return said, body

    def path_of(self, name: str) -> str:
        return without_ids(name)

    def extras(self, said: dict[str, Any], name: str) -> dict[str, str]:
        return said["extras"]

    def linked(self, body: str, page: str) -> tuple[str, list[Attachment]]:
        return super().linked(
            without_page_links(body, lambda target: self.find.find(target, page)), page
        )

    def _said(self, given: dict[str, str], title: str, name: str) -> dict[str, Any]:
        """In the words of front matter."""
        given = {key: RELATION.sub("", value).strip() for key, value in given.items()}
        day = next((key for key in DAYS if given.get(key)), "")
        when = self._moment(given.get(day, ""))
        if day and when is None:
            self.reading.note(_("A date that can’t be read: %s") % given[day][:60], name)
        when = when or self._moment(title)
        if when is None and (others := [key for key in given if is_day(key, given[key])]):
            day, when = others[0], self._moment(given[others[0]])
        said: dict[str, Any] = {"title": "" if is_only_a_date(title) else title.lstrip("@")}
        if when:
            said["date"] = when.isoformat()
        extras = {}
        for key, value in given.items():
            if key in TAG_KEYS:
                said[key] = value
            elif any(key.startswith(one) for one in SETTINGS):
                self.reading.note(_("A setting of the other app was left out: %s") % key, name)
            elif value and (key != day or "→" in value or when is None):
                extras[EXTRAS.get(key, key)] = value
        return {**said, "extras": extras}

    def _row(self, row: dict[str, str], title: str, name: str) -> PlainEntry | None:
        """A row without a page: its title is its text."""
        given = {key: value for key, value in list(row.items())[1:] if key}
        said = self._said(given, title, name)
        when = self.reading.moment(said.get("date", ""))
        if when is None:
            self.reading.left_out(_("It has no date."), title or name)
            return None
        return PlainEntry(
            own_id=f"{name.rpartition(' ')[0]}\0{title}\0{when.isoformat()}",
            when=when,
            text=title or "\n".join(f"{key}: {one}" for key, one in said["extras"].items()),
            name=title or name,
            tags=[tag for key in TAG_KEYS for tag in [said.get(key, "")] if tag],
            extras=said["extras"] if title else {},
        )

    def _moment(self, text: str) -> date | datetime | None:
        """Of a stretch, its beginning."""
        when = self.reading.moment(text.split("→")[0].lstrip("@"))
        if isinstance(when, datetime) and when.tzinfo is None and (said := ZONE.search(text)):
            away = timedelta(hours=int(said[2] or 0), minutes=int(said[3] or 0))
            if away < timedelta(hours=24):
                when = when.replace(tzinfo=timezone(-away if said[1] == "-" else away))
        return when


def without_ids(name: str) -> str:
    """Journal 0a1b….csv, Journal 0a1b…_all.csv and the folder Journal are one."""
    return re.sub(r"(?:_all)?\.csv$", "", ID.sub("", name))


def letters(title: str) -> str:
    found = re.sub(r"\W+", "", title).lower()
    return "" if found == "untitled" else found


def properties(body: str, columns: list[str]) -> tuple[dict[str, str], str]:
    """The first paragraph, if it says properties: the columns of the database, or, where its CSV
    is not there, nothing but such lines, with a day among them."""
    paragraph, _gap, rest = body.partition("\n\n")
    found: dict[str, str] = {}
    key = ""
    for line in paragraph.strip("\n").split("\n"):
        name, colon, value = line.partition(":")
        known = name.strip().lower() in (*columns, *DAYS) if columns else PROPERTY.match(line)
        if colon and known:
            key = name.strip().lower()
            found[key] = value.strip()
        elif key and columns:
            found[key] += f"\n{line}"
        else:
            return {}, body
    if not columns and not found.keys() & set(DAYS):
        return {}, body
    return found, rest


def is_day(key: str, value: str) -> bool:
    return not key.startswith(SETTINGS) and is_only_a_date(value.split("→")[0])


def is_only_a_date(text: str) -> bool:
    return any(one.isdecimal() for one in text) and nothing_but_a_date(text)
