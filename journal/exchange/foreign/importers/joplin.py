"""Joplin's JEX (a TAR) or RAW folder: a file per note, notebook, tag, link between the two, and
resource, each with its properties as lines at its end."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.exchange.exceptions import Damaged
from journal.exchange.foreign.files import Files, Unreadable
from journal.exchange.foreign.importer import Importer, Reading
from journal.exchange.foreign.items import PlainEntry
from journal.exchange.foreign.json_values import moment_after_epoch, path_of
from journal.exchange.foreign.markup import from_html, without_links, without_page_links

ITEM = re.compile(r"(?:^|/)[0-9a-f]{32}\.md$")
TYPE = re.compile(rb"(?:^|\n)type_: \d+\s*$")
ID = re.compile(r"[0-9a-f]{32}")
IMAGE = re.compile(r"<img\b[^<>]{0,300}?\bsrc=[\"'](:/[0-9a-f]{32})[\"'][^<>]{0,300}>")
LONGEST_ITEM = 2 * 1024**2  # bytes
LOOKED_AT = 20  # items, by which the format is recognised
NOTE, NOTEBOOK, RESOURCE, TAG, NOTE_TAG = "1", "2", "4", "5", "6"
HTML = "2"


@dataclass
class Known:
    """What other items say of notes, by ids."""

    notebooks: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    tagged: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)  # of resources and items
    is_open: bool = False  # not all of them are encrypted


class Joplin(Importer):
    app = "joplin"
    label = "Joplin"
    how = gettext_lazy("In Joplin: File, Export all, JEX or RAW, the latter packed as a ZIP.")

    def __init__(self, files: Files, reading: Reading) -> None:
        super().__init__(files, reading)
        self._known: Known | None = None

    @classmethod
    def recognises(cls, files: Files) -> bool:
        return any(_is_item(files, name) for name in _candidates(files)[:LOOKED_AT])

    def items(self) -> Iterator[PlainEntry]:
        items = _candidates(self.files)
        known = self._known = self._known or self._all_known(items)
        if not known.is_open:
            raise Unreadable(_("it’s encrypted. Open it in Joplin, and export it there."))
        used = set(items)
        for name in items:
            try:
                title, body, said = self._parted(name)
            except (Unreadable, Damaged) as error:
                self.reading.left_out(getattr(error, "sentence", str(error)), name)
                continue
            if said.get("encryption_applied") == "1":
                self.reading.left_out(_("It’s encrypted."), name)
            elif said.get("is_conflict") == "1":
                self.reading.left_out(_("It’s a copy from two changes at once."), title)
            elif said.get("type_") == NOTE:
                if entry := self._entry(title, body, said, known, name):
                    used |= {photo.file for photo in entry.photos}
                    yield entry
            elif said.get("type_") not in (NOTEBOOK, RESOURCE, TAG, NOTE_TAG):
                self.reading.left_out(_("It’s a setting of the other app."), name, "")
        for name in self.files.names:
            if name not in used:
                why = _("It’s neither a note nor a photo of one, so it stays in your file.")
                self.reading.left_out(why, name, "")

    def _all_known(self, items: list[str]) -> Known:
        known = Known()
        for name in (*items, *self.files.names):  # a resource is called as its item is
            if ID.fullmatch(stem := name.rpartition("/")[2].partition(".")[0]):
                known.files[stem] = name if not ITEM.search(name) else known.files.get(stem, name)
        for name in items:
            try:
                title, _body, said = self._parted(name)
            except (Unreadable, Damaged):
                continue
            kind, own = said.get("type_"), said.get("id", "")
            known.is_open |= said.get("encryption_applied") != "1"
            if kind == NOTEBOOK:
                known.notebooks[own], known.parents[own] = title, said.get("parent_id", "")
            elif kind == RESOURCE and ITEM.search(known.files.get(own, "")):
                known.files[own] = f"{own}.{said.get('file_extension', '')}"  # which is missing
            elif kind == TAG:
                known.tags[own] = title
            elif kind == NOTE_TAG:
                known.tagged.setdefault(said.get("note_id", ""), []).append(said.get("tag_id", ""))
        return known

    def _parted(self, name: str) -> tuple[str, str, dict[str, str]]:
        """The title, the text and the properties of an item."""
        lines = self.files.text(name, LONGEST_ITEM).rstrip("\n").split("\n")
        said: dict[str, str] = {}
        while lines and (line := lines.pop()).strip():
            key, _colon, value = line.partition(":")
            said[key.strip()] = value.strip()
        title = lines.pop(0).strip() if lines else ""
        return title, "\n".join(lines).strip("\n"), said

    def _entry(
        self, title: str, body: str, said: dict[str, str], known: Known, name: str
    ) -> PlainEntry | None:
        when = self._when(said)
        if when is None:
            self.reading.left_out(_("It has no date."), title or name)
            return None
        is_html = said.get("markup_language") == HTML
        body = from_html(body) if is_html else IMAGE.sub(r"![](\1)", body)
        why = _("A page shows a file that isn’t a photo, or isn’t there.")

        def find(target: str) -> str | None:
            return known.files.get(target.strip().removeprefix(":/").partition("#")[0])

        body, photos = without_links(
            without_page_links(body, find),
            find,
            lambda target: self.reading.note(why, f"{title}: {target}"),
        )
        own, has_words = said.get("id", ""), bool(body.strip() or photos)
        tags = [known.tags.get(tag, "") for tag in known.tagged.get(own, [])]
        return PlainEntry(
            own_id=own or name,
            when=when,
            text=body if has_words else title,
            title=title if has_words else "",
            name=title or name,
            tags=[
                path_of(said.get("parent_id", ""), known.notebooks, known.parents),
                *sorted(tags),
            ],
            photos=photos,
            extras={
                "place": place_of(said),
                "task": task_of(said),
                "source": said.get("source_url", ""),
                "author": said.get("author", ""),
            },
            only_if="trash" if said.get("deleted_time", "0") not in ("", "0") else "",
        )

    def _when(self, said: dict[str, str]) -> date | datetime | None:
        """What the person sees and may change, else what the app keeps."""
        for key in ("user_created_time", "created_time", "user_updated_time", "updated_time"):
            if when := self.reading.moment(said.get(key, "")):
                return when
        return None


def _candidates(files: Files) -> list[str]:
    if files.is_single:
        return files.names
    return [name for name in files.names if ITEM.search(name)]


def _is_item(files: Files, name: str) -> bool:
    try:
        data = files.data(name, LONGEST_ITEM)
    except (Unreadable, Damaged):
        return False
    return bool(TYPE.search(data[-100:]))


def place_of(said: dict[str, str]) -> str:
    """Zeros stand for none."""
    where = [said.get(key, "") for key in ("latitude", "longitude")]
    if not any(one.strip("0.-") for one in where):
        return ""
    return ", ".join(one.rstrip("0").rstrip(".") if "." in one else one for one in where)


def task_of(said: dict[str, str]) -> str:
    if said.get("is_todo") != "1":
        return ""
    due = moment_after_epoch(said.get("todo_due"), timedelta(milliseconds=1))
    is_done = said.get("todo_completed", "0") not in ("", "0")
    state = _("done") if is_done else _("to do")
    return f"{state}, {due.date().isoformat()}" if due else state
