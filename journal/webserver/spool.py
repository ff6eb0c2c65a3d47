"""Where a request body or a response waits that does not fit into memory: an encrypted temporary
file, whose key exists only in this process.

The file has no name, and nobody else has its key, so it needs no authentication. AES in counter
mode lets it be read from any position. Only appending is possible, so that no part of the keystream
is used twice.
"""

import io
import os
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CTR
from waitress import buffers

BLOCK = 16  # bytes of AES


class SealedFile(io.RawIOBase):
    """A file in `folder` that can be read anywhere, and written at its end."""

    def __init__(self, folder: Path) -> None:
        self._key = AES256(os.urandom(32))
        self._file = tempfile.TemporaryFile("w+b", buffering=0, dir=folder)  # noqa: SIM115
        self._at = self._size = 0

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # as io calls it
        sealed = os.pread(self._file.fileno(), len(buffer), self._at)
        buffer[: len(sealed)] = self._crypted(sealed)
        self._at += len(sealed)
        return len(sealed)

    def write(self, data: bytes) -> int:  # type: ignore[override]  # accepts only bytes
        if self._at != self._size:
            raise io.UnsupportedOperation("A sealed file is only appended to.")
        rest = memoryview(self._crypted(data))
        while rest:
            written = os.pwrite(self._file.fileno(), rest, self._size)
            rest, self._size = rest[written:], self._size + written
        self._at = self._size
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()

    def _crypted(self, data: bytes) -> bytes:
        """The data, en- or decrypted for the present position: in counter mode both are one."""
        block, within = divmod(self._at, BLOCK)
        stream = Cipher(self._key, CTR(block.to_bytes(BLOCK, "big"))).encryptor()
        stream.update(bytes(within))
        return stream.update(data)


def use_sealed_files(folder: Path) -> None:
    """Makes waitress keep what overflows its memory in sealed files instead of plain ones."""

    class SealedBuffer(buffers.TempfileBasedBuffer):
        def newfile(self) -> SealedFile:
            return SealedFile(folder)

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    buffers.TempfileBasedBuffer = SealedBuffer
