"""Files, sealed under the person's data key like words in the database.

The writer cuts a file into pieces of 64 KiB and seals each with AES-256-GCM, bound to the file's
id, its owner, its position in the file, and whether it is the last. So no disk or store holds plain
text, nobody can swap, drop or cut off pieces, and a reader needs only one piece in memory.
"""

import io
import os
from pathlib import Path
from typing import IO
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from journal.privacy.keys import NONCE_BYTES, SealBroken

PIECE = 64 * 1024
ADDED = NONCE_BYTES + 16  # the nonce and tag of each piece


def folder(name: str) -> Path:
    """DATA_DIR/name, which only the app's system user may enter."""
    path = Path(settings.DATA_DIR) / name
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def private_file(path: Path) -> IO[bytes]:
    """Opens a new file, or an emptied one, that only the app's system user may read."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    return os.fdopen(handle, "wb")


def seal(data: bytes, cipher: AESGCM, owner_id: UUID, file_id: UUID) -> bytes:
    """A whole sealed file, for data that is small enough to be held twice."""
    sealed = io.BytesIO()
    writer = SealedWriter(sealed, cipher, owner_id, file_id)
    writer.write(data)
    writer.seal_rest()
    return sealed.getvalue()


def _place(owner_id: UUID, file_id: UUID, number: int, *, last: bool) -> bytes:
    return b"file\0" + owner_id.bytes + file_id.bytes + number.to_bytes(8, "big") + bytes([last])


class SealedWriter(io.RawIOBase):
    """A write-only stream without seek, which is enough for ZipFile. Closes `file` with itself."""

    def __init__(self, file: IO[bytes], cipher: AESGCM, owner_id: UUID, file_id: UUID) -> None:
        self._cipher, self._ids = cipher, (owner_id, file_id)
        self._file = file
        self._held = bytearray()
        self._number = 0
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # accepts only bytes
        self._held += data
        self.size += len(data)
        while len(self._held) > PIECE:  # keeps a piece back, since it could be the last
            self._seal(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]
        return len(data)

    def seal_rest(self) -> None:
        """Writes the last piece, without which the file does not open."""
        self._seal(bytes(self._held), last=True)
        self._held.clear()

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()

    def _seal(self, data: bytes, *, last: bool) -> None:
        nonce = os.urandom(NONCE_BYTES)
        place = _place(*self._ids, self._number, last=last)
        self._file.write(nonce + self._cipher.encrypt(nonce, data, place))
        self._number += 1


class SealedReader(io.RawIOBase):
    """A seekable stream over a seekable one, which it closes with itself. Holds one piece; raises
    SealBroken for a piece that does not open."""

    def __init__(self, file: IO[bytes], cipher: AESGCM, owner_id: UUID, file_id: UUID) -> None:
        self._cipher, self._ids = cipher, (owner_id, file_id)
        self._file = file
        sealed = file.seek(0, os.SEEK_END)
        self._pieces = max(1, -(-sealed // (PIECE + ADDED)))
        self.size = max(0, sealed - self._pieces * ADDED)
        self._at = 0
        self._open: tuple[int, bytes] = (-1, b"")
        self._opened = 0  # pieces, each as often as it was read

    @property
    def part_read(self) -> float:
        """How much of it was read, from 0 to 1."""
        return min(1.0, self._opened / self._pieces)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # as io calls it
        number, within = divmod(self._at, PIECE)
        data = self._piece(number)[within : within + len(buffer)] if self._at < self.size else b""
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()

    def _piece(self, number: int) -> bytes:
        if self._open[0] != number:
            self._file.seek(number * (PIECE + ADDED))
            sealed = self._file.read(PIECE + ADDED)
            place = _place(*self._ids, number, last=number == self._pieces - 1)
            try:
                opened = self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place)
            except (InvalidTag, ValueError) as error:
                raise SealBroken("This file can’t be decrypted.") from error
            self._open = (number, opened)
            self._opened += 1
        return self._open[1]
