"""What an import reads: our own export, or a file of another app (foreign/). Both yield rows.

A source can be read repeatedly, keeps only ids in memory, and raises ImportRefused.
"""

from collections.abc import Iterator
from typing import IO, Any, Protocol

from django.utils.translation import gettext as _

from journal.exchange import tables
from journal.exchange.exceptions import ImportRefused, quoted
from journal.exchange.export_filters import CHOICES
from journal.exchange.foreign.files import Files, files_of
from journal.exchange.foreign.importer import Reading
from journal.exchange.foreign.questions import Answers
from journal.exchange.foreign.recognition import importer_of
from journal.exchange.foreign.rows import ForeignSource
from journal.exchange.json_stream import JsonPieces
from journal.exchange.skipped import Skipped
from journal.exchange.tag_rows import FORMER_LABELS, with_tags
from journal.people.models import User

JSON = "selftrust.json"
Row = tuple[str, dict[str, Any]]


class Source(Protocol):
    preferences: dict[str, Any]
    left_out: list[str]  # the choices made in the export (export_filters.py)
    skipped: Skipped
    in_order: bool  # whether each row comes after those it refers to, however the tables are mixed
    # Whether a row that nobody edited here takes what the file says now.
    changes_untouched: bool

    def about(self) -> dict[str, Any]: ...

    def rows(self, only: str | None = None) -> Iterator[Row]: ...

    def size_of(self, name: str) -> int | None: ...

    def opened(self, name: str) -> IO[bytes]: ...


def source_of(
    file: IO[bytes],
    size: int,
    person: User,
    passphrase: str = "",
    *,
    name: str = "",
    answers: str = "",
) -> Source:
    """`name` is that of the file; `answers` are those to the questions of the preview."""
    found = files_of(file, size, name, passphrase)
    if JSON in found.names:
        return OwnExport(found)
    reading = Reading(Answers.read(answers))
    return ForeignSource(found, importer_of(found)(found, reading), reading, person)


class OwnExport:
    in_order = changes_untouched = False

    def __init__(self, found: Files) -> None:
        self._files = found
        self.preferences: dict[str, Any] = {}
        self.left_out: list[str] = []
        self.skipped = Skipped()

    def about(self) -> dict[str, Any]:
        return {}

    def size_of(self, name: str) -> int | None:
        return self._files.size_of(name)

    def opened(self, name: str) -> IO[bytes]:
        return self._files.opened(name)

    def rows(self, only: str | None = None) -> Iterator[Row]:
        return (row for row in with_tags(self._rows()) if only in (None, row[0]))

    def _rows(self) -> Iterator[Row]:
        head: dict[str, Any] = {}
        with self._files.opened(JSON) as file:
            for kind, name, value in JsonPieces(file).head_and_rows():
                if kind == "head":
                    head[name] = value
                    continue
                self._known(head, name)
                yield name, value
        self._known(head, None)

    def _known(self, head: dict[str, Any], table: str | None) -> None:
        if head.get("format") != "selftrust" or type(head.get("version")) is not int:
            raise ImportRefused(_("selftrust.json isn’t from a Selftrust export."))
        if head["version"] != tables.VERSION:
            raise ImportRefused(
                _("The file has format version %s, which this version of Selftrust can’t read.")
                % quoted(head["version"])
            )
        if unknown := set(head) - {"format", "version", "exported_at", "left_out", "person"}:
            raise ImportRefused(
                _("The file contains something this version doesn’t know: %s.")
                % quoted(sorted(unknown)[0])
            )
        if table is not None and table not in tables.by_label().keys() | FORMER_LABELS:
            raise ImportRefused(
                _("The file contains something this version doesn’t know: %s.") % quoted(table)
            )
        person = head.get("person", {})
        known = {*tables.PREFERENCES, *tables.FORMER_PREFERENCES}
        if not isinstance(person, dict) or set(person) - known:
            raise ImportRefused(_("The part about you isn’t in the form Selftrust writes."))
        self.preferences = person
        self.left_out = head.get("left_out", [])
        if not isinstance(self.left_out, list) or set(map(str, self.left_out)) - set(CHOICES):
            raise ImportRefused(
                _("The list of what was left out isn’t in the form Selftrust writes.")
            )
