"""jrnl: its exports as JSON, XML, YAML and text, in one file or one per entry, and its journals on
disk, which are text too. All of them have local times without a zone."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cached_property
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.exchange.exceptions import ImportRefused
from journal.exchange.foreign import days
from journal.exchange.foreign.files import Files, Unreadable
from journal.exchange.foreign.importer import Importer
from journal.exchange.foreign.items import PlainEntry
from journal.exchange.foreign.page_fields import YES, natural_sort_key

LONG_HEAD = 256 * 1024  # bytes; the tags of a journal stand before its entries
SAMPLE = 50  # files, by most of which a ZIP is known
LIST = re.compile(rb'"entries"\s*:\s*\[')
ENTRY_KEYS = (rb'"title"\s*:', rb'"body"\s*:', rb'"date"\s*:\s*"\d{4}-\d\d-\d\d"')
YAML = re.compile(rb"\W{0,3}---\r?\ntitle:(?s:.{0,4000}?)\ndate:(?s:.{0,4000}?)\nbody: \|")
XML = re.compile(rb"<journal>\s*<entries>\s*(?:<entry [^>]*\bdate=|</entries>)")
# [2024-03-07 08:15:00 PM] Title; and, before jrnl 2: 2024-03-07 20:15 Title
BRACKETS = re.compile(r"^\[([^\[\]\n]{4,60})\](?: ([^\n]*))?$", re.MULTILINE)
BARE = re.compile(r"^(\d{4}-\d\d-\d\d \d\d:\d\d) ([^\n]*)$", re.MULTILINE)
FOLDER = re.compile(r"(?:^|/)\d{4}/\d\d/\d\d\.\w+$")  # of a journal in folders, which says the day
TAG = re.compile(r"(?<!\S)[@#](\w[-+*#/\w]*)")
TAG_SYMBOL = re.compile(r"^\W")
DEEPER = re.compile(r"^#(#+ )", re.MULTILINE)  # headings are one level lower in an export
Row = dict[str, Any]


class Jrnl(Importer):
    app = "jrnl"
    label = "jrnl"
    how = gettext_lazy("In a terminal: jrnl --export json > jrnl.json")

    @classmethod
    def recognises(cls, files: Files) -> bool:
        return bool(_parts(files)[1])

    @cached_property
    def _found(self) -> tuple[str, list[str]]:
        return _parts(self.files)

    def items(self) -> Iterator[PlainEntry]:
        form, names = self._found
        self._taken: Counter[str] = Counter()
        read = {"json": self._json, "xml": self._xml, "yaml": self._yaml, "text": self._text}[form]
        for name in self.files.names:
            if name not in names:
                why = _("It isn’t part of the journal, so it stays in your file.")
                self.reading.left_out(why, name, "")
        for name in names:
            try:
                for row in read(name):
                    if found := self._entry(row, name):
                        yield found
            except (Unreadable, ImportRefused) as error:
                if len(names) == 1:
                    raise
                self.reading.left_out(getattr(error, "sentence", "") or str(error), name)

    def _entry(self, row: Any, file: str) -> PlainEntry | None:
        row = row if isinstance(row, dict) else {"title": row}
        title, body = row.get("title") or "", row.get("body") or ""
        if not isinstance(title, str) or not isinstance(body, str) or "date" not in row:
            self.reading.left_out(_("It can’t be read."), file)
            return None
        title, body, when = title.strip(), body.strip("\n "), self._when(row)
        name = f"{row.get('date')} {title}"[:60]
        if when is None:
            self.reading.left_out(_("It has no date."), name)
            return None
        minute = when.isoformat()[:16]  # some forms say seconds, others do not
        self._taken[minute] += 1
        uuid, tags, creator = row.get("uuid"), row.get("tags"), row.get("creator")
        device = creator.get("device_agent") if isinstance(creator, dict) else ""
        names = [one for one in tags if isinstance(one, str)] if isinstance(tags, list) else []
        return PlainEntry(
            own_id=uuid if uuid and isinstance(uuid, str) else f"{minute}\0{self._taken[minute]}",
            when=when,
            text=body or title,
            title=title if body else "",
            name=name,
            tags=[TAG_SYMBOL.sub("", one) for one in names],
            favourite=row.get("starred") is True or str(row.get("starred")).lower() in YES,
            extras={"device": device} if isinstance(device, str) else {},
        )

    def _when(self, row: Row) -> date | datetime | None:
        if isinstance(row.get("date"), (date, datetime)):
            return row["date"]
        said = row.get("date")
        found = self.reading.moment(said) if isinstance(said, str) else None
        clock = row.get("time")
        if found is None or isinstance(found, datetime) or not isinstance(clock, str):
            return found
        at = days.clock_of(clock)
        if at is None:
            self.reading.note(_("A clock time that can’t be read."), clock)
        return datetime.combine(found, at) if at else found

    def _json(self, name: str) -> Iterator[Any]:
        if LIST.search(self.files.head(name, LONG_HEAD)):
            yield from self.files.json_items(name, "entries")
        else:
            yield self.files.json(name)

    def _xml(self, name: str) -> Iterator[Row]:
        """Title and text are one there."""
        for entry in self.files.xml(name).iterfind("./entries/entry"):
            yield {
                "body": "".join(entry.itertext()).strip(),
                "tags": [tag.get("name") for tag in entry.iterfind("tag")],
                **{key: entry.get(key) for key in ("date", "starred", "uuid")},
            }

    def _yaml(self, name: str) -> Iterator[Row]:
        """By hand, since it is no YAML: tabs before each line of the text, and a title as it is."""
        front, _mark, body = self.files.text(name).partition("\nbody: |")
        row: Row = {}
        for line in front.split("\n")[1:]:
            key, _colon, value = line.partition(":")
            row[key.strip()] = value.strip()
        lines = body.rstrip().removesuffix("...").rstrip().split("\n")
        tabs = "\t\t" if all(line.startswith("\t\t") for line in lines if line.strip()) else "\t"
        text = "\n".join(line.removeprefix(tabs) for line in lines)
        yield row | {
            "body": DEEPER.sub(r"\1", text.strip("\t\n ")),
            "tags": row.get("tags", "").split(", "),
            "creator": {"device_agent": row.get("device agent", "")},
        }

    def _text(self, name: str) -> Iterator[Row]:
        text = self.files.text(name)
        heads = list(_heads(text, name))
        day = self.reading.day_in_path(name) if FOLDER.search(name) else None
        if before := text[: heads[0].start() if heads else None].strip():
            self.reading.left_out(_("It has no date."), f"{name}: {before}")
        for head, after in zip_longest(heads, heads[1:]):
            end = after.start() if after else len(text)
            at = days.clock_of(head[1])
            title = (head[2] or "").rstrip()
            yield {
                "date": (datetime.combine(day, at) if at else day) if day else head[1],
                "title": title.rstrip("* ") if title.endswith("*") else title,
                "body": text[head.end() : end],
                "tags": TAG.findall(text, head.end(1), end),
                "starred": title.endswith("*"),
            }


def _heads(text: str, name: str) -> Iterator[re.Match[str]]:
    """Where entries begin: each first line has a date, in the same form."""
    form, bare = "", not text.lstrip().startswith("[")
    for head in (BARE if bare else BRACKETS).finditer(text):
        said = days.CLOCK.sub(" ", head[1])
        dated = days.find(said, day_first=True) and days.nothing_but_a_date(said)
        if not dated and not (FOLDER.search(name) and not said.strip()):
            continue
        here = re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "0", head[1]))
        if (form := form or here) == here:
            yield head


def _is_json(files: Files, name: str) -> bool:
    head = files.head(name, LONG_HEAD)
    listed = LIST.search(head) or b'"starred"' in head
    return bool(listed) and all(re.search(key, head) for key in ENTRY_KEYS)


def _is_text(files: Files, name: str) -> bool:
    head = files.head(name).decode("utf-8-sig", "replace").replace("\r\n", "\n")
    first = next(_heads(head, name), None)
    return first is not None and not head[: first.start()].strip()


FORMS: dict[str, tuple[tuple[str, ...], Callable[[Files, str], bool]]] = {
    "json": (("*.json",), _is_json),
    "xml": (("*.xml",), lambda files, name: bool(XML.search(files.head(name)))),
    "yaml": (("*.md", "*.markdown"), lambda files, name: bool(YAML.match(files.head(name)))),
    "text": (("*.txt", "*.journal", "*.jrnl", "*.md"), _is_text),
}


def _parts(files: Files) -> tuple[str, list[str]]:
    """The form of a file, and the names of what is read: of several forms of one journal, the
    first."""
    for form, (endings, known) in FORMS.items():
        names = files.names if files.is_single else files.find(*endings)
        sample = (names := sorted(names, key=natural_sort_key))[:SAMPLE]
        if sample and sum(known(files, name) for name in sample) * 2 >= len(sample):
            return form, names
    return "", []
