"""However large a file is, reading and writing it takes the memory of a few rows."""

import io
import tracemalloc
from collections.abc import Callable

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from journal.exchange.json_stream import JsonPieces
from journal.privacy.ownership import uuid7
from journal.privacy.sealed_files import SealedReader, SealedWriter, private_file

MB = 1024 * 1024
ROW = b'{"id": "01a2102c-7a2c-72bd-8379-2dda6fd716fc", "body": "' + b"quiet " * 350 + b'"}'


class Journal(io.RawIOBase):
    """A file of so many entries, made while it is read."""

    def __init__(self, entries: int) -> None:
        self._left = entries
        self._held = b'{"format": "selftrust", "version": 1, "tables": {"reflections.Entry": ['

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while len(self._held) < size and self._left:
            self._left -= 1
            self._held += ROW + (b"," if self._left else b"]}}")
        piece, self._held = self._held[:size], self._held[size:]
        return piece


def peak_of(do: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        do()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_journal_of_20_mb_is_read_row_by_row():
    rows = []

    def read() -> None:
        rows.append(
            sum(kind == "row" for kind, *_rest in JsonPieces(Journal(9000)).head_and_rows())
        )

    assert peak_of(read) < 2 * MB
    assert rows == [9000]


def test_a_file_of_50_mb_is_sealed_and_opened_piece_by_piece(tmp_path):
    cipher, owner, file = AESGCM(b"k" * 32), uuid7(), uuid7()
    sizes = []

    def there_and_back() -> None:
        writer = SealedWriter(private_file(tmp_path / "file"), cipher, owner, file)
        for _piece in range(50):
            writer.write(bytes(MB))
        writer.seal_rest()
        reader = SealedReader((tmp_path / "file").open("rb"), cipher, owner, file)
        sizes.append(sum(map(len, iter(lambda: reader.read(MB), b""))))

    assert peak_of(there_and_back) < 4 * MB
    assert sizes == [50 * MB]
