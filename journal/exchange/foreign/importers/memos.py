"""The list of memos that the API of memos answers, saved as JSON. memos itself exports nothing."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.exchange.foreign.files import Files
from journal.exchange.foreign.importer import Importer
from journal.exchange.foreign.items import PlainEntry
from journal.exchange.foreign.json_values import inner, listed, moment_after_epoch, text
from journal.exchange.foreign.markup import kind_of

MARK = re.compile(rb'"name"\s*:\s*"memos/|"content"\s*:|"rowStatus"\s*:')
TIME = re.compile(rb'"(createTime|createdTs)"\s*:')
KIND = re.compile(rb'"(visibility|state|rowStatus|updateTime)"\s*:')
SECOND = timedelta(seconds=1)


class Memos(Importer):
    app = "memos"
    label = "memos"
    how = gettext_lazy("Save as JSON what /api/v1/memos of your memos answers.")

    @classmethod
    def recognises(cls, files: Files) -> bool:
        return bool(_lists(files))

    def items(self) -> Iterator[PlainEntry]:
        for name in _lists(self.files):
            key = "memos" if _beginning(self.files.head(name)) == b"{" else ""
            for memo in self.files.json_items(name, key):
                if not isinstance(memo, dict):
                    self.reading.left_out(_("It can’t be read."), name)
                elif found := self._entry(memo):
                    yield found

    def _entry(self, memo: dict[str, Any]) -> PlainEntry | None:
        body = text(memo, "content")
        name = f"{text(memo, 'createTime')[:10]} {body[:40]}".strip()
        when = self._when(memo)
        if when is None:
            self.reading.left_out(_("It has no date."), name)
            return None
        for one in (*listed(memo, "attachments"), *listed(memo, "resources")):
            file = text(one, "filename")
            self.reading.note(_("A file of it is not in the JSON: %s") % file[:60], name)
            body = f"{body}\n\n{kind_of(file) or file}".strip()
        if text(memo, "visibility") in ("PUBLIC", "PROTECTED"):
            self.reading.note(_("Others could read it there. Here only you can."), name)
        state = text(memo, "state") or text(memo, "rowStatus")
        tags = listed(memo, "tags") or listed(inner(memo, "property"), "tags")
        return PlainEntry(
            own_id=own_id_of(memo) or f"{when.isoformat()}\0{body[:200]}",
            when=when,
            text=body,
            name=name,
            tags=[tag for tag in tags if isinstance(tag, str)],
            extras={"place": text(inner(memo, "location"), "placeholder")},
            favourite=memo.get("pinned") is True,
            only_if="archive" if state == "ARCHIVED" else "",
        )

    def _when(self, memo: dict[str, Any]) -> date | datetime | None:
        for key in ("createTime", "displayTime"):
            if found := self.reading.moment(text(memo, key)):
                return found
        return moment_after_epoch(memo.get("createdTs"), SECOND)


def own_id_of(memo: dict[str, Any]) -> str:
    """Of the newer API a name, of the older one a number."""
    pk = memo.get("id")
    return text(memo, "name") or text(memo, "uid") or (str(pk) if type(pk) is int else "")


def _lists(files: Files) -> list[str]:
    names = files.names if files.is_single else files.find("*.json")
    return [name for name in names if _is_list(files.head(name))]


def _is_list(head: bytes) -> bool:
    is_json = _beginning(head) in (b"[", b"{")
    return is_json and all(mark.search(head) for mark in (MARK, TIME, KIND))


def _beginning(head: bytes) -> bytes:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
