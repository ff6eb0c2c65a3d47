"""Reads selftrust.json row by row, so that a journal of any size takes the memory of one row.

The file must have `format` and `version` before `tables`.
"""

from codecs import getincrementaldecoder
from collections.abc import Iterator
from typing import IO, Any, NoReturn

from django.utils.translation import gettext as _

from journal.exchange.archive import piece_of
from journal.exchange.exceptions import ImportRefused
from journal.privacy.json_input import BoundedDecoder, TooDeep

PIECE = 64 * 1024
LONGEST_VALUE = 4 * 1024 * 1024  # characters; the longest column holds 500,000
SPACE = " \t\r\n"


class JsonPieces:
    longest_value = LONGEST_VALUE

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._decode = getincrementaldecoder("utf-8-sig")().decode
        self._json = BoundedDecoder()
        self._text, self._at, self._ended = "", 0, False

    def head_and_rows(self) -> Iterator[tuple[str, str, Any]]:
        """Yields ("head", key, value), and ("row", table, value) for each row in `tables`."""
        self._expect("{")
        while True:
            key = self._key()
            if key == "tables":
                yield from self._tables()
            else:
                yield "head", key, self._value()
            if self._either(",", "}") == "}":
                break
        if self._next_char():
            self._broken()

    def _tables(self) -> Iterator[tuple[str, str, Any]]:
        self._expect("{")
        if self._next_char() == "}":
            self._at += 1
            return
        while True:
            table = self._key()
            self._expect("[")
            if self._next_char() == "]":
                self._at += 1
            else:
                while True:
                    yield "row", table, self._value()
                    if self._either(",", "]") == "]":
                        break
            if self._either(",", "}") == "}":
                return

    def _key(self) -> str:
        key = self._value()
        if not isinstance(key, str):
            self._broken()
        self._expect(":")
        return key

    def _value(self) -> Any:
        self._next_char()
        wanted = PIECE
        while True:
            try:
                value, end = self._json.raw_decode(self._text, self._at)
            except TooDeep:
                self._broken()
            except ValueError:
                value, end = None, len(self._text)
            else:
                if end < len(self._text) or self._ended:
                    self._at = end
                    return value
            if self._ended or end - self._at > self.longest_value:
                self._broken()
            self._read(wanted)
            wanted *= 2

    def _next_char(self) -> str:
        """The next character that is not a space, without consuming it; empty at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in SPACE:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if self._ended:
                return ""
            self._read(PIECE)

    def _either(self, *chars: str) -> str:
        char = self._next_char()
        if char not in chars:
            self._broken()
        self._at += 1
        return char

    def _expect(self, char: str) -> None:
        self._either(char)

    def _read(self, size: int) -> None:
        data = piece_of(self._file, size)
        self._ended = len(data) < size
        try:
            more = self._decode(data, self._ended)
        except UnicodeDecodeError as error:
            raise ImportRefused(_("The text in it isn’t UTF-8.")) from error
        self._text, self._at = self._text[self._at :] + more, 0

    def _broken(self) -> NoReturn:
        raise ImportRefused(_("selftrust.json is damaged: it isn’t JSON as Selftrust writes it."))
